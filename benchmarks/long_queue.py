"""100,000 addresses in the queue -> the crawl process stays under 150 MB, and `kill -9` loses none and fetches none in vain.

    python -m benchmarks.long_queue                 # killed twice; ends when some hundred pages were fetched
    python -m benchmarks.long_queue --queued 3000 --whole
    python -m benchmarks.long_queue --whole         # all 100,000 pages, most of an hour

The queue comes the way it does in life: out of sitemaps of 50,000 addresses each. Exits 1 when an address is missing from the
table, when one is asked for more than twice or more are asked for twice than can be in flight, or when memory is over its bound.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.local_crawls import Child, crawl_command, finish, rows, write_site_files
from benchmarks.own_articles import page_of
from benchmarks.process_memory import Memory
from newscrawl.crawl.queue import MOST_UNDER_WAY
from newscrawl.site import Site, Sitemap
from newscrawl.store.errors import StoreError
from tests.crawl.local_site import Answer, LocalSite

NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)
IN_A_SITEMAP = 50_000
# Long numbers: short ones, and those that look like years, are no article's address where a sitemap tells no day of publication.
FIRST_NUMBER = 1_000_000
MOST_MB = 150
PAGES_BEFORE_A_KILL = 150
KILLS = 2
PATIENCE_S = 600
SETTINGS: dict[str, object] = {"NEWSCRAWL_NOW": NOW.isoformat()}


class Archive(LocalSite):
    """A site with an article at every number, made when it is asked for."""

    def answer(self, path: str, headers: object) -> Answer:
        """The page of a number, or what stands in `pages`."""
        kind, _, number = path.rpartition("-")
        if kind == "/news/istoriya-goroda":
            self.pages[path] = Answer(body=page_of(int(number), published(int(number) - FIRST_NUMBER)))
        try:
            return super().answer(path, headers)  # type: ignore[arg-type]
        finally:
            if kind == "/news/istoriya-goroda":
                del self.pages[path]


def published(number: int) -> datetime:
    """The newest has the number 0."""
    return NOW - timedelta(hours=1 + number / 4)


def archive_of(queued: int) -> Archive:
    """Its sitemaps list that many."""
    local = Archive()
    parts = {f"/sitemap{n}.xml": range(n, min(n + IN_A_SITEMAP, queued)) for n in range(0, queued, IN_A_SITEMAP)}
    for path, numbers in parts.items():
        entries = "".join(
            f"<url><loc>{local.url(f'/news/istoriya-goroda-{FIRST_NUMBER + n}')}</loc><lastmod>{published(n).isoformat()}</lastmod></url>"
            for n in numbers
        )
        local.pages[path] = Answer(body=f"<urlset>{entries}</urlset>", content_type="application/xml")
    children = "".join(f"<sitemap><loc>{local.url(path)}</loc></sitemap>" for path in parts)
    local.pages["/sitemap.xml"] = Answer(
        body=f"<sitemapindex>{children}</sitemapindex>", content_type="application/xml"
    )
    local.pages["/robots.txt"] = Answer(status=404)
    return local


def asked(local: LocalSite) -> Counter[str]:
    """How often each article was asked for."""
    return Counter(path for path in local.paths() if path.startswith("/news/"))


def crawl(folder: Path, local: LocalSite, until_asked: int | None, queued: int) -> tuple[Memory, Memory, int]:
    """One crawl, killed when the whole queue is in the table and that many articles were asked for, or left to its end:
    its memory at the end of that, the most of the crawl process on the way, its exit code (None for a kill becomes -9)."""
    with Child(folder, crawl_command(folder, SETTINGS, "archive", since="2000-01-01")) as child:
        begun_s = time.monotonic()
        seen = Memory()
        while child.process.poll() is None and time.monotonic() - begun_s < PATIENCE_S * (until_asked is None or 1) * 6:
            time.sleep(0.2)
            if until_asked and asked(local).total() >= until_asked and in_table(folder / "data") >= queued:
                seen = child.watch.rest()
                child.process.kill()
                break
            if until_asked is None:
                seen = child.watch.rest() if child.process.poll() is None else seen
        return seen, child.watch.crawl_peak, child.process.wait()


def in_table(data: Path) -> int:
    """How many articles' addresses the table knows, whatever became of them; 0 while there is no table."""
    try:
        return int(rows(data, "SELECT count(*) FROM urls WHERE kind = 'article'")[0][0])
    except StoreError:
        return 0


def stored_paths(data: Path, local: LocalSite) -> set[str]:
    """The articles that were acknowledged."""
    return {row["url"].removeprefix(local.origin) for row in rows(data, "SELECT url FROM articles")}


def check(queued: int, whole: bool) -> int:
    """The crawls one after the other; the exit code."""
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name, archive_of(queued) as local:
        folder, data = Path(name), Path(name) / "data"
        sources = (Sitemap(url=local.url("/sitemap.xml")),)
        site = Site(name="archive", home=local.url("/"), timezone="UTC", private=True, delay_s=0.0, sources=sources)
        write_site_files(folder, [site])
        rounds = [PAGES_BEFORE_A_KILL * (n + 1) for n in range(KILLS)] + (
            [None] if whole else [PAGES_BEFORE_A_KILL * 3]
        )
        before: set[str] = set()
        for stop_at in rounds:
            first_request = len(local.requests)
            now, most, exit_code = crawl(folder, local, stop_at, queued)
            known, stored = in_table(data), stored_paths(data, local)
            print(
                f"{known} addresses known, {len(stored)} articles stored, {asked(local).total()} asked for; {now}; the crawl "
                f"process at most {most.crawl:.0f} MB; exit code {exit_code}"
            )
            again = before & set(local.paths()[first_request:])
            missed += [f"{len(again)} stored articles were fetched again"] if again else []
            missed += [f"{len(before - stored)} stored articles are gone"] if before - stored else []
            missed += [f"{known} of {queued} addresses are in the table"] if known != queued else []
            missed += [f"the crawl process took {most.crawl:.0f} MB"] if most.crawl > MOST_MB else []
            before = stored
        twice = [path for path, times in asked(local).items() if times > 1]
        open_rows = rows(
            data, "SELECT count(*) FROM urls WHERE kind = 'article' AND fate IN ('queued', 'fetching', 'found')"
        )
        print(f"asked for twice {len(twice)}, more often {sum(times > 2 for times in asked(local).values())}")
        print(f"open {open_rows[0][0]}, stored {len(before)}, together {open_rows[0][0] + len(before)} of {queued}")
        if len(twice) > KILLS * MOST_UNDER_WAY or max(asked(local).values(), default=0) > 2:
            missed.append(f"{len(twice)} pages were asked for twice; {MOST_UNDER_WAY} can be in flight at a kill")
        if open_rows[0][0] + len(before) != queued or (whole and open_rows[0][0]):
            missed.append("some addresses are neither stored nor open")
    return finish(missed)


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queued", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true", help="after the kills, crawl until the queue is empty")
    args = parser.parse_args()
    return check(args.queued, args.whole)


if __name__ == "__main__":
    sys.exit(main())
