"""`newscrawl run`: visit all sites that are due, in one process."""

import sys
from pathlib import Path

import click

from newscrawl.cli.options import data_option, project_option, project_settings, setting_option


@click.command(name="run")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@data_option
@project_option
@setting_option
@click.option("-v", "--verbose", is_flag=True, help="Log to the terminal, too.")
def command(
    names: tuple[str, ...], data: Path | None, project: Path | None, overrides: tuple[str, ...], verbose: bool
) -> None:
    """Visit the named SITEs, or every enabled site that is due.

    One line a site on standard output (trouble on standard error). The log of each run is a file under logs/ of the data folder.

    \b
    Exit codes: 0 all sites healthy, 1 an internal error, 2 usage, 3 some sites unhealthy, 4 all sites unhealthy,
    75 another run holds the lock, 130/143 after a clean stop by SIGINT/SIGTERM.

    \b
    newscrawl run                                 everything that is due
    newscrawl run tengrinews_kz vlast_kz          these two, now
    newscrawl run -s LOG_LEVEL=DEBUG --data /srv/news
    """
    settings = project_settings(project, data, overrides)
    from newscrawl.crawl.clock import Clock
    from newscrawl.crawl.health import WELL
    from newscrawl.crawl.logs import log_to_file
    from newscrawl.crawl.project import SiteLoader, data_folder
    from newscrawl.crawl.runner import choose_spiders, run_spiders
    from newscrawl.crawl.stopping import say

    folder, now = data_folder(settings), Clock.from_settings(settings).now()
    log_to_file(folder, settings, now, to_terminal=verbose)
    loader = SiteLoader.from_settings(settings)
    for name, problem in loader.broken.items():
        if not names or name in names:
            say(f"{name}: left out: {problem}", error=True)
    try:
        spiders = choose_spiders(loader, names, folder, now)
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
    outcome = run_spiders(settings, spiders)
    for site in outcome.sites:
        say(site.line, error=site.verdict not in WELL)
    if not outcome.sites and not names:
        say("no site is due")
    broken = [name for name in loader.broken if not names]
    sys.exit(outcome.exit_code or (3 if broken else 0))
