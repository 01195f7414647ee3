"""`newscrawl backup FILE`: a copy of the database, also while a crawl writes to it."""

from pathlib import Path

import click

from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.show import plain


@click.command(name="backup", short_help="Copy the database into one file, also while a crawl runs.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE when it exists.")
@data_option
@project_option
def command(file: Path, force: bool, data: Path | None, project: Path | None) -> None:
    """Copy the database as it is at this moment into FILE: checked, synced, and complete without any file beside it.

    The archive is no part of it. Its files never change once they are closed, so that rsync or cp copies them. To restore,
    put FILE into a data folder under the name newscrawl.db while no run is under way.

    \b
    newscrawl backup /mnt/backup/news-$(date +%F).db
    newscrawl backup --data /srv/news copy.db && rsync -a /srv/news/archive /mnt/backup/
    """
    from newscrawl.store.backup import back_up

    path = database_path(project, data)
    size = back_up(path, file, overwrite=force)
    click.echo(f"{plain(path)} -> {plain(file)}: {size:,} bytes")
