"""`newscrawl status`: how each site is doing, from the database."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import data_option, project_option, reading_database
from newscrawl.cli.show import json_text
from newscrawl.cli.table import print_table

COLUMNS = ("site", "verdict", "visited", "stored", "updated", "articles", "queue", "problem")


@click.command(name="status", short_help="How each site is doing.")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@data_option
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site, for programs.")
def command(names: tuple[str, ...], data: Path | None, project: Path | None, as_json: bool) -> None:
    """Show each site's last visit: verdict, when, what was stored, how many articles there are, what waits in the queue.

    \b
    newscrawl status
    newscrawl status tengrinews_kz --json
    newscrawl status --data /srv/news
    """
    from newscrawl.store.runs import status_rows

    with reading_database(project, data) as connection:
        rows = [row for row in status_rows(connection) if not names or row["site"] in names]
    missing = sorted(set(names) - {row["site"] for row in rows})
    if missing:
        raise click.UsageError(f"{missing[0]!r} was never visited; `scrapy list` names the sites there are")
    if as_json:
        for row in rows:
            click.echo(json_text(_record(row)))
        return
    if not rows:
        click.echo("no site was visited yet")
        return
    print_table(COLUMNS, [_cells(row) for row in rows])


def _record(row: sqlite3.Row) -> dict[str, Any]:
    record = dict(row)
    record["counts"] = json.loads(record["counts"]) if record["counts"] else {}
    return record


def _cells(row: sqlite3.Row) -> tuple[Any, ...]:
    visited = (row["ended_at"] or "").replace("T", " ")[:16]
    return (
        row["site"],
        row["verdict"] or "never visited",
        visited,
        row["stored"],
        row["updated"],
        row["articles"],
        row["waiting"],
        row["problem"],
    )
