"""Small sites of nine shapes -> recall of their sources and articles, and what was stored that is no article.

python -m benchmarks.finding [SHAPE]...
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.site_shapes import Shape, shapes
from newscrawl.store.database import open_readonly
from tests.crawl.crawls import REPOSITORY, command, environment
from tests.crawl.local_site import LocalSite

TIMEZONE = "Asia/Almaty"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one shape. missed: sources and articles that were not found; wrong: titles that are no article's."""

    shape: Shape
    sources: int
    articles: int
    missed: list[str]
    wrong: list[str]
    requests: int


def serve(name: str) -> tuple[LocalSite, Shape]:
    """A local site of that shape."""
    site = LocalSite()
    shape = shapes()[name](site.origin)
    site.pages |= shape.pages
    return site, shape


def survey(site: LocalSite, data: Path) -> dict[str, object]:
    """What `newscrawl doctor` says of it, as JSON."""
    arguments = [
        "doctor",
        site.url("/"),
        "--timezone",
        TIMEZONE,
        "--json",
        "--data",
        str(data),
        "-s",
        "DOWNLOAD_DELAY=0.01",
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "newscrawl", *arguments],
        cwd=REPOSITORY, env=environment(), capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    if not ended.stdout:
        raise RuntimeError(ended.stderr)
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def measure(name: str) -> Result:
    """Survey and crawl one shape."""
    site, shape = serve(name)
    with site, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        found = survey(site, data)
        works = {s["url"].removeprefix(site.origin) for s in found["sources"] if s["works"]}  # type: ignore[attr-defined]
        asked = len(site.requests)
        given = command(data, "-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
        subprocess.run(given, cwd=REPOSITORY, env=environment(), capture_output=True, timeout=100, check=False)
        connection = open_readonly(data / "newscrawl.db")
        stored = {row["title"] for row in connection.execute("SELECT title FROM articles")}
        connection.close()
    return Result(
        shape=shape,
        sources=len(works & set(shape.sources)),
        articles=len(stored & set(shape.articles.values())),
        missed=[*sorted(set(shape.sources) - works), *sorted(set(shape.articles.values()) - stored)],
        wrong=sorted(stored - set(shape.articles.values())),
        requests=asked,
    )


def main() -> None:
    """One line a shape, then the sums."""
    results = [measure(name) for name in sys.argv[1:] or shapes()]
    for result in results:
        shape = result.shape
        print(
            f"{shape.name:14} sources {result.sources}/{len(shape.sources)}  articles {result.articles}/{len(shape.articles)}"
            f"  doctor's requests {result.requests}  missed {result.missed}  no article {result.wrong}"
        )
    sources, wanted = sum(r.sources for r in results), sum(len(r.shape.sources) for r in results)
    articles, all_articles = sum(r.articles for r in results), sum(len(r.shape.articles) for r in results)
    print(
        f"recall of sources {sources / wanted:.3f}, of articles {articles / all_articles:.3f}; no article: {sum(len(r.wrong) for r in results)}"
    )


if __name__ == "__main__":
    main()
