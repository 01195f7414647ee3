"""Hostile and demo sites in one run -> every article once and nothing else, and each host asked as it wishes, by the servers' logs.

    python -m benchmarks.polite_crawl            # some two minutes: the true delay of a second
    python -m benchmarks.polite_crawl --only-demo

The hostile site's own robots.txt, one that is slow and forbids the ten addresses that wait for it, a Crawl-delay, a Retry-After
in seconds and one as a date, and a stranger on another port to which redirects lead. Exits 1 when anything is missed.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

from protego import Protego

from benchmarks.local_crawls import Child, Ended, finish, run_command, write_site_files
from benchmarks.own_articles import page_of, title_of
from newscrawl.demo.server import DemoServer
from newscrawl.site import Feed, Site
from tests.crawl.local_site import Answer, LocalSite, Reply
from tests.crawl.news import NOW, STORIES, TIMEZONE
from tests.crawl.test_hostile_crawl import HANGS, hostile_site

SMALLEST_GAP_S = 0.95
WAITING = [f"/private/waiting-for-robots-{n}" for n in range(10)]
PUBLISHED = datetime(2024, 5, 2, 9, tzinfo=UTC)
RETRY_AFTER_S = 4
CRAWL_DELAY_S = 3


@dataclass(frozen=True, kw_only=True)
class Host:
    """One server's log: (when, path) of each request, its robots.txt, and the least distance that it asked for."""

    name: str
    asked: list[tuple[float, str]]
    robots: str = ""
    delay_s: float = SMALLEST_GAP_S

    @property
    def gaps(self) -> list[float]:
        """Seconds between two requests."""
        return [later - earlier for (earlier, _), (later, _) in pairwise(self.asked)]

    def violations(self) -> Iterator[str]:
        """What was done against this host's wishes."""
        if self.gaps and min(self.gaps) < self.delay_s:
            yield f"{self.name}: {min(self.gaps):.3f} s between two requests, {self.delay_s} are asked for"
        if self.asked and self.asked[0][1] != "/robots.txt":
            yield f"{self.name}: {self.asked[0][1]} was asked for before robots.txt"
        robots = Protego.parse(self.robots)
        yield from (
            f"{self.name}: robots.txt forbids {p}" for _, p in self.asked if not robots.can_fetch(p, "newscrawl")
        )


@dataclass(slots=True)
class Figures:
    """What was found against what is there, over all sites."""

    there: int = 0
    found: int = 0
    stored: int = 0
    double: int = 0

    def __str__(self) -> str:
        recall, precision = self.found / max(self.there, 1), self.found / max(self.stored - self.double, 1)
        return (
            f"articles {self.there}, stored {self.stored}: recall {recall:.2f}, precision {precision:.2f}, "
            f"second rows {self.double}"
        )


def feed_of(origin: str, paths: Iterable[str]) -> Answer:
    """A feed that lists paths."""
    items = "".join(f"<item><title>{path}</title><link>{origin}{path}</link></item>" for path in paths)
    head = f"<title>Local</title><link>{origin}</link><description>list</description>"
    return Answer(body=f'<rss version="2.0"><channel>{head}{items}</channel></rss>', content_type="application/rss+xml")


def one_story_site(story: int, robots: Answer, more: dict[str, Reply], extra: Sequence[str] = ()) -> LocalSite:
    """A site with three articles, and addresses of its own kind. All the sites' articles are different ones."""
    local = LocalSite()
    pages = {
        f"/news/{name}-{story}": body for name, body in zip(("alma", "bura", "shyn"), own_pages(story), strict=True)
    }
    local.pages |= {"/robots.txt": robots, "/feed.xml": feed_of(local.origin, (*more, *extra, *pages))}
    local.pages |= {path: Answer(body=body) for path, body in pages.items()} | more
    return local


def own_pages(site: int) -> list[str]:
    """Three articles that no other site has."""
    return [page_of(number, PUBLISHED) for number in own_numbers(site)]


def own_numbers(site: int) -> range:
    """By which a site's articles are made."""
    return range(10 * site, 10 * site + 3)


def refuse_once(form: str) -> Reply:
    """429 with a Retry-After on the first visit, then a page that is no article."""

    def answer(visit: int) -> Answer:
        if visit:
            return Answer(status=404)
        until = datetime.now(UTC) + timedelta(seconds=RETRY_AFTER_S + 1)  # a date has whole seconds
        value = str(RETRY_AFTER_S) if form == "seconds" else format_datetime(until, usegmt=True)
        return Answer(status=429, headers=(("Retry-After", value),))

    return answer


def local_sites() -> dict[str, LocalSite]:
    """By name."""
    plain = Answer(status=404)
    forbids = "User-agent: *\nDisallow: /private/\n"
    slow = Answer(body=forbids, content_type="text/plain", delay_s=3)
    delay = Answer(body=f"User-agent: *\nCrawl-delay: {CRAWL_DELAY_S}\n", content_type="text/plain")
    return {
        "hostile": hostile_site(),
        "slow_robots": one_story_site(1, slow, {}, WAITING),
        "crawl_delay": one_story_site(2, delay, {}),
        "retry_seconds": one_story_site(3, plain, {"/news/first-of-all": refuse_once("seconds")}),
        "retry_date": one_story_site(4, plain, {"/news/first-of-all": refuse_once("date")}),
    }


def site_of(name: str, local: LocalSite) -> Site:
    """As its file would say it."""
    sources = (Feed(url=local.url("/feed.xml")),)
    return Site(
        name=name, home=local.url("/"), timezone=TIMEZONE, languages=("ru", "kk"), private=True, sources=sources
    )


def add_strangers_paths(hostile: LocalSite, stranger: LocalSite) -> None:
    """Redirects of the hostile site that lead to a host which is nobody's."""
    away = stranger.url("/news/story-of-strangers-1")
    hostile.pages["/news/redirect-off-site-114"] = Answer(status=302, headers=(("Location", away),))
    hostile.pages["/news/refresh-off-site-121"] = Answer(
        body=f'<html><head><meta http-equiv="refresh" content="0;url={away}"></head><body></body></html>'
    )


def hosts_of(locals_: dict[str, LocalSite], demo: DemoServer) -> Iterator[Host]:
    """The logs of all servers."""
    for name, local in locals_.items():
        robots = local.pages.get("/robots.txt")
        text = robots.content.decode() if isinstance(robots, Answer) and robots.status == 200 else ""
        delay_s = CRAWL_DELAY_S - 0.05 if name == "crawl_delay" else SMALLEST_GAP_S
        yield Host(name=name, asked=[(a.at_s, a.path) for a in local.requests], robots=text, delay_s=delay_s)
    for site in demo.sites:
        asked = [(record.after_s, record.path) for record in demo.requests if record.site == site.name]
        answer = demo.world.answer(site.name, "/robots.txt", {})
        yield Host(name=site.name, asked=asked, robots=answer.body.decode() if answer.status == 200 else "")


def patience(host: Host) -> Iterator[str]:
    """Whether the host that was refused with a Retry-After was left alone for so long."""
    refused = next((n for n, (_, path) in enumerate(host.asked) if path == "/news/first-of-all"), None)
    if refused is None or refused >= len(host.gaps):
        yield f"{host.name}: the page that asks for patience was not asked for, or nothing after it"
    elif host.gaps[refused] < RETRY_AFTER_S - 0.05:
        yield f"{host.name}: asked again after {host.gaps[refused]:.2f} s, Retry-After said {RETRY_AFTER_S}"


def count(ended: Ended, locals_: dict[str, LocalSite], demo: DemoServer) -> Figures:
    """Stored articles by title (local sites) or address (demo) against those that are there."""
    figures = Figures()
    # The hostile site prints some texts under several addresses: these are known as copies of the first.
    stored = ended.rows("SELECT site, url, title FROM articles WHERE copy_of IS NULL")
    for name in locals_:
        own = [STORIES[n].title for n in range(8)] if name == "hostile" else None
        there = set(own or map(title_of, own_numbers(list(locals_).index(name))))
        add(figures, there, [row["title"] for row in stored if row["site"] == name])
    for site in demo.sites:
        there = {page.url for page in demo.expected[site.name] if page.article is not None}
        add(figures, there, [row["url"] for row in stored if row["site"] == site.name])
    return figures


def add(figures: Figures, there: set[str], stored: list[str]) -> None:
    """One site's share."""
    figures.there += len(there)
    figures.found += len(there & set(stored))
    figures.stored += len(stored)
    figures.double += sum(times - 1 for times in Counter(stored).values())


def crawl(only_demo: bool) -> int:
    """One run, its figures, and what they miss."""
    locals_ = {} if only_demo else local_sites()
    with ExitStack() as open_servers:
        folder = Path(open_servers.enter_context(tempfile.TemporaryDirectory()))
        demo = open_servers.enter_context(DemoServer(datetime.fromisoformat(NOW), [0] * 6))
        stranger = open_servers.enter_context(LocalSite())
        for local in locals_.values():
            open_servers.enter_context(local)
        if "hostile" in locals_:
            add_strangers_paths(locals_["hostile"], stranger)
        sites = [site_of(name, local) for name, local in locals_.items()]
        write_site_files(folder, [*sites, *(replace(site, delay_s=1.0) for site in demo.sites)])
        settings = {"NEWSCRAWL_NOW": NOW, "DOWNLOAD_TIMEOUT": 4, "RETRY_TIMES": 1}
        with Child(folder, run_command(folder, settings)) as child:
            ended = child.wait()
        HANGS.set()
        hosts, figures = list(hosts_of(locals_, demo)), count(ended, locals_, demo)
        open_rows = ended.rows("SELECT count(*) FROM urls WHERE fate IN ('found', 'queued', 'fetching')")[0][0]
        return judge(hosts, figures, len(stranger.requests), open_rows, ended)


def judge(hosts: list[Host], figures: Figures, strangers: int, open_rows: int, ended: Ended) -> int:
    """Print the figures; the exit code."""
    violations = [line for host in hosts for line in host.violations()]
    violations += [line for host in hosts if host.name.startswith("retry_") for line in patience(host)]
    smallest = min((gap for host in hosts for gap in host.gaps), default=0.0)
    print(f"{len(hosts)} hosts, {sum(len(h.asked) for h in hosts)} requests in {ended.seconds:.0f} s; {figures}")
    print(f"smallest gap {smallest:.3f} s; violations {len(violations)}; requests to strange hosts {strangers}")
    missed = violations
    if figures.found != figures.there or figures.stored != figures.there:
        missed.append(f"every article once and nothing else: {figures}")
    if strangers:
        missed.append(f"{strangers} requests to a host that belongs to no site")
    if open_rows:
        missed.append(f"{open_rows} addresses have no final fate")
    if ended.exit_code not in {0, 3}:  # a site that answers so much with errors may be called unhealthy
        missed.append(f"exit code {ended.exit_code}")
    return finish(missed, ended)


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only-demo", action="store_true", help="the six demo sites alone")
    return crawl(parser.parse_args().only_demo)


if __name__ == "__main__":
    sys.exit(main())
