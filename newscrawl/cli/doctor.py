"""`newscrawl doctor`: is this installation sound, does a site work, and what is there to do?"""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.checks import checked_zone
from newscrawl.cli.findings import Finding, print_findings
from newscrawl.cli.options import data_option, project_option, project_settings, setting_option

if TYPE_CHECKING:
    from scrapy.settings import Settings


@click.command(name="doctor", short_help="Is everything sound, and what is there to do?")
@click.argument("subject", metavar="[URL|SITE]", required=False)
@click.option(
    "--online",
    is_flag=True,
    help="Ask the live site whether its file is right; without SITE: ask each enabled site for its robots.txt.",
)
@click.option(
    "--write", is_flag=True, help="With SITE --online: note today as verified_on in its file when all is well."
)
@click.option(
    "--timezone", metavar="ZONE", callback=checked_zone, help="With URL: the zone that the site writes its clocks in."
)
@click.option("-v", "--verbose", is_flag=True, help="With URL, SITE or --online: log each question to standard error.")
@click.option("--thorough", is_flag=True, help="Compare the whole full-text index with the articles, too.")
@click.option("--mend", is_flag=True, help="Make the full-text index anew from the articles.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The findings as JSON: what, level (ok, advice, fault), said, then; of a site what was asked.",
)
@data_option
@project_option
@setting_option
def command(
    subject: str | None,
    online: bool,
    write: bool,
    timezone: str | None,
    verbose: bool,
    thorough: bool,
    mend: bool,
    as_json: bool,
    data: Path | None,
    project: Path | None,
    overrides: tuple[str, ...],
) -> None:
    """Check the installation and its data folder: Python, SQLite, time zones, settings, site files, disk, lock, database, archive.

    Each finding is one line, with what to do about it. Exit code 1 when there is a fault. With --online each enabled site is
    asked for its robots.txt, too, one request a site: does it answer, and does it allow its sources?

    With a URL: find the site's API, sitemaps, feeds and lists, ask each, read some articles, and print what its file should
    say. With SITE --online: ask every source of the site's file, and some of its articles. Everything is asked as politely as
    in a crawl, and nothing is stored. Exit code 1 unless an article was read whole: title, text, day, language.

    \b
    newscrawl doctor
    newscrawl doctor --data /srv/news --thorough
    newscrawl doctor --online
    newscrawl doctor https://example.kz/ --timezone Asia/Almaty
    newscrawl doctor tengrinews_kz --online
    newscrawl doctor tengrinews_kz --online --write
    """
    settings = project_settings(project, data, overrides)
    if subject is not None:
        from newscrawl.cli.doctor_site import examine, quiet_settings

        quiet = quiet_settings(settings, verbose)
        sys.exit(examine(quiet, subject, online=online, write=write, timezone=timezone, as_json=as_json))
    if write or timezone:
        raise click.UsageError("--write and --timezone are about a site: newscrawl doctor SITE --online --write")
    if mend:
        _mend(settings)
    sys.exit(1 if print_findings(_findings(settings, thorough or mend, online, verbose), as_json=as_json) else 0)


def _findings(settings: "Settings", thorough: bool, online: bool, verbose: bool) -> Iterator[Finding]:
    from newscrawl.cli.doctor_installation import installation_findings

    yield from installation_findings(settings, thorough=thorough)
    if online:
        from newscrawl.cli.doctor_online import online_findings
        from newscrawl.cli.doctor_site import quiet_settings

        yield from online_findings(quiet_settings(settings, verbose))


def _mend(settings: "Settings") -> None:
    from newscrawl.crawl.project import data_folder
    from newscrawl.store.database import open_database, open_readonly
    from newscrawl.store.soundness import rebuild_search_index

    path = data_folder(settings) / "newscrawl.db"
    open_readonly(path).close()  # a mistyped folder must not become a new database
    with closing(open_database(path)) as connection:
        rebuild_search_index(connection, path)
