"""`newscrawl rebuild`: a database that was lost is made again from the archive."""

import asyncio
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.options import data_option, project_option, project_settings
from newscrawl.cli.show import plain

if TYPE_CHECKING:
    from newscrawl.crawl.rebuilding import Rebuilt

BUILDING_SUFFIX = ".rebuilding"
LOST_TOLD = 10


@click.command(name="rebuild", short_help="Make a lost database again, from the archive.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Reading processes. [default: one for each processor]")
@data_option
@project_option
def command(jobs: int | None, data: Path | None, project: Path | None) -> None:
    """Read every page of the archive again, in the order in which they were fetched, into a new newscrawl.db.

    What is there again: articles with their versions, copies and withdrawals, captures, and of each address the fate that its
    archived pages tell. What is not: addresses that were never fetched (the next crawl's lists bring them back), answers without
    a page (304, 404), and the history of runs. Pages are read by today's code and today's site files.

    A database that is there is never touched: move it aside first. Exit code 75 while a run is under way, 1 when a page could
    not be read back.

    \b
    mv data/newscrawl.db damaged.db; rm -f data/newscrawl.db-*
    newscrawl rebuild
    """
    from newscrawl.crawl.locks import run_lock
    from newscrawl.crawl.project import data_folder
    from newscrawl.store.errors import StoreError

    settings = project_settings(project, data)
    folder = data_folder(settings)
    path, archive = folder / "newscrawl.db", folder / "archive"
    with run_lock(folder):
        # A log that is left would be read into the new file, and damage it.
        for left in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            if left.exists():
                raise StoreError(f"{left}: is there; move it (the database with its -wal and -shm) aside, then rebuild")
        if not archive.is_dir() or not any(archive.glob("*.warc.gz*")):
            raise StoreError(f"{archive}: holds no archive that a database could be made from")
        building = path.with_name(path.name + BUILDING_SUFFIX)
        for leftover in building.parent.glob(f"{building.name}*"):  # of a rebuild that was killed
            leftover.unlink()
        result = asyncio.run(_rebuilt(building, archive, jobs or min(os.cpu_count() or 1, 4), project))
        building.rename(path)
    _told(result, path)


async def _rebuilt(path: Path, archive: Path, jobs: int, project: Path | None) -> "Rebuilt":
    from newscrawl.crawl.project import SiteLoader, enter_project
    from newscrawl.crawl.reading_pool import ReadingPool
    from newscrawl.crawl.rebuilding import Rebuilding
    from newscrawl.store.database import checkpoint, open_database

    loader = SiteLoader.from_settings(enter_project(project))
    pool = ReadingPool(jobs)
    try:
        await asyncio.to_thread(pool.warm)
        with closing(open_database(path)) as connection:
            result = await Rebuilding(connection, path, archive, pool, loader.site_at).run()
            checkpoint(connection)
    finally:
        pool.close()
    return result


def _told(result: "Rebuilt", path: Path) -> None:
    click.echo(f"{plain(path)}: {result.captures:,} archived pages read again")
    for fate, count in sorted(result.fates.items(), key=lambda counted: -counted[1]):
        click.echo(f"  {count:>9,} {fate}")
    for line in result.lost[:LOST_TOLD]:
        click.echo(f"newscrawl: not read: {plain(line)}", err=True)
    if len(result.lost) > LOST_TOLD:
        click.echo(f"newscrawl: and {len(result.lost) - LOST_TOLD:,} more", err=True)
    if result.lost:
        raise SystemExit(1)
