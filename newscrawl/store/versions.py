"""A change of an article -> its number in the order of all changes, and its row in article_versions.

Every change has a row there, a withdrawal and a return too: who follows `changed_seq` in that table sees each exactly once.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from newscrawl.store.columns import instant, to_json

VersionKind = Literal["first", "edit", "re-read"]


def next_seq(connection: sqlite3.Connection) -> int:
    """The next number; given out once, in the order of commits, since there is one writer."""
    # A counter of its own: max(changed_seq) + 1 would give the number of a forgotten article a second time.
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'changed_seq'")
    return int(connection.execute("SELECT value FROM counters WHERE name = 'changed_seq'").fetchone()[0])


def store_version(
    connection: sqlite3.Connection,
    article_id: int,
    columns: Mapping[str, Any],
    *,
    kind: VersionKind,
    changed: tuple[str, ...] = (),
    announced: bool | None = None,
) -> None:
    """Keep the article as it is from now on. columns: those of its row in table articles."""
    connection.execute(
        "INSERT INTO article_versions (article_id, kind, changed, announced, seen_at, title, text, published, authors,"
        " modified, text_hash, extractor, capture_id, changed_seq) VALUES (:article_id, :kind, :changed, :announced,"
        " :updated_at, :title, :text, :published, :authors, :modified, :text_hash, :extractor, :capture_id, :changed_seq)",
        {**columns, "article_id": article_id, "kind": kind, "changed": to_json(changed), "announced": announced},
    )


def note_seen(connection: sqlite3.Connection, article_id: int, at: datetime) -> None:
    """The article stood there: whatever looks were in vain before do not count any more, and one that was gone is back."""
    row = connection.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    mark_live(connection, article_id, at)
    if row["status"] == "gone":
        _set_status(connection, dict(row), at)


def mark_live(connection: sqlite3.Connection, article_id: int, at: datetime) -> None:
    """The columns of an article that was found where it is; the caller notes the change where it was gone."""
    # max: a clock that was set back must not make an article older than it is.
    connection.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?), status = 'live', gone_at = NULL, missing_since = NULL,"
        " misses = 0 WHERE id = ?",
        (instant(at), article_id),
    )


def mark_gone(connection: sqlite3.Connection, article_id: int, at: datetime) -> None:
    """The article is gone since it was first missing; `at`: when that was decided."""
    connection.execute("UPDATE articles SET status = 'gone', gone_at = missing_since WHERE id = ?", (article_id,))
    row = connection.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    _set_status(connection, dict(row), at)


def _set_status(connection: sqlite3.Connection, row: dict[str, Any], at: datetime) -> None:
    row |= {"updated_at": instant(at), "changed_seq": next_seq(connection)}
    connection.execute("UPDATE articles SET updated_at = :updated_at, changed_seq = :changed_seq WHERE id = :id", row)
    store_version(connection, row["id"], row, kind="edit", changed=("status",))
