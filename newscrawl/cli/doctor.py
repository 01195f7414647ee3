"""`newscrawl doctor`: is this installation sound, and what is there to do?"""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.findings import print_findings
from newscrawl.cli.options import data_option, project_option, project_settings, setting_option

if TYPE_CHECKING:
    from scrapy.settings import Settings


@click.command(name="doctor", short_help="Is everything sound, and what is there to do?")
@click.option("--thorough", is_flag=True, help="Compare the whole full-text index with the articles, too.")
@click.option("--mend", is_flag=True, help="Make the full-text index anew from the articles.")
@click.option(
    "--json", "as_json", is_flag=True, help="The findings as JSON: what, level (ok, advice, fault), said, then."
)
@data_option
@project_option
@setting_option
def command(
    thorough: bool, mend: bool, as_json: bool, data: Path | None, project: Path | None, overrides: tuple[str, ...]
) -> None:
    """Check the installation and its data folder: Python, SQLite, time zones, settings, site files, disk, lock, database, archive.

    Each finding is one line, with what to do about it. Exit code 1 when there is a fault.

    \b
    newscrawl doctor
    newscrawl doctor --data /srv/news --thorough
    """
    from newscrawl.cli.doctor_installation import installation_findings

    settings = project_settings(project, data, overrides)
    if mend:
        _mend(settings)
    sys.exit(1 if print_findings(installation_findings(settings, thorough=thorough or mend), as_json=as_json) else 0)


def _mend(settings: "Settings") -> None:
    from newscrawl.crawl.project import data_folder
    from newscrawl.store.database import open_database, open_readonly
    from newscrawl.store.soundness import rebuild_search_index

    path = data_folder(settings) / "newscrawl.db"
    open_readonly(path).close()  # a mistyped folder must not become a new database
    with closing(open_database(path)) as connection:
        rebuild_search_index(connection, path)
