"""`newscrawl status`: how each site is doing, from the database."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.table import print_table

COLUMNS = ("site", "verdict", "visited", "stored", "updated", "articles", "waiting", "problem")


@click.command(name="status")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@data_option
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site, for programs.")
def command(names: tuple[str, ...], data: Path | None, project: Path | None, as_json: bool) -> None:
    """Show each site's last visit: verdict, when, what was stored, how many articles there are, what waits in the queue.

    \b
    newscrawl status
    newscrawl status tengrinews_kz --json
    """
    from newscrawl.store.database import open_readonly
    from newscrawl.store.runs import status_rows

    connection = open_readonly(database_path(project, data))
    try:
        rows = [row for row in status_rows(connection) if not names or row["site"] in names]
    finally:
        connection.close()
    missing = sorted(set(names) - {row["site"] for row in rows})
    if missing:
        raise click.UsageError(f"{missing[0]!r} was never visited; `scrapy list` names the sites there are")
    if as_json:
        for row in rows:
            click.echo(json.dumps(_record(row), ensure_ascii=False))
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
