"""A stored article and what today's code reads in the pages that it came from -> what differs, and the row and version that follow.

An article's row grew page by page: the first reading, and what each changed page said more. It is grown again the same way from
the same pages, so that what no page says any more goes, and what only the first one said stays.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from newscrawl.article import Article
from newscrawl.store.captures import StoredCapture, find_capture
from newscrawl.store.changes import article_columns, changed_fields, next_columns
from newscrawl.store.columns import instant, require_transaction
from newscrawl.store.near import scheme_of, store_bands
from newscrawl.store.records import selection_sql
from newscrawl.store.versions import next_seq, store_version

ARTICLES_AT_A_TIME = 500
# Columns that describe one fact are told by the first of their names.
_TOLD_AS = dict.fromkeys(
    ("published_day", "published_source", "published_precision", "published_raw", "published_conflict"), "published"
) | dict.fromkeys(("script", "language_confidence"), "language")


@dataclass(frozen=True, slots=True)
class PageRead:
    """What today's code reads in one page."""

    article: Article
    text_hash: str
    near_signature: bytes | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row would become: column -> (stored, read today), and the text's hash and signature as read today."""

    columns: Mapping[str, tuple[Any, Any]]
    text_hash: str
    near_signature: bytes | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The facts that differ, by name."""
        return tuple(dict.fromkeys(_TOLD_AS.get(name, name) for name in self.columns))


def articles_with_captures(
    connection: sqlite3.Connection,
    *,
    site: str | None = None,
    language: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[tuple[dict[str, Any], tuple[StoredCapture, ...]]]:
    """The chosen articles' rows, each with the archived pages that its versions came from, oldest first; a few at a time, so that
    what is written in between disturbs nothing."""
    condition, values = selection_sql(site, language, since, until)
    last = 0
    while True:
        rows = connection.execute(
            f"SELECT * FROM articles AS a WHERE a.id > :last{condition} ORDER BY a.id LIMIT :limit",  # noqa: S608  # ours
            {**values, "last": last, "limit": ARTICLES_AT_A_TIME},
        ).fetchall()
        for row in rows:
            yield dict(row), captures_of(connection, row["id"])
        if len(rows) < ARTICLES_AT_A_TIME:
            return
        last = rows[-1]["id"]


def captures_of(connection: sqlite3.Connection, article_id: int) -> tuple[StoredCapture, ...]:
    """The archived pages that an article's versions came from, oldest first."""
    rows = connection.execute(
        "SELECT capture_id FROM article_versions WHERE article_id = ? AND capture_id IS NOT NULL"
        " GROUP BY capture_id ORDER BY min(id)",
        (article_id,),
    ).fetchall()
    found = (find_capture(connection, row["capture_id"]) for row in rows)
    return tuple(capture for capture in found if capture is not None)


def difference(row: Mapping[str, Any], pages: Sequence[PageRead]) -> Difference:
    """What the stored row says, beside what it would say had today's code read its pages. `pages`: one at least, oldest first."""
    first, *later = pages
    grown = {**article_columns(first.article), "text_hash": first.text_hash}
    text_hash, signature = first.text_hash, first.near_signature
    for page in later:
        changed = changed_fields(grown, page.article, page.text_hash)
        if changed:
            grown = {**next_columns(grown, page.article, changed), "text_hash": page.text_hash}
            text_hash, signature = page.text_hash, page.near_signature
    columns = {n: (row[n], v) for n, v in grown.items() if n not in {"url", "text_hash"} and row[n] != v}
    return Difference(columns, text_hash, signature)


def store_rereading(
    connection: sqlite3.Connection, row: Mapping[str, Any], found: Difference, extractor: str, at: datetime
) -> bool:
    """Write what differs, as a version of kind "re-read"; False when a crawl has changed the article since `row` was read.

    Where nothing differs only the name of the code that read it is written, which is no change of the article.
    """
    require_transaction(connection)
    now = connection.execute("SELECT changed_seq FROM articles WHERE id = ?", (row["id"],)).fetchone()
    if now is None or now["changed_seq"] != row["changed_seq"]:
        return False
    columns: dict[str, Any] = {
        **{name: after for name, (_, after) in found.columns.items()},
        "extractor": extractor,
        "text_hash": found.text_hash,
        "near_signature": found.near_signature,
        "near_scheme": scheme_of(found.near_signature),
    }
    if found.columns:
        columns |= {"updated_at": instant(at), "changed_seq": next_seq(connection)}
    settings = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(f"UPDATE articles SET {settings} WHERE id = :id", {**columns, "id": row["id"]})  # noqa: S608  # ours
    if "text" in found.columns:
        store_bands(connection, row["id"], found.near_signature)
    if found.columns:
        store_version(connection, row["id"], {**row, **columns}, kind="re-read", changed=found.changed)
    return True
