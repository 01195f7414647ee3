"""Sites -> one crawl process for all of them, and what came of each visit."""

import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newscrawl.crawl.clock import Clock
from newscrawl.crawl.fates import visit_of
from newscrawl.crawl.health import WELL, Verdict, Visit, exit_code, judge
from newscrawl.crawl.locks import LOCK_HELD_EXIT_CODE, LockHeldError, run_lock, site_lock
from newscrawl.crawl.project import SiteLoader, data_folder
from newscrawl.crawl.spider import NewsSpider
from newscrawl.crawl.stopping import StopSignal
from newscrawl.crawl.summary import visit_line
from newscrawl.site import Site
from newscrawl.store import runs
from newscrawl.store.database import open_database, write_transaction

logger = logging.getLogger(__name__)
# A visit ends some minutes after it began: without slack an hourly cron would visit an hourly site every second hour.
DUE_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What came of one site in one run: its verdict and the line that tells it; `visit` None: it was not visited."""

    name: str
    verdict: Verdict | None
    line: str
    visit: Visit | None = None


@dataclass(slots=True)
class RunOutcome:
    """A run as a whole, with the exit code that its command ends with."""

    sites: list[SiteOutcome] = field(default_factory=list)
    exit_code: int = 0


def spider_for(site: Site) -> type[NewsSpider]:
    """A spider class for a site that has no file."""
    return type(
        f"SpiderOf_{site.name}", (NewsSpider,), {"name": site.name, "site": site, "__doc__": f"Crawls {site.home}"}
    )


def choose_spiders(loader: SiteLoader, names: Sequence[str], data: Path, now: datetime) -> list[type[NewsSpider]]:
    """The named sites, or without names the enabled ones that are due. KeyError with a plain line for an unknown name."""
    if names:
        return [_site_spider(loader, name) for name in dict.fromkeys(names)]
    sites = [site for site in loader.sites() if site.enabled]
    connection = open_database(data / "newscrawl.db")
    try:
        due = [site.name for site in sites if _is_due(connection, site, now)]
    finally:
        connection.close()
    return [_site_spider(loader, name) for name in due]


def _is_due(connection: sqlite3.Connection, site: Site, now: datetime) -> bool:
    last = runs.last_ended_at(connection, site.name)
    # A clock that was set back must not stop a site for as long as it was ahead.
    return last is None or last > now or now - last >= site.every - DUE_SLACK


def _site_spider(loader: SiteLoader, name: str) -> type[NewsSpider]:
    spider = loader.load(name)
    if not issubclass(spider, NewsSpider) or not isinstance(getattr(spider, "site", None), Site):
        raise KeyError(f"{name!r} is not a site that can be run; `scrapy crawl {name}` takes its address")
    return spider


def run_spiders(
    settings: Settings,
    spiders: Iterable[type[NewsSpider]],
    command: str = "run",
    *,
    broken: Mapping[str, str] | None = None,
    well_otherwise: bool = True,
) -> RunOutcome:
    """Crawl all of them in this process, under the run's lock and a lock a site.

    broken: sites that cannot be visited and why, which count as unhealthy; well_otherwise: whether there are sound sites
    beside them, though none of those is due.

    Raises `LockHeldError` when another run is under way, `StoreError` when the database cannot be used. To be called
    once a process: a reactor starts only once.
    """
    data = data_folder(settings)
    with run_lock(data), ExitStack() as locks:
        outcome = RunOutcome()
        outcome.sites += [SiteOutcome(name, None, f"{name}: left out: {why}") for name, why in (broken or {}).items()]
        free = [spider for spider in spiders if _lock_site(locks, data, spider, outcome)]
        clock = Clock.from_settings(settings)
        run_id = _start_run(data, clock, command)
        process = AsyncCrawlerProcess(settings)
        stop = StopSignal(process)
        crawlers = [_start_crawler(process, spider, run_id) for spider in free]
        if crawlers:
            process.start()
        outcome.sites += [_site_outcome(crawler) for crawler in crawlers]
        outcome.exit_code = stop.exit_code or _exit_code(outcome, bool(broken), well_otherwise)
        _finish_run(data, clock, run_id, outcome)
        return outcome


def _lock_site(locks: ExitStack, data: Path, spider: type[NewsSpider], outcome: RunOutcome) -> bool:
    try:
        locks.enter_context(site_lock(data, spider.site.name))
    except LockHeldError as held:
        outcome.sites.append(SiteOutcome(spider.site.name, None, f"{spider.site.name}: left out: {held}"))
        return False
    return True


def _start_run(data: Path, clock: Clock, command: str) -> int:
    path = data / "newscrawl.db"
    connection = open_database(path)
    try:
        with write_transaction(connection, path):
            return runs.start_run(connection, clock.now(), command, os.getpid())
    finally:
        connection.close()


def _finish_run(data: Path, clock: Clock, run_id: int, outcome: RunOutcome) -> None:
    path = data / "newscrawl.db"
    summary = "; ".join(f"{site.name} {site.verdict or 'left out'}" for site in outcome.sites)
    connection = open_database(path)
    try:
        with write_transaction(connection, path):
            runs.finish_run(connection, run_id, clock.now(), outcome.exit_code, summary)
    finally:
        connection.close()


def _start_crawler(process: AsyncCrawlerProcess, spider: type[NewsSpider], run_id: int) -> Crawler:
    crawler = process.create_crawler(spider)
    crawler.settings.set("NEWSCRAWL_RUN_ID", run_id, priority="cmdline")
    process.crawl(crawler)
    return crawler


def _site_outcome(crawler: Crawler) -> SiteOutcome:
    name = crawler.spidercls.name
    visit = visit_of(crawler, name)
    verdict, why = judge(visit)
    return SiteOutcome(name, verdict, visit_line(visit, verdict, why), visit)


def _exit_code(outcome: RunOutcome, broken: bool, well_otherwise: bool) -> int:
    visited = [site for site in outcome.sites if site.visit is not None and site.verdict is not None]
    if any(site.visit is not None and site.visit.internal_error for site in visited):
        return 1
    if not visited and outcome.sites and not broken:
        return LOCK_HELD_EXIT_CODE  # every site that was asked for is being crawled by somebody else
    verdicts = [site.verdict for site in visited if site.verdict]
    if broken:
        return 3 if any(v in WELL for v in verdicts) or (not visited and well_otherwise) else 4
    return exit_code(verdicts)
