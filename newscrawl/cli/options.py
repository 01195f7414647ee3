"""Options that several commands take, each written once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # a command that only reads the database starts without Scrapy
    from scrapy.settings import Settings

data_option = click.option(
    "--data",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of newscrawl.db, archive/ and logs/. [default: $NEWSCRAWL_DATA, else data/ of the project]",
)
project_option = click.option(
    "--project",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The checkout with scrapy.cfg and spiders/. [default: found from here upwards, else where newscrawl is installed from]",
)
setting_option = click.option(
    "-s", "--set", "overrides", metavar="NAME=VALUE", multiple=True, help="Override a Scrapy setting (may be repeated)."
)


def project_settings(project: Path | None, data: Path | None, overrides: tuple[str, ...] = ()) -> "Settings":
    """The project's settings with what the command line says on top."""
    from newscrawl.crawl.project import enter_project, find_project

    if project is not None and not project.resolve().is_relative_to(find_project(project)):
        raise click.BadParameter(
            f"{project} is no newscrawl project: it holds no scrapy.cfg of newscrawl", param_hint="--project"
        )
    settings = enter_project(project)
    for override in overrides:
        name, equals, value = override.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(f"{override!r} is not of the form NAME=VALUE", param_hint="-s")
        settings.set(name.strip(), value, priority="cmdline")
    if data is not None:
        settings.set("NEWSCRAWL_DATA", str(data), priority="cmdline")
    return settings


@contextmanager
def reading_database(project: Path | None, data: Path | None) -> Iterator[sqlite3.Connection]:
    """The database, open for reading; needs no project when its folder is named. Raises `StoreError`, also for a damaged page."""
    from newscrawl.store.database import open_readonly
    from newscrawl.store.errors import store_errors

    path = database_path(project, data)
    connection = open_readonly(path)
    try:
        with store_errors(path):
            yield connection
    finally:
        connection.close()


def database_path(project: Path | None, data: Path | None) -> Path:
    """The database that a reading command opens: needs no project when its folder is named."""
    chosen = data or (Path(os.environ["NEWSCRAWL_DATA"]) if os.environ.get("NEWSCRAWL_DATA") else None)
    if chosen is not None:
        return chosen.expanduser() / "newscrawl.db"
    from newscrawl.crawl.project import data_folder

    return data_folder(project_settings(project, None)) / "newscrawl.db"
