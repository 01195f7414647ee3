"""Four rounds of a site that edits, removes, moves and redesigns its articles -> what the database makes of it.

    python -m benchmarks.edits_and_removals [--share 0.1]

Of 480 articles 200 are edited (a paragraph more, one less, a word, a paragraph told anew; some headlines), 50 are removed (404, 410,
a redirect to the front page), 50 move to another address, 30 are answered by "no such page" with status 200, and 50 change their
layout, typography and neighbours in each round. The clock is handed in: rounds at noon, midnight, noon, and after midnight.
Exits 1 when an edit is missed or invented, a removal missed or invented, an article has a second row, or a good text is lost.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.changing_site import ROUNDS, Story, show, stories
from benchmarks.real_pages import REPOSITORY
from tests.crawl.local_site import LocalSite

ROUND_TIMEOUT_S = 1800


def visit(site: LocalSite, told: list[Story], data: Path, now: str) -> None:
    """Ask for every article's first address at that time."""
    file = data.parent / "urls.txt"
    file.write_text("\n".join(site.url(story.path) for story in told), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    command = [
        *(sys.executable, "-m", "scrapy", "crawl", "web", "-a", f"url={site.url('/')}", "-a", "timezone=Asia/Almaty"),
        *("-a", f"urls={file}", "-s", f"NEWSCRAWL_DATA={data}", "-s", f"NEWSCRAWL_NOW={now}"),
        *("-s", "DOWNLOAD_DELAY=0.01", "-s", "LOG_LEVEL=ERROR"),
    ]
    ended = subprocess.run(
        command, cwd=REPOSITORY, env=kept, capture_output=True, text=True, timeout=ROUND_TIMEOUT_S, check=False
    )
    if ended.returncode:
        raise SystemExit(f"the visit of {now} ended with {ended.returncode}\n{ended.stdout}{ended.stderr}")


def judge(connection: sqlite3.Connection, site: LocalSite, told: list[Story]) -> list[str]:
    """Print the figures; what is not as it should be."""
    by_url = {site.url(story.path): story for story in told}
    rows = {row["url"]: row for row in connection.execute("SELECT * FROM articles")}
    edits = Counter(row["url"] for row in connection.execute("SELECT url FROM edits"))
    versions = connection.execute("SELECT count(*) FROM article_versions WHERE kind = 're-read'").fetchone()[0]
    wanted = {kind: {url for url, story in by_url.items() if story.kind == kind} for kind in {s.kind for s in told}}
    gone = {url for url, row in rows.items() if row["status"] == "gone"}
    found = {url for url in wanted["edited"] if edits[url] == 1}
    false = sorted(url for url, count in edits.items() if url not in wanted["edited"] or count > 1)
    lost = sorted(url for url, story in by_url.items() if url not in rows or not _is_whole(rows[url], story))
    strays = sorted(set(rows) - set(by_url))
    removed = wanted["removed"] | wanted["soft 404"]
    moved = {u for u in wanted["moved"] if _leads_to(connection, site.url(by_url[u].moved_to)) == u}
    print(
        f"edits {len(found)} / {len(wanted['edited'])}, false {len(false)}, re-readings {versions}; "
        f"removals {len(gone & wanted['removed'])} / {len(wanted['removed'])}, soft 404 "
        f"{len(gone & wanted['soft 404'])} / {len(wanted['soft 404'])}, false {len(gone - removed)}; "
        f"moved and still one {len(moved)} / {len(wanted['moved'])}; rows {len(rows)} of {len(by_url)}, strays {len(strays)}; "
        f"texts lost {len(lost)}"
    )
    problems = {
        "edits missed": sorted(wanted["edited"] - found), "false edits": false, "removals missed": sorted(removed - gone),
        "false removals": sorted(gone - removed), "moved and lost": sorted(wanted["moved"] - moved), "second rows": strays,
        "texts lost": lost,
    }  # fmt: skip
    return [f"{what}: {len(urls)}, {', '.join(urls[:3])}" for what, urls in problems.items() if urls]


def _is_whole(row: sqlite3.Row, story: Story) -> bool:
    last = 0 if story.kind in {"removed", "soft 404"} else len(ROUNDS) - 1
    kept = " ".join(row["text"].replace("\u00ad", "").split())
    return all(" ".join(paragraph.split()) in kept for paragraph in story.paragraphs(last))


def _leads_to(connection: sqlite3.Connection, url: str) -> str | None:
    row = connection.execute(
        "SELECT a.url FROM urls AS u JOIN articles AS a ON a.id = u.article_id WHERE u.url = ?", (url,)
    ).fetchone()
    return row[0] if row else None


def main() -> int:
    """Run the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles")
    told = stories(parser.parse_args().share)
    with tempfile.TemporaryDirectory() as folder, LocalSite() as site:
        data = Path(folder) / "data"
        for number, now in enumerate(ROUNDS):
            show(site, told, number)
            begun = time.monotonic()
            visit(site, told, data, now)
            print(f"round {number + 1} at {now}: {len(told)} articles in {time.monotonic() - begun:.0f} s", flush=True)
        connection = sqlite3.connect(data / "newscrawl.db")
        connection.row_factory = sqlite3.Row
        problems = judge(connection, site, told)
        connection.close()
    for problem in problems:
        print(f"MISSED: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
