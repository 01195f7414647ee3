"""An open database -> its tables and views, each column with the meaning that the comments of its SQL give it.

A comment stands behind its column in CREATE TABLE and CREATE VIEW; a column that a later version added carries it as
`/* ... */`, since SQLite writes an added column behind the last one, in front of that one's own comment or of the closing bracket.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from newscrawl.store.migrations import apply_migrations

_COLUMN = re.compile(r"  ([a-z_]+) ([A-Z]+)\b")  # a column is a line of its own; keys and checks begin with a capital
_ADDED = re.compile(r", ([a-z_]+) ([A-Z]+)\b([^/]*)/\* ([^*]*) \*/")  # each part ends at the next one's first character
_SHOWN = re.compile(r"  \S.* AS ([a-z_]+),?  -- (.+)")  # one line of a view; the line itself is the bound
_REFERENCE = re.compile(r"REFERENCES (\w+)\((\w+)\)")

# What a value counts or how it is written, by the column's name; the first that fits counts.
_UNITS = (
    (re.compile(r"(.*_)?(at|until|since)|published|modified|published_before|newest|oldest"), "instant, UTC"),
    (re.compile(r"(.*_)?(on|day)"), "day"),
    (re.compile(r"(.*_)?s|seconds"), "seconds"),
    (re.compile(r"(.*_)?bytes|offset|length"), "bytes"),
    (re.compile(r"letters.*"), "characters"),
    (re.compile(r"languages?|language_before"), "ISO 639-1"),
    (re.compile(r"script"), "ISO 15924"),
)
# schema.org's names of what a NewsArticle, and the WebSite it is part of, hold.
_SCHEMA_ORG = {
    "articles": {
        "url": "url", "site": "publisher", "title": "headline", "text": "articleBody", "lead": "abstract",
        "section": "articleSection", "image": "image", "canonical_url": "mainEntityOfPage", "authors": "author",
        "agency": "sourceOrganization", "tags": "keywords", "free": "isAccessibleForFree", "alternates": "workTranslation",
        "published": "datePublished", "modified": "dateModified", "language": "inLanguage", "copy_of": "isBasedOn",
    },
    "article_versions": {
        "title": "headline", "text": "articleBody", "authors": "author", "published": "datePublished", "modified": "dateModified",
    },
    "sites": {"name": "alternateName", "home": "url", "languages": "inLanguage"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. refers_to: `table.column` that it is a foreign key to; required: it is never NULL; unit: what its numbers
    count or how its text is written; schema_org: the property that schema.org has for it."""

    name: str
    type: str
    meaning: str
    refers_to: str | None = None
    required: bool = False
    unit: str = ""
    schema_org: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table or a view with its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    kind: Literal["table", "view"] = "table"


def described_tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """The tables in the order in which they were made; the full-text index and what SQLite keeps for itself left out."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%sqlite%' AND name NOT LIKE 'articles_fts%' ORDER BY rowid"
    )
    return tuple(
        Table(name=name, meaning=_first_comment(sql), columns=tuple(_table_columns(name, sql))) for name, sql in rows
    )


def described_views(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """The views in the order in which they were made."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid").fetchall()
    return tuple(
        Table(name=name, meaning=_first_comment(sql), columns=_view_columns(connection, name, sql), kind="view")
        for name, sql in rows
    )


def described_schema(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """The tables and then the views of a database."""
    return (*described_tables(connection), *described_views(connection))


def todays_schema() -> tuple[Table, ...]:
    """The tables and then the views that a new database has."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        apply_migrations(connection)
        return described_schema(connection)


def _first_comment(sql: str) -> str:
    return sql.split("\n", 1)[0].partition("-- ")[2]


def _table_columns(table: str, sql: str) -> Iterator[Column]:
    for line in sql.splitlines()[1:]:
        definition, _, meaning = _ADDED.sub("", line).partition("-- ")
        if found := _COLUMN.match(definition):
            yield _column(table, found[1], found[2], definition, meaning)
    for name, kind, rest, meaning in _ADDED.findall(sql):
        yield _column(table, name, kind, rest, meaning)


def _column(table: str, name: str, kind: str, definition: str, meaning: str) -> Column:
    reference = _REFERENCE.search(definition)
    return Column(
        name=name,
        type=kind,
        meaning=meaning,
        refers_to=".".join(reference.groups()) if reference else None,
        required="NOT NULL" in definition or "PRIMARY KEY" in definition,
        unit=_unit(name, definition, meaning),
        schema_org=_SCHEMA_ORG.get(table, {}).get(name),
    )


def _view_columns(connection: sqlite3.Connection, name: str, sql: str) -> tuple[Column, ...]:
    # SQLite gives a column that is shown as it is its table's type, and one that is computed none: those are counts.
    types = {row[1]: row[2] or "INTEGER" for row in connection.execute(f"PRAGMA table_info({name})")}
    shown = [found.groups() for line in sql.splitlines() if (found := _SHOWN.match(line))]
    return tuple(
        Column(
            name=column,
            type=types[column],
            meaning=meaning,
            unit=_unit(column, "", meaning),
            schema_org=_SCHEMA_ORG["articles"].get(column),
        )
        for column, meaning in shown
    )


def _unit(name: str, definition: str, meaning: str) -> str:
    for form, unit in _UNITS:
        if form.fullmatch(name):
            return "JSON array" if "'[]'" in definition else unit
    if "'[]'" in definition or meaning.startswith("JSON array"):
        return "JSON array"
    if "'{}'" in definition or meaning.startswith("JSON"):
        return "JSON object"
    return "0 or 1" if re.match(r"[01]: ", meaning) else ""
