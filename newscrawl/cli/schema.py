"""`newscrawl schema`: the tables and views of the database, column by column, for people who have never seen it."""

import click

from newscrawl.cli.show import json_text


@click.command(name="schema", short_help="The tables of the database, explained.")
@click.argument("names", metavar="[TABLE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def command(names: tuple[str, ...], as_json: bool) -> None:
    """Print every table and view that this version writes: columns, types, units, meanings, and the names that schema.org
    has for them. Needs no database.

    \b
    newscrawl schema
    newscrawl schema articles edits
    newscrawl schema --json
    """
    from newscrawl.store.schema import schema_record

    record = schema_record()
    known = [table["name"] for table in record["tables"]]
    strange = next((name for name in names if name not in known), None)
    if strange is not None:
        raise click.UsageError(f"there is no table {strange!r}; there are {', '.join(known)}")
    record["tables"] = [table for table in record["tables"] if not names or table["name"] in names]
    if as_json:
        click.echo(json_text(record, indent=2))
        return
    for table in record["tables"]:
        click.echo(f"{table['name']} ({table['kind']}): {table['meaning']}")
        for column in table["columns"]:
            click.echo(_line(column))
        click.echo()


def _line(column: dict[str, str | None]) -> str:
    told = [column["meaning"] or ""]
    told += [f"[{column['unit']}]"] if column["unit"] else []
    told += [f"-> {column['refers_to']}"] if column["refers_to"] else []
    told += [f"schema.org: {column['schema_org']}"] if column["schema_org"] else []
    return f"  {column['name']:<20} {column['type']:<8} {'  '.join(told)}"
