"""Rows of articles and article_versions -> JSON-ready records."""

import json
import sqlite3
from dataclasses import fields
from typing import Any

from newscrawl.article import Article
from newscrawl.store.addresses import find_address
from newscrawl.store.columns import storable

_FIELDS = tuple(field.name for field in fields(Article))
_LISTS = ("authors", "tags", "alternates")
_TRUTHS = ("free", "published_conflict")


def find_article(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    """The row of the article with that address, its own or another one that leads to it."""
    row: sqlite3.Row | None = connection.execute("SELECT * FROM articles WHERE url = ?", (storable(url),)).fetchone()
    if row is None and (address := find_address(connection, url)):
        row = connection.execute("SELECT * FROM articles WHERE id = ?", (address["article_id"],)).fetchone()
    return row


def article_record(connection: sqlite3.Connection, url: str) -> dict[str, Any] | None:
    """The stored article as JSON-ready values, its Article fields first; found by any of its addresses."""
    row = find_article(connection, url)
    return _record(row) if row else None


def recent(connection: sqlite3.Connection, limit: int) -> list[dict[str, Any]]:
    """The articles that were stored or changed last, the latest first."""
    rows = connection.execute("SELECT * FROM articles ORDER BY changed_seq DESC LIMIT ?", (limit,))
    return [_record(row) for row in rows]


def find_by_text_hash(connection: sqlite3.Connection, text_hash: str) -> str | None:
    """The address of the first article with that text, itself no copy."""
    row = connection.execute(
        "SELECT url FROM articles WHERE text_hash = ? AND copy_of IS NULL ORDER BY id LIMIT 1", (text_hash,)
    ).fetchone()
    return row["url"] if row else None


def version_records(connection: sqlite3.Connection, article_id: int) -> tuple[dict[str, Any], ...]:
    """All texts of the article that were seen, oldest first."""
    rows = connection.execute("SELECT * FROM article_versions WHERE article_id = ? ORDER BY id", (article_id,))
    return tuple(
        {**dict(row), "authors": json.loads(row["authors"]), "changed": json.loads(row["changed"])} for row in rows
    )


def _record(row: sqlite3.Row) -> dict[str, Any]:
    record = {name: row[name] for name in (*_FIELDS, *row.keys()) if name != "near_signature"}
    record |= {name: json.loads(record[name]) for name in _LISTS}
    return record | {name: None if record[name] is None else bool(record[name]) for name in _TRUTHS}
