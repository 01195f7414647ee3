"""`newscrawl schema`: the tables and views of the database, column by column, for people who have never seen it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.options import data_option, reading_database
from newscrawl.cli.show import json_text

if TYPE_CHECKING:  # the commands' help starts without the store
    from newscrawl.store.schema import Column


@click.command(name="schema", short_help="The tables of the database, explained.")
@click.argument("names", metavar="[TABLE]...", nargs=-1)
@data_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def command(names: tuple[str, ...], data: Path | None, as_json: bool) -> None:
    """Print every table and view: columns, types, units, meanings, and the names that schema.org has for them. Without --data
    those that this version of newscrawl writes, with it those of the database there.

    \b
    newscrawl schema
    newscrawl schema articles edits
    newscrawl schema --json
    """
    from newscrawl.store.migrations import SCHEMA_VERSION
    from newscrawl.store.schema import described_schema, todays_schema

    if data is None:
        tables = todays_schema()
    else:
        with reading_database(None, data) as connection:
            tables = described_schema(connection)
    strange = next((name for name in names if name not in {table.name for table in tables}), None)
    if strange is not None:
        raise click.UsageError(f"there is no table {strange!r}; there are {', '.join(table.name for table in tables)}")
    chosen = [table for table in tables if not names or table.name in names]
    if as_json:
        click.echo(json_text({"version": SCHEMA_VERSION, "tables": [asdict(table) for table in chosen]}, indent=2))
        return
    for table in chosen:
        click.echo(f"{table.name} ({table.kind}): {table.meaning}")
        for column in table.columns:
            click.echo(_line(column))
        click.echo()


def _line(column: "Column") -> str:
    told = [column.meaning]
    told += [f"[{column.unit}]"] if column.unit else []
    told += [f"-> {column.refers_to}"] if column.refers_to else []
    told += [f"schema.org: {column.schema_org}"] if column.schema_org else []
    return f"  {column.name:<20} {column.type:<8} {'  '.join(told)}"
