"""`newscrawl forget URL`: a page leaves the database and the archive, and its address is refused from then on."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.show import plain


@click.command(name="forget", short_help="Delete a page for ever, and refuse its address.")
@click.argument("url")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
@project_option
def command(url: str, yes: bool, data: Path | None, project: Path | None) -> None:
    """Delete what is kept of the page at URL: the article with all its versions, its place in the search index, its captures
    in the archive. Every address that leads to it is refused from then on: it is neither fetched nor stored again.

    What remains is the address itself, which must be known to be refused. Backups that were made before keep what they hold.
    An address that was never seen is refused all the same.

    Exit code 75 while its site is being crawled.

    \b
    newscrawl forget https://tengrinews.kz/news/some-article-123/
    newscrawl forget https://tengrinews.kz/news/some-article-123/ --yes --data /srv/news
    """
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{plain(url)} is no address: it begins with http:// or https://")
    from newscrawl.crawl.locks import site_lock
    from newscrawl.store.database import checkpoint, open_database, open_readonly, write_transaction
    from newscrawl.store.erasing import erase_captures
    from newscrawl.store.forgetting import delete_rows, refuse_for_ever, trace_of, wipe_free_pages

    path = database_path(project, data)
    open_readonly(path).close()  # a mistyped folder must not become a new database
    connection = open_database(path)
    try:
        with ExitStack() as locks:
            trace = trace_of(connection, url)
            if trace.site:
                locks.enter_context(site_lock(path.parent, trace.site))
                trace = trace_of(connection, url)  # a crawl that has just ended may have stored it
            _told(trace.urls, trace.article_id, len(trace.captures))
            if not yes and not click.confirm("Delete this for ever?"):
                sys.exit(1)
            now = datetime.now(UTC)
            with write_transaction(connection, path):
                refuse_for_ever(connection, trace, now)
            archive = path.parent / "archive"
            erased = erase_captures(archive, trace.captures, now)
            _note(archive, trace.urls, now)
            connection.execute("PRAGMA secure_delete=ON")
            with write_transaction(connection, path):
                delete_rows(connection, trace)
            wipe_free_pages(connection, path)
            gone = checkpoint(connection)
    finally:
        connection.close()
    if not gone:
        told = "a program is reading the database: the text leaves the file once that has ended and any command has written"
        click.echo(f"newscrawl: {told}", err=True)
    click.echo(f"forgotten: {erased:,} bytes of the archive blanked; the address is refused from now on")


def _note(archive: Path, urls: tuple[str, ...], now: datetime) -> None:
    """In a file of its own, which is never pruned: a database that is made from the archive must refuse the address, too."""
    from newscrawl import __version__
    from newscrawl.store.archive import ArchiveWriter
    from newscrawl.store.notes import Note

    writer = ArchiveWriter(archive, f"newscrawl/{__version__}", now)
    try:
        writer.note([Note("forgotten", url, now, {}) for url in urls])
    finally:
        writer.close()


def _told(urls: tuple[str, ...], article_id: int | None, captures: int) -> None:
    for url in urls:
        click.echo(plain(url))
    what = "an article with all its versions" if article_id is not None else "no article"
    click.echo(f"{what}, {captures} captures")
