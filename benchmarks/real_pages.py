"""Saved real pages, a TLS proxy of their own, `scrapy crawl tengrinews_kz` -> is every article stored, dated and whole?

    python -m benchmarks.real_pages FOLDER      # FOLDER holds pages.jsonl.gz

Prints each figure and exits 1 when one is missed: all pages stored, each with the day and title that its label names, text F1
(4-word shingles) at least 0.99 on average, no row for a list page.
"""

import argparse
import collections
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import Any

from benchmarks.proxy_world import Authority, ProxyServer
from benchmarks.saved_site import saved_pages, saved_site

REPOSITORY = Path(__file__).resolve().parents[1]
LEAST_TEXT_F1 = 0.99


def crawl_environment(server: ProxyServer) -> dict[str, str]:
    """The environment of a crawl that reaches the world and nothing else."""
    return os.environ | {
        "https_proxy": server.url,
        "http_proxy": server.url,
        "SSL_CERT_FILE": str(server.authority.ca_file),
        "NEWSCRAWL_CONTACT": "benchmark@example.org",
        "no_proxy": "",
    }


def crawl_command(data: Path, delay_s: float, *more: str) -> list[str]:
    """The command of a crawl into that folder."""
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    return [scrapy, "crawl", "tengrinews_kz", "-s", f"NEWSCRAWL_DATA={data}", "-s", f"DOWNLOAD_DELAY={delay_s}", *more]


def shingles(text: str, n: int = 4) -> collections.Counter[tuple[str, ...]]:
    """The text's n-word shingles as a multiset."""
    words = re.findall(r"\w+", re.sub("[\u00ad\u200b-\u200d\ufeff]", "", text))
    if len(words) < n:
        return collections.Counter([tuple(words)] if words else [])
    return collections.Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def text_f1(wanted: str, got: str) -> float:
    """F1 of two texts' shingles."""
    a, b = shingles(wanted), shingles(got)
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def same_words(a: str, b: str) -> bool:
    """Whether two titles agree in their words."""
    return plain(a) == plain(b)


def plain(text: str) -> str:
    """Words only, in one case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def compare(pages: list[dict[str, Any]], database: Path) -> list[str]:
    """Print the figures; what is missed, one line each."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    rows = {row["url"]: row for row in connection.execute("SELECT * FROM articles")}
    found = [(page, rows[page["url"]]) for page in pages if page["url"] in rows]
    days = sum(row["published_day"] == page["published"] for page, row in found)
    titles = sum(same_words(page["title"], row["title"]) for page, row in found)
    f1 = [text_f1(page["text"], row["text"]) for page, row in found]
    mean = statistics.mean(f1) if f1 else 0.0
    other = sorted(set(rows) - {page["url"] for page in pages})
    sources = collections.Counter(row["published_source"] for _, row in found)
    languages = collections.Counter(row["language"] for _, row in found)
    print(f"stored {len(found)} of {len(pages)}; day right {days}; title right {titles}; other rows {len(other)}")
    print(
        f"text F1 mean {mean:.4f}, lowest {min(f1, default=0):.3f}; dates by {dict(sources)}; languages {dict(languages)}"
    )
    for page, row in found:
        if row["published_day"] != page["published"]:
            print(f"  day   {row['published_day']} instead of {page['published']} at {page['url']}")
        if not same_words(page["title"], row["title"]):
            print(f"  title {row['title']!r} instead of {page['title']!r}")
    missed = []
    if not len(found) == days == titles == len(pages):
        missed.append("not every page is stored with its day and title")
    if mean < LEAST_TEXT_F1:
        missed.append(f"text F1 {mean:.4f} is below {LEAST_TEXT_F1}")
    if other:
        missed.append(f"rows that are no article: {other[:3]}")
    return missed


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds between requests (the site's own is 1)")
    args = parser.parse_args()
    pages = saved_pages(args.folder)
    with tempfile.TemporaryDirectory() as folder:
        world = saved_site(pages)
        with ProxyServer(world, Authority(Path(folder))) as server:
            data = Path(folder) / "data"
            started = time.monotonic()
            command = crawl_command(data, args.delay)
            result = subprocess.run(command, cwd=REPOSITORY, env=crawl_environment(server), check=False)
            print(f"exit code {result.returncode}, {time.monotonic() - started:.1f} s, {len(world.asked)} requests")
        missed = compare(pages, data / "newscrawl.db")
    if result.returncode:
        missed.append(f"the crawl ended with exit code {result.returncode}")
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
