"""`newscrawl run`: visit all sites that are due, in one process."""

import os
import sys
from pathlib import Path

import click

from newscrawl.cli.options import data_option, project_option, project_settings, setting_option
from newscrawl.cli.show import plain


@click.command(name="run", short_help="Visit every site that is due: the command for cron.")
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

    try:
        folder, now = data_folder(settings), Clock.from_settings(settings).now()
        log_to_file(folder, settings, now, to_terminal=verbose)
    except ValueError as error:  # -s LOG_LEVEL=..., -s NEWSCRAWL_NOW=...
        raise click.UsageError(f"a setting cannot be used: {error}") from None
    loader = SiteLoader.from_settings(settings)
    broken = {name: why for name, why in loader.broken.items() if not names or name in names}
    whole = [name for name in names if name not in broken]
    try:
        # Without names it would choose all that are due, where none of those that were named can be used.
        spiders = choose_spiders(loader, whole, folder, now) if whole or not names else []
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
    outcome = run_spiders(settings, spiders, broken=broken, well_otherwise=not names and bool(loader.sites()))
    for site in outcome.sites:
        _tell(site.line, error=site.verdict not in WELL)
    if not spiders and not names:
        _tell("no site is due")
    sys.exit(outcome.exit_code)


def _tell(line: str, *, error: bool = False) -> None:
    """One line to standard output, trouble to standard error. A reader that went away does not change what the run came to."""
    stream = sys.stderr if error else sys.stdout
    try:
        click.echo(plain(line, longest=2000), file=stream)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
