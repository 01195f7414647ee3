"""Rows of articles and article_versions -> JSON-ready records."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from newscrawl.article import Article
from newscrawl.store.addresses import find_address
from newscrawl.store.columns import storable

_FIELDS = tuple(field.name for field in fields(Article))
_LISTS = ("authors", "tags", "alternates")
_TRUTHS = ("free", "published_conflict")
RECORD_FIELDS = (
    *_FIELDS, "site", "status", "first_seen_at", "last_seen_at", "gone_at", "copy_of", "text_hash", "extractor", "capture_id",
    "updated_at", "changed_seq", "id",
)  # fmt: skip
"""The fields of an exported record, an Article's own first."""


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


def selected_records(
    connection: sqlite3.Connection,
    *,
    site: str | None = None,
    language: str | None = None,
    since: date | None = None,
    until: date | None = None,
    after_seq: int = 0,
) -> Iterator[dict[str, Any]]:
    """The stored articles of that site, language and window of publication days, in the order of their last change: one
    snapshot, whatever is written meanwhile."""
    condition, values = selection_sql(site, language, since, until)
    rows = connection.execute(
        f"SELECT * FROM articles AS a WHERE a.changed_seq > :after{condition} ORDER BY a.changed_seq",  # noqa: S608  # ours
        {**values, "after": after_seq},
    )
    for row in rows:
        record = _record(row)
        yield {name: record[name] for name in RECORD_FIELDS}


def selection_sql(
    site: str | None, language: str | None, since: date | None, until: date | None
) -> tuple[str, dict[str, str]]:
    """The conditions on `articles AS a` that choose by site, language and publication day, and their values."""
    chosen = (
        ("site", "a.site = :site", site),
        ("language", "a.language = :language", language),
        ("since", "a.published_day >= :since", since.isoformat() if since else None),
        ("until", "a.published_day <= :until", until.isoformat() if until else None),
    )
    values = {name: value for name, _, value in chosen if value is not None}
    return "".join(f" AND {sql}" for name, sql, _ in chosen if name in values), values


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
