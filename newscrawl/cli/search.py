"""`newscrawl search WORDS`: stored articles that hold these words, in whatever case or spelling."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import data_option, project_option, reading_database
from newscrawl.cli.selection import Selection, selection_options
from newscrawl.cli.show import json_text, plain

MOST_SHOWN = 20


@click.command(name="search", short_help="Articles that hold these words.")
@click.argument("words", nargs=-1, required=True)
@selection_options
@click.option(
    "--limit", type=click.IntRange(1), default=MOST_SHOWN, show_default=True, help="How many, the best first."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article, for programs.")
@data_option
@project_option
def command(
    words: tuple[str, ...],
    site: str | None,
    language: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    as_json: bool,
    data: Path | None,
    project: Path | None,
) -> None:
    """Find the stored articles whose title and text hold all the words. Case endings and spellings are looked through:
    Токаев finds Токаева, еще finds ещё, кітап finds кітабы. Words in quotation marks stand together as they are.

    Exit code 1 when nothing is found.

    \b
    newscrawl search Токаев Астана
    newscrawl search '"новый мост"' --site tengrinews_kz --since 2024-05-01
    newscrawl search көпір --language kk --json
    """
    from newscrawl.store.search import search

    chosen = Selection.of(site, language, since, until)
    with reading_database(project, data) as connection:
        chosen.check(connection)
        found = search(connection, " ".join(words), limit, **chosen.filters)
    if not found:
        click.echo("newscrawl: nothing was found", err=True)
        sys.exit(1)
    for row in found:
        if as_json:
            click.echo(json_text(dict(row)))
            continue
        for line in _told(row):
            click.echo(line)


def _told(row: Any) -> tuple[str, ...]:
    when = (row["published"] or "no date").replace("T", " ")[:16]
    gone = ", withdrawn" if row["status"] == "gone" else ""
    return (
        f"{when:<16}  {plain(row['title']) or '(no title)'}",
        f"    {plain(row['site'])}, {row['language'] or 'no language'}{gone}  {plain(row['url'])}",
        f"    {' '.join(plain(row['snippet']).split())}",
        "",
    )
