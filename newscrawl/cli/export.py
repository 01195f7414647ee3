"""`newscrawl export`: stored articles -> JSON Lines or CSV."""

import csv
import json
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click

from newscrawl.cli.options import data_option, project_option, reading_database
from newscrawl.cli.selection import Selection, selection_options
from newscrawl.cli.show import json_text, plain_text

# What a spreadsheet takes for the beginning of a formula; it would run `=HYPERLINK(...)` out of a headline.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@click.command(name="export", short_help="Stored articles as JSON Lines or CSV.")
@selection_options
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("--since-seq", metavar="N", type=click.IntRange(0), default=0, help="Only what has a higher changed_seq.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write there instead."
)
@data_option
@project_option
def command(
    site: str | None,
    language: str | None,
    since: datetime | None,
    until: datetime | None,
    form: str,
    since_seq: int,
    output: Path | None,
    data: Path | None,
    project: Path | None,
) -> None:
    """Write stored articles with all their fields, in the order of their last change, while a crawl may be writing.

    JSON Lines are exact: what could steer a terminal stands as an escape. In CSV, lists are JSON, such controls become spaces,
    and a text that a spreadsheet would take for a formula begins with an apostrophe.

    \b
    newscrawl export --site tengrinews_kz --since 2024-05-01 -o may.jsonl
    newscrawl export --format csv --language kk > kk.csv
    newscrawl export --since-seq 120000 >> news.jsonl
    """
    from newscrawl.store.records import selected_records

    chosen = Selection.of(site, language, since, until)
    to = output.open("w", encoding="utf-8", newline="") if output else nullcontext(sys.stdout)
    with reading_database(project, data) as connection, to as stream:
        chosen.check(connection)
        records = selected_records(connection, after_seq=since_seq, **chosen.filters)
        if form == "jsonl":
            for record in records:
                click.echo(json_text(record), file=stream)
        else:
            _write_csv(stream, records)


def _write_csv(stream: IO[str], records: Any) -> None:
    from newscrawl.store.records import RECORD_FIELDS

    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(RECORD_FIELDS)
    writer.writerows([_cell(record[name]) for name in RECORD_FIELDS] for record in records)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, str):
        return value
    text = plain_text(value)
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text
