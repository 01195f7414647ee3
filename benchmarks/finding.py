"""Small sites without a file -> recall of their sources and articles, and what was stored that is no article.

Nine shapes that sites have, the six sites of the demo, and one that answers with everything that can go wrong.

python -m benchmarks.finding [SITE]...
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.finding_subjects import Subject, names, serve
from newscrawl.store.database import open_readonly
from tests.crawl.crawls import REPOSITORY, command, environment

LIMIT_S = 200
SOURCES_FLOOR, ARTICLES_FLOOR = 0.9, 0.98


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one site. missed: sources and articles that were not found; wrong: titles that are no article's."""

    subject: Subject
    sources: int
    articles: int
    missed: list[str]
    wrong: list[str]
    requests: int


def survey(subject: Subject, data: Path) -> set[str]:
    """The sources that `newscrawl doctor` says work."""
    arguments = ["doctor", f"{subject.origin}/", "--timezone", subject.timezone, "--json", "--data", str(data)]
    settings = ["-s", "DOWNLOAD_DELAY=0.01", "-s", f"NEWSCRAWL_NOW={subject.now}", *subject.settings]
    ended = subprocess.run(
        [sys.executable, "-m", "newscrawl", *arguments, *settings],
        cwd=REPOSITORY, env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    if not ended.stdout:
        raise RuntimeError(ended.stderr)
    return {source["url"] for source in json.loads(ended.stdout)["sources"] if source["works"]}


def crawled_titles(subject: Subject, data: Path) -> set[str]:
    """The titles of what `scrapy crawl web` stores."""
    given = ("-a", f"url={subject.origin}/", "-a", f"timezone={subject.timezone}", *subject.settings)
    ended = subprocess.run(
        command(data, *given, now=subject.now),
        cwd=REPOSITORY, env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    if not (data / "newscrawl.db").exists():
        raise RuntimeError(ended.stderr)
    connection = open_readonly(data / "newscrawl.db")
    try:
        return {str(row["title"]) for row in connection.execute("SELECT title FROM articles")}
    finally:
        connection.close()


def measure(name: str) -> Result:
    """Survey and crawl one site, as somebody does who knows nothing but its address."""
    with serve(name) as subject, tempfile.TemporaryDirectory() as folder:
        works = survey(subject, Path(folder))
        asked = subject.requests()
        stored = crawled_titles(subject, Path(folder))
    missed = [*sorted(subject.sources - works), *sorted(subject.articles - stored)]
    return Result(
        subject=subject,
        sources=len(works & subject.sources),
        articles=len(stored & subject.articles),
        missed=[text.removeprefix(subject.origin) for text in missed],
        wrong=sorted(stored - subject.articles - subject.allowed),
        requests=asked,
    )


def main() -> int:
    """One line a site, then the sums; 1 where one is below its floor."""
    results = [measure(name) for name in sys.argv[1:] or names()]
    for result in results:
        subject = result.subject
        print(
            f"{subject.name:14} sources {result.sources}/{len(subject.sources)}  articles {result.articles}/{len(subject.articles)}"
            f"  doctor's requests {result.requests}  missed {result.missed}  no article {result.wrong}"
        )
    sources = sum(r.sources for r in results) / sum(len(r.subject.sources) for r in results)
    articles = sum(r.articles for r in results) / sum(len(r.subject.articles) for r in results)
    wrong = sum(len(r.wrong) for r in results)
    print(f"recall of sources {sources:.3f}, of articles {articles:.3f}; no article: {wrong}")
    return int(sources < SOURCES_FLOOR or articles < ARTICLES_FLOOR or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
