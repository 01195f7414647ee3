"""Sites -> one crawl process for all of them, and what came of each visit."""

import logging
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newscrawl.crawl.clock import Clock
from newscrawl.crawl.deadline import written
from newscrawl.crawl.ending import cut_short
from newscrawl.crawl.fates import visit_of
from newscrawl.crawl.health import WELL, judge
from newscrawl.crawl.locks import LockHeldError, run_lock, site_lock
from newscrawl.crawl.outcome import RunOutcome, SiteOutcome, run_exit_code
from newscrawl.crawl.project import SiteLoader, data_folder
from newscrawl.crawl.spider import NewsSpider
from newscrawl.crawl.stopping import StopSignal
from newscrawl.crawl.summary import visit_line
from newscrawl.crawl.turns import Turns, Watcher
from newscrawl.site import Site
from newscrawl.store import runs
from newscrawl.store.columns import instant_of
from newscrawl.store.database import open_database, write_transaction

logger = logging.getLogger(__name__)
# A visit ends some minutes after it began: without slack an hourly cron would visit an hourly site every second hour.
DUE_SLACK = timedelta(minutes=10)
NEVER = datetime.min.replace(tzinfo=UTC)


def spider_for(site: Site) -> type[NewsSpider]:
    """A spider class for a site that has no file."""
    return type(
        f"SpiderOf_{site.name}", (NewsSpider,), {"name": site.name, "site": site, "__doc__": f"Crawls {site.home}"}
    )


def choose_spiders(loader: SiteLoader, names: Sequence[str], data: Path, now: datetime) -> list[type[NewsSpider]]:
    """The named sites, or without names the enabled ones that are due, the longest unvisited first.

    KeyError with a plain line for an unknown name.
    """
    if names:
        return [_site_spider(loader, name) for name in dict.fromkeys(names)]
    sites = [site for site in loader.sites() if site.enabled]
    connection = open_database(data / "newscrawl.db")
    try:
        visited = {site.name: runs.last_ended_at(connection, site.name) for site in sites}
    finally:
        connection.close()
    due = [site.name for site in sites if _is_due(site, visited[site.name], now)]
    # Who waited longest comes first: a deadline that ends every run early must not always leave out the same ones.
    due.sort(key=lambda name: visited[name] or NEVER)
    return [_site_spider(loader, name) for name in due]


def _is_due(site: Site, last: datetime | None, now: datetime) -> bool:
    # A clock that was set back must not stop a site for as long as it was ahead.
    return last is None or last > now or now - last >= site.every - DUE_SLACK


def _site_spider(loader: SiteLoader, name: str) -> type[NewsSpider]:
    spider = loader.load(name)
    if not issubclass(spider, NewsSpider) or not isinstance(getattr(spider, "site", None), Site):
        raise KeyError(f"{name!r} is not a site that can be run; `scrapy crawl {name}` takes its address")
    return spider


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """How a run is made. command: what the table `runs` calls it; deadline: after which it is ended; jobs: sites under way at
    a time, 0 for the setting's number; named: whether a person named the sites, so that the trouble of each counts.

    broken: sites that cannot be visited and why, which count as unhealthy; well_otherwise: whether there are sound sites
    beside them, though none of those is due; enabled: all sites that are visited in their turn.
    """

    command: str = "run"
    deadline: timedelta | None = None
    jobs: int = 0
    named: bool = False
    broken: Mapping[str, str] = field(default_factory=dict)
    well_otherwise: bool = True
    enabled: Collection[str] = ()


def run_spiders(
    settings: Settings,
    spiders: Iterable[type[NewsSpider]],
    plan: RunPlan | None = None,
    watcher: Watcher | None = None,
) -> RunOutcome:
    """Crawl all of them in this process, under the run's lock and a lock a site.

    Raises `LockHeldError` when another run is under way, `StoreError` when the database cannot be used. To be called
    once a process: a reactor starts only once.
    """
    data, plan, watcher = data_folder(settings), plan or RunPlan(), watcher or Watcher()
    until_s = monotonic() + plan.deadline.total_seconds() if plan.deadline else None
    with run_lock(data), ExitStack() as locks:
        outcome = RunOutcome([SiteOutcome(name, None, f"{name}: left out: {why}") for name, why in plan.broken.items()])
        free = [spider for spider in spiders if _lock_site(locks, data, spider, outcome)]
        watcher.run_begins(len(free))
        for site in outcome.sites:
            watcher.site_ends(site)
        clock = Clock.from_settings(settings)
        known = _last_verdicts(data, {spider.site.name for spider in free} | set(plan.enabled))
        run_id = _start_run(data, clock, plan.command)
        _crawl(settings, free, plan, run_id, until_s, partial(_site_outcome, plan, known), watcher, outcome)
        if not outcome.exit_code:
            visited = {site.name for site in outcome.sites if site.visit is not None}
            outcome.exit_code = run_exit_code(
                outcome.sites,
                broken=bool(plan.broken),
                well_otherwise=plan.well_otherwise,
                well_elsewhere=any(known[name][0] in WELL for name in set(plan.enabled) - visited),
            )
        _finish_run(data, clock, run_id, outcome)
        return outcome


def _crawl(
    settings: Settings,
    spiders: Sequence[type[NewsSpider]],
    plan: RunPlan,
    run_id: int,
    until_s: float | None,
    outcome_of: Callable[[Crawler], SiteOutcome],
    watcher: Watcher,
    outcome: RunOutcome,
) -> None:
    """Until all are visited, the deadline comes or a signal does; what came of it goes into `outcome`."""
    jobs = plan.jobs or settings.getint("NEWSCRAWL_RUN_JOBS") or len(spiders)
    process = AsyncCrawlerProcess(settings)
    turns = Turns(process, spiders, jobs, run_id, outcome_of, watcher)
    stop = StopSignal(process, turns.end)
    if until_s is not None and plan.deadline is not None:
        from twisted.internet import reactor  # not before the process has chosen one

        why = f"the deadline of {written(plan.deadline)} ended the run"
        reactor.callLater(max(0.0, until_s - monotonic()), turns.end, why)  # type: ignore[arg-type]
    if turns.begin():
        process.start()
    outcome.sites += turns.outcomes
    for spider in turns.waiting:
        late = SiteOutcome(
            spider.name, None, f"{spider.name}: its turn did not come: {turns.ended_by}", cut_short=turns.ended_by
        )
        outcome.sites.append(late)
        watcher.site_ends(late)
    outcome.exit_code, outcome.ended_by = stop.exit_code or 0, turns.ended_by


def _last_verdicts(data: Path, names: Iterable[str]) -> dict[str, tuple[str | None, datetime | None]]:
    connection = open_database(data / "newscrawl.db")
    try:
        rows = {name: next(iter(runs.last_site_runs(connection, name, 1)), None) for name in names}
    finally:
        connection.close()
    return {name: (row["verdict"], instant_of(row["ended_at"])) if row else (None, None) for name, row in rows.items()}


def _lock_site(locks: ExitStack, data: Path, spider: type[NewsSpider], outcome: RunOutcome) -> bool:
    try:
        locks.enter_context(site_lock(data, spider.site.name))
    except LockHeldError as held:
        outcome.sites.append(SiteOutcome(spider.site.name, None, f"{spider.site.name}: left out: {held}", held=True))
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


def _site_outcome(
    plan: RunPlan, known: Mapping[str, tuple[str | None, datetime | None]], crawler: Crawler
) -> SiteOutcome:
    name, site = crawler.spidercls.name, crawler.spidercls.site  # type: ignore[attr-defined]
    visit = visit_of(crawler, name)
    verdict, why = judge(visit)
    before, before_at = known[name]
    return SiteOutcome(
        name,
        verdict,
        visit_line(visit, verdict, why),
        visit,
        counts_always=plan.named or site.private or site.verified_on is not None,
        before=before,
        before_at=before_at,
        cut_short=cut_short(crawler),
    )
