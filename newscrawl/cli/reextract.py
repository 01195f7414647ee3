"""`newscrawl reextract`: what today's code reads in archived pages, compared with what is stored, and written."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.options import data_option, project_option, project_settings
from newscrawl.cli.selection import Selection, selection_options
from newscrawl.cli.show import plain
from newscrawl.cli.word_diff import Piece, word_diff

if TYPE_CHECKING:
    from newscrawl.crawl.reextracting import Reread

AROUND = 60  # characters of what did not change, on each side of what did
LONGEST_SHOWN = 4000
PROBLEMS_TOLD = 10


@click.command(name="reextract", short_help="Read archived pages again with today's code.")
@selection_options
@click.option("-n", "--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--diff", "show", is_flag=True, help="Show field by field what changes.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Reading processes. [default: one for each processor]")
@data_option
@project_option
def command(
    site: str | None,
    language: str | None,
    since: datetime | None,
    until: datetime | None,
    dry_run: bool,
    show: bool,
    jobs: int | None,
    data: Path | None,
    project: Path | None,
) -> None:
    """Read the archived pages of stored articles again, by the layout of their day, and write what differs as versions of kind
    "re-read": they are our changes, not the site's. Nothing is fetched. What no longer reads as an article stays as it is.

    A second call finds nothing to change. Exit code 1 when a page could not be read back from the archive.

    \b
    newscrawl reextract --dry-run --diff --site tengrinews_kz --since 2024-05-01
    newscrawl reextract --jobs 4
    """
    from newscrawl.crawl.project import data_folder
    from newscrawl.store.database import open_readonly

    settings = project_settings(project, data)
    folder = data_folder(settings)
    selection = Selection.of(site, language, since, until)
    with closing(open_readonly(folder / "newscrawl.db")) as connection:
        selection.check(connection)
    run = _Run(folder, dry_run, show)
    asyncio.run(run.read(selection, jobs or min(os.cpu_count() or 1, 4), project))
    run.tell()


class _Run:
    """One call: what was found so far, and what is not written yet."""

    def __init__(self, folder: Path, dry_run: bool, show: bool) -> None:
        self._folder, self._dry_run, self._show = folder, dry_run, show
        self._fields: Counter[str] = Counter()
        self._problems: list[str] = []
        self._unlike, self._read, self._overtaken = 0, 0, 0

    async def read(self, selection: Selection, jobs: int, project: Path | None) -> None:
        """Read all that was chosen."""
        from newscrawl.crawl.project import SiteLoader, enter_project
        from newscrawl.crawl.reading_pool import ReadingPool
        from newscrawl.crawl.reextracting import reread_articles
        from newscrawl.store.database import open_database
        from newscrawl.store.rereadings import articles_with_captures

        loader, pool = SiteLoader.from_settings(enter_project(project)), ReadingPool(jobs)
        path = self._folder / "newscrawl.db"
        try:
            await asyncio.to_thread(pool.warm)
            with closing(open_database(path)) as connection:
                articles = articles_with_captures(connection, **selection.filters)
                async for reread in reread_articles(
                    articles, connection, self._folder / "archive", pool, loader.site_at
                ):
                    self._take(connection, path, reread)
        finally:
            pool.close()

    def _take(self, connection: Any, path: Path, reread: "Reread") -> None:
        from newscrawl.crawl.keeping import EXTRACTOR
        from newscrawl.store.database import write_transaction
        from newscrawl.store.rereadings import store_rereading

        row, found = reread.row, reread.found
        self._read += 1
        if found is None:
            self._problems.append(f"{row['url']}: {reread.problem}")
            return
        if found.columns:
            self._unlike += 1
            self._fields.update(found.changed)
            click.echo(f"{plain(row['url'])}  {', '.join(found.changed)}")
            for line in _shown(found.columns) if self._show else ():
                click.echo(line)
        if self._dry_run or (not found.columns and row["extractor"] == EXTRACTOR):
            return
        with write_transaction(connection, path):
            self._overtaken += not store_rereading(connection, row, found, EXTRACTOR, datetime.now(UTC))

    def tell(self) -> None:
        """The sum of it."""
        verb = "would change" if self._dry_run else "changed"
        click.echo(f"{self._read:,} articles read again, {self._unlike - self._overtaken:,} {verb}")
        for name, count in self._fields.most_common():
            click.echo(f"  {count:>9,} {name}")
        if self._overtaken:
            click.echo(f"{self._overtaken:,} were changed by a crawl meanwhile and left to the next call")
        for line in self._problems[:PROBLEMS_TOLD]:
            click.echo(f"newscrawl: stays as it is: {plain(line)}", err=True)
        if len(self._problems) > PROBLEMS_TOLD:
            click.echo(f"newscrawl: and {len(self._problems) - PROBLEMS_TOLD:,} more", err=True)
        if self._problems:
            raise SystemExit(1)


def _shown(columns: Any) -> Iterator[str]:
    for name, (before, after) in columns.items():
        pieces = word_diff(str(before or ""), str(after or ""))
        yield plain(f"    {name}: {''.join(map(_marked, pieces))}", longest=LONGEST_SHOWN)


def _marked(piece: Piece) -> str:
    if piece.kind == "removed":
        return f"[-{piece.text}-]"
    if piece.kind == "added":
        return f"{{+{piece.text}+}}"
    if len(piece.text) <= 2 * AROUND:
        return piece.text
    return f"{piece.text[:AROUND]} ... {piece.text[-AROUND:]}"
