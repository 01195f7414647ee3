"""`newscrawl run`: visit all sites that are due, in one process."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.options import data_option, project_option, project_settings, setting_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.settings import Settings

    from newscrawl.cli.run_report import RunReport
    from newscrawl.crawl.outcome import RunOutcome
    from newscrawl.crawl.project import SiteLoader
    from newscrawl.crawl.spider import NewsSpider


def _length_of_time(_: click.Context, __: click.Parameter, value: str | None) -> timedelta | None:
    from newscrawl.crawl.deadline import duration_of

    try:
        return duration_of(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _ping_address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from newscrawl.crawl.ping import check_ping_address

    try:
        return check_ping_address(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(name="run", short_help="Visit every site that is due: the command for cron.")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@click.option(
    "--deadline",
    metavar="TIME",
    callback=_length_of_time,
    help="End cleanly after this time (50m, 1h30m, 90s); what is left waits for the next run.",
)
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Sites under way at a time. [default: 40]")
@click.option(
    "--ping",
    metavar="URL",
    callback=_ping_address,
    help="Tell a watchdog (Healthchecks): URL/start at the beginning, URL/<exit code> at the end.",
)
@data_option
@project_option
@setting_option
@click.option("-v", "--verbose", count=True, help="A line for each site, well or not; -vv: the log, too.")
def command(
    names: tuple[str, ...],
    deadline: timedelta | None,
    jobs: int | None,
    ping: str | None,
    data: Path | None,
    project: Path | None,
    overrides: tuple[str, ...],
    verbose: int,
) -> None:
    """Visit the named SITEs, or every enabled site that is due.

    Silent when all is well: then nothing is written but the log, a file a run under logs/ of the data folder. Each site in
    trouble is a line on standard error. On a terminal, or with -v, each other site is a line on standard output.

    A site that nobody has verified (verified_on of its file) counts for the exit code when its trouble begins or changes;
    while it stays the same, it is told once a day. Where no site at all is well, the exit code is 4 all the same.

    \b
    Exit codes: 0 all sites healthy (also when the deadline left work), 1 an internal error, 2 usage, 3 some sites unhealthy,
    4 all sites unhealthy, 75 another run holds the lock, 130/143 after a clean stop by SIGINT/SIGTERM.

    \b
    newscrawl run                                 everything that is due
    newscrawl run tengrinews_kz vlast_kz          these two, now
    newscrawl run --deadline 50m --ping https://hc-ping.com/YOUR-CHECK
    newscrawl run -s LOG_LEVEL=DEBUG --data /srv/news -v
    """
    settings = project_settings(project, data, overrides)
    from newscrawl.cli.run_report import RunReport
    from newscrawl.crawl.clock import Clock
    from newscrawl.crawl.logs import log_to_file
    from newscrawl.crawl.ping import Ping
    from newscrawl.crawl.project import data_folder

    try:
        now = Clock.from_settings(settings).now()
        log_to_file(data_folder(settings), settings, now, to_terminal=verbose > 1, hidden=ping or "")
    except ValueError as error:  # -s LOG_LEVEL=..., -s NEWSCRAWL_NOW=...
        raise click.UsageError(f"a setting cannot be used: {error}") from None
    report = RunReport(now, verbose=verbose > 0, bar=verbose < 2, named=bool(names), ping=Ping(ping) if ping else None)
    with report:
        outcome = _run(settings, names, deadline, jobs or 0, report)
        report.run_ends(outcome)
    sys.exit(outcome.exit_code)


def _run(
    settings: "Settings", names: "Sequence[str]", deadline: timedelta | None, jobs: int, report: "RunReport"
) -> "RunOutcome":
    from newscrawl.crawl.project import SiteLoader
    from newscrawl.crawl.runner import RunPlan, run_spiders

    loader = SiteLoader.from_settings(settings)
    broken = {name: why for name, why in loader.broken.items() if not names or name in names}
    plan = RunPlan(
        deadline=deadline,
        jobs=jobs,
        named=bool(names),
        broken=broken,
        well_otherwise=not names and bool(loader.sites()),
        enabled=() if names else [site.name for site in loader.sites() if site.enabled],
    )
    return run_spiders(settings, _spiders(loader, settings, names, broken), plan, report)


def _spiders(
    loader: "SiteLoader", settings: "Settings", names: "Sequence[str]", broken: dict[str, str]
) -> "list[type[NewsSpider]]":
    from newscrawl.crawl.clock import Clock
    from newscrawl.crawl.project import data_folder
    from newscrawl.crawl.runner import choose_spiders

    whole = [name for name in names if name not in broken]
    if names and not whole:  # without names it would choose all that are due
        return []
    try:
        return choose_spiders(loader, whole, data_folder(settings), Clock.from_settings(settings).now())
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
