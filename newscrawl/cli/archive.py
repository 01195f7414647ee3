"""`newscrawl archive verify | import`: is the archive whole, and WARC files of other programs taken in."""

import asyncio
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.options import data_option, database_path, project_option, project_settings
from newscrawl.cli.show import plain

if TYPE_CHECKING:
    from newscrawl.crawl.importing import Imported

FAULTS_TOLD = 50


@click.group(name="archive", short_help="Check the archive; take in WARC files of others.")
def command() -> None:
    """The WARC files under archive/ of the data folder. Any WARC tool reads them: `warcio check FILE`, pywb, ReplayWeb.page.

    \b
    newscrawl archive verify
    newscrawl archive import CC-NEWS-20240502000000-00001.warc.gz
    """


@command.command(name="verify")
@data_option
@project_option
def verify(data: Path | None, project: Path | None) -> None:
    """Read every record of every file: checksums, digests of the bodies, and whether the database knows each capture and no other.

    Files that a run is writing are left out. Without a database the files alone are looked at. Exit code 1 when something is
    wrong; each line says what, and in which file.

    \b
    newscrawl archive verify --data /srv/news
    """
    from newscrawl.store.database import open_readonly
    from newscrawl.store.errors import StoreError
    from newscrawl.store.verifying import Verified, verify_archive

    path = database_path(project, data)
    folder = path.parent / "archive"
    if not folder.is_dir():
        raise StoreError(f"{folder}: there is no archive yet")
    connection = open_readonly(path) if path.exists() else None
    if connection is None:
        click.echo(f"newscrawl: {plain(path)}: there is no database; the files alone are looked at", err=True)
    told, faults = Verified(), 0
    try:
        for fault in verify_archive(connection, folder, told):
            faults += 1
            if faults <= FAULTS_TOLD:
                click.echo(plain(fault, longest=1000), err=True)
    finally:
        if connection is not None:
            connection.close()
    more = f", of which {faults - FAULTS_TOLD} are not shown" if faults > FAULTS_TOLD else ""
    what = f"{faults} faults{more}" if faults else "all sound"
    click.echo(f"{told.files:,} files, {told.captures:,} captures, {told.notes:,} notes, {told.bytes:,} bytes: {what}")
    raise SystemExit(1 if faults else 0)


@command.command(name="import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Reading processes. [default: one for each processor]")
@data_option
@project_option
def take_in(files: tuple[Path, ...], jobs: int | None, data: Path | None, project: Path | None) -> None:
    """Take in the pages of WARC files that other programs wrote (Common Crawl's news files, Browsertrix, wget), as history.

    Pages of hosts that a site's file claims are copied into our archive, read, and stored as if they had been fetched at their
    WARC-Date. An article that is known gets what is older as earlier versions: its versions are told anew in order of time. What was
    taken in before is left out, so that a call may be repeated. Exit code 75 while a run is under way, 1 when a file is broken.

    \b
    newscrawl archive import CC-NEWS-20240502000000-00001.warc.gz
    """
    from newscrawl.crawl.locks import run_lock
    from newscrawl.crawl.project import data_folder

    folder = data_folder(project_settings(project, data))
    with run_lock(folder):
        result = asyncio.run(_imported(folder, files, jobs or min(os.cpu_count() or 1, 4), project))
    _told(result)


async def _imported(folder: Path, files: tuple[Path, ...], jobs: int, project: Path | None) -> "Imported":
    from newscrawl import __version__
    from newscrawl.crawl.importing import Importing
    from newscrawl.crawl.project import SiteLoader, enter_project
    from newscrawl.crawl.reading_pool import ReadingPool
    from newscrawl.store.archive import ArchiveWriter, index_capture, recover
    from newscrawl.store.captures import committed_offsets
    from newscrawl.store.database import checkpoint, open_database, write_transaction

    loader, pool, path = SiteLoader.from_settings(enter_project(project)), ReadingPool(jobs), folder / "newscrawl.db"
    try:
        await asyncio.to_thread(pool.warm)
        with closing(open_database(path)) as connection:
            left = recover(folder / "archive", committed_offsets(connection)) if (folder / "archive").is_dir() else []
            with write_transaction(connection, path):
                for ref in left:
                    index_capture(connection, ref, None)
            archive = ArchiveWriter(folder / "archive", f"newscrawl/{__version__}", datetime.now(UTC))
            importing = Importing(connection, path, archive, pool, loader.site_at, datetime.now(UTC))
            indexed = False
            try:
                for file in files:
                    await importing.take_in(file)
                indexed = True
            finally:
                # After an error some captures may be in no table: the file stays open, and the next start looks into it.
                archive.close(indexed=indexed)
            checkpoint(connection)
    finally:
        pool.close()
    return importing.result


def _told(result: "Imported") -> None:
    click.echo(f"{result.pages:,} pages taken in, {result.histories:,} of them older than what was known")
    for fate, count in sorted(result.fates.items(), key=lambda counted: -counted[1]):
        click.echo(f"  {count:>9,} {fate}")
    for reason, count in sorted(result.skipped.reasons.items(), key=lambda counted: -counted[1]):
        click.echo(f"  {count:>9,} left out: {plain(reason)}")
    for line in result.problems:
        click.echo(f"newscrawl: {plain(line)}", err=True)
    if result.problems:
        raise SystemExit(1)
