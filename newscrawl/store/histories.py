"""Pages of an article that were fetched before what is known of it -> its versions, told anew from the first page on."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.store.changes import article_columns, changed_fields, next_columns
from newscrawl.store.columns import instant, instant_of, require_transaction
from newscrawl.store.near import scheme_of, store_bands
from newscrawl.store.rereadings import PageRead
from newscrawl.store.versions import VersionKind, next_seq, store_version


@dataclass(frozen=True, slots=True)
class Sight:
    """One page of the article: when it was fetched, its capture, and what is read in it."""

    at: datetime
    capture_id: int | None
    read: PageRead


def can_be_told(connection: sqlite3.Connection, article_id: int) -> bool:
    """Whether the page of each version is still archived: what was pruned cannot be told anew, and must not be lost."""
    question = (
        """SELECT 1 FROM article_versions WHERE article_id = ? AND changed <> '["status"]' AND capture_id IS NULL"""
    )
    return connection.execute(question, (article_id,)).fetchone() is None


def retell(connection: sqlite3.Connection, row: dict[str, Any], sights: Sequence[Sight], extractor: str) -> int:
    """Tell the article's versions anew from all its pages in order of time; how many versions of content that makes.

    Changes of status stay where they were in time. Each version gets a new number of `changed_seq`: whoever follows the
    numbers is told the history that he did not know.
    """
    require_transaction(connection)
    statuses = connection.execute(
        """SELECT seen_at FROM article_versions WHERE article_id = ? AND changed = '["status"]' ORDER BY id""",
        (row["id"],),
    ).fetchall()
    connection.execute("DELETE FROM article_versions WHERE article_id = ?", (row["id"],))
    waiting = [instant_of(status["seen_at"]) for status in statuses]
    columns: dict[str, Any] | None = None
    told = 0
    for sight in sorted(sights, key=lambda sight: sight.at):
        while columns is not None and waiting and waiting[0] <= sight.at:
            _tell_status(connection, row["id"], columns, waiting.pop(0))
        before, columns = columns, _grown(columns, sight, extractor)
        if columns is before:
            continue
        changed = () if before is None else changed_fields(before, sight.read.article, sight.read.text_hash)
        columns["changed_seq"] = next_seq(connection)
        announced = None if before is None else _is_later(columns["modified"], before["modified"])
        kind: VersionKind = "first" if before is None else "edit"
        store_version(connection, row["id"], columns, kind=kind, changed=changed, announced=announced)
        told += 1
    assert columns is not None
    for at in waiting:
        _tell_status(connection, row["id"], columns, at)
    _update(connection, row, columns, min(sight.at for sight in sights))
    return told


def _grown(columns: dict[str, Any] | None, sight: Sight, extractor: str) -> dict[str, Any]:
    read = sight.read
    origin = {
        "text_hash": read.text_hash,
        "near_signature": read.near_signature,
        "extractor": extractor,
        "capture_id": sight.capture_id,
        "updated_at": instant(sight.at),
    }
    if columns is None:
        return {**article_columns(read.article), **origin}
    changed = changed_fields(columns, read.article, read.text_hash)
    return {**next_columns(columns, read.article, changed), **origin} if changed else columns


def _tell_status(connection: sqlite3.Connection, article_id: int, columns: dict[str, Any], at: datetime) -> None:
    columns |= {"updated_at": instant(at), "changed_seq": next_seq(connection)}
    store_version(connection, article_id, columns, kind="edit", changed=("status",))


def _update(connection: sqlite3.Connection, row: dict[str, Any], columns: dict[str, Any], first_at: datetime) -> None:
    kept = {**columns, "url": row["url"], "near_scheme": scheme_of(columns["near_signature"])}
    kept["first_seen_at"] = min(row["first_seen_at"], instant(first_at))
    settings = ", ".join(f"{name} = :{name}" for name in kept)
    connection.execute(f"UPDATE articles SET {settings} WHERE id = :id", {**kept, "id": row["id"]})  # noqa: S608  # ours
    if columns["text"] != row["text"]:
        store_bands(connection, row["id"], columns["near_signature"])


def _is_later(after: str | None, before: str | None) -> bool:
    return after is not None and (before is None or instant_of(after) > instant_of(before))
