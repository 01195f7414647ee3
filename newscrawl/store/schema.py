"""An open database -> its tables and columns, each with the meaning that the comments inside CREATE TABLE give it."""

import re
import sqlite3
from dataclasses import dataclass

_COLUMN = re.compile(r"  ([a-z_]+) ([A-Z]+)\b")  # a column is a line of its own; keys and checks begin with a capital
# A column that a migration has added stands behind them all: `, forgotten_at TEXT /* its meaning */`. A comment of the other
# kind would swallow the bracket that SQLite writes behind it.
_ADDED = re.compile(r", ([a-z_]+ [A-Z][^/]*?) /\* ([^*]+) \*/")
_REFERENCE = re.compile(r"REFERENCES (\w+)\((\w+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. refers_to: `table.column` that it is a foreign key to; required: it is never NULL."""

    name: str
    type: str
    meaning: str
    refers_to: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def described_tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """The tables in the order in which they were made; the full-text index and what SQLite keeps for itself left out."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%sqlite%' AND name NOT LIKE 'articles_fts%' ORDER BY rowid"
    )
    return tuple(_described(name, sql) for name, sql in rows)


def _described(name: str, sql: str) -> Table:
    first, *lines = sql.splitlines()
    lines += [f"  {definition} -- {meaning}" for definition, meaning in _ADDED.findall(lines[-1] if lines else "")]
    columns = tuple(column for column in map(_column, lines) if column)
    return Table(name=name, meaning=first.partition("-- ")[2], columns=columns)


def _column(line: str) -> Column | None:
    definition, _, meaning = line.partition("-- ")
    found = _COLUMN.match(definition)
    if found is None:
        return None
    reference = _REFERENCE.search(definition)
    return Column(
        name=found[1],
        type=found[2],
        meaning=meaning,
        refers_to=".".join(reference.groups()) if reference else None,
        required="NOT NULL" in definition or "PRIMARY KEY" in definition,
    )
