"""A second run in which nothing is new -> at most three requests a site beside due revisits, no page read again, seconds of CPU.

    python -m benchmarks.quiet_hour                 # the demo's six sites and four more
    python -m benchmarks.quiet_hour --sites 40

Exits 1 when a site is asked more, when a page is read or stored again, or when the run takes more CPU than --cpu seconds.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.local_crawls import Child, Ended, finish, run_command, write_site_files
from newscrawl.demo.server import DemoServer
from newscrawl.site import Feed, Listing, Site
from tests.crawl.local_site import LocalSite
from tests.crawl.news import NOW, TIMEZONE, news_site

MOST_REQUESTS = 3
LATER = timedelta(minutes=52)  # long enough for the sites to be due


def site_of(name: str, local: LocalSite) -> Site:
    """As its file would say it."""
    sources = (Feed(url=local.url("/feed.xml")), Listing(url=local.url("/news/")))
    return Site(name=name, home=local.url("/"), timezone=TIMEZONE, private=True, delay_s=0.05, sources=sources)


def visit(folder: Path, now: datetime) -> Ended:
    """One run over all sites."""
    with Child(folder, run_command(folder, {"NEWSCRAWL_NOW": now.isoformat(), "DOWNLOAD_DELAY": 0.05})) as child:
        return child.wait()


def compare(sites: int, cpu_limit_s: float) -> int:
    """Two runs; the second one's figures."""
    with ExitStack() as servers:
        folder = Path(servers.enter_context(tempfile.TemporaryDirectory()))
        first_at = datetime.fromisoformat(NOW)
        demo = servers.enter_context(DemoServer(first_at, [0] * 6))
        locals_ = {f"local_{n}": servers.enter_context(news_site()) for n in range(sites)}
        write_site_files(folder, [*demo.sites, *(site_of(name, local) for name, local in locals_.items())])
        first = visit(folder, first_at)
        articles = {row["url"] for row in first.rows("SELECT url FROM articles")}
        before = requests_of(demo, locals_)
        second = visit(folder, first_at + LATER)
        after = {name: urls[len(before[name]) :] for name, urls in requests_of(demo, locals_).items()}
        revisits = sum(url in articles for urls in after.values() for url in urls)
        again = {name: sum(url not in articles for url in urls) for name, urls in after.items()}
        return judge(first, second, len(articles), revisits, again, cpu_limit_s)


def requests_of(demo: DemoServer, locals_: dict[str, LocalSite]) -> dict[str, list[str]]:
    """The addresses that each site was asked for so far, in order."""
    asked = {name: [local.url(path) for path in local.paths()] for name, local in locals_.items()}
    for site in demo.sites:
        asked[site.name] = [site.home.rstrip("/") + r.path for r in demo.requests if r.site == site.name]
    return asked


def judge(first: Ended, second: Ended, stored: int, revisits: int, again: dict[str, int], cpu_limit_s: float) -> int:
    """Print the figures; the exit code."""
    read = second.rows("SELECT count(*) FROM captures WHERE fetched_at > ?", NOW[:10] + "T12:30")[0][0]
    articles = second.rows("SELECT count(*) FROM articles")[0][0]
    print(f"first run: {stored} articles of {len(again)} sites, {first.cpu_s:.1f} s of CPU")
    print(
        f"second run, requests beside {revisits} due revisits: {', '.join(f'{name} {n}' for name, n in sorted(again.items()))}; "
        f"pages read {read}, {second.cpu_s:.1f} s of CPU, {second.seconds:.1f} s, exit code {second.exit_code}"
    )
    missed = [f"{name}: {n} requests, at most {MOST_REQUESTS}" for name, n in again.items() if n > MOST_REQUESTS]
    if read or articles != stored or not stored:
        missed.append(f"{read} pages were read again, {stored} articles became {articles}")
    if second.cpu_s > cpu_limit_s:
        missed.append(f"{second.cpu_s:.1f} s of CPU, at most {cpu_limit_s:g}")
    if not all(again.values()):
        missed.append("a site was not asked at all")
    return finish(missed, second)


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=4, help="small local sites beside the demo's six")
    parser.add_argument("--cpu", type=float, default=15.0, help="the most seconds of CPU that the second run may take")
    args = parser.parse_args()
    return compare(args.sites, args.cpu)


if __name__ == "__main__":
    sys.exit(main())
