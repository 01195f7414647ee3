"""Changes of articles' status that no page tells <-> the notes by which the archive knows them."""

import json
import sqlite3
from dataclasses import dataclass

from newscrawl.store.columns import instant_of, require_transaction
from newscrawl.store.notes import Note, status_note
from newscrawl.store.records import find_article
from newscrawl.store.versions import mark_gone, note_seen

_OTHER = {"live": "gone", "gone": "live"}


@dataclass(frozen=True, slots=True)
class StatusChanges:
    """Notes that the archive has not got yet, and the number of the last change that they tell."""

    notes: tuple[Note, ...]
    last_seq: int


def changes_of_status(connection: sqlite3.Connection) -> StatusChanges:
    """What happened to articles' status since the archive was told last. A return that came with a page is told by the page."""
    counted = connection.execute("SELECT value FROM counters WHERE name = 'archived_status'").fetchone()
    told = counted["value"] if counted else 0
    rows = connection.execute(
        "SELECT v.article_id, v.changed, v.seen_at, v.changed_seq, a.url, a.status, a.missing_since, a.misses, a.last_seen_at"
        " FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id"
        """ WHERE v.changed_seq > ? AND v.changed LIKE '%"status"%' ORDER BY v.changed_seq DESC""",
        (told,),
    ).fetchall()
    notes: list[Note] = []
    status_after: dict[int, str] = {}  # walking back in time: what an article was after the change that is looked at
    for row in rows:
        status = status_after.get(row["article_id"], row["status"])
        status_after[row["article_id"]] = _OTHER[status]
        if json.loads(row["changed"]) == ["status"]:
            since = row["missing_since"] if status == "gone" else None
            at, misses, seen_at = instant_of(row["seen_at"]), row["misses"], row["last_seen_at"]
            notes.append(status_note(row["url"], status, at, since, misses, seen_at))
    return StatusChanges(tuple(reversed(notes)), rows[0]["changed_seq"] if rows else told)


def remember_told(connection: sqlite3.Connection, changes: StatusChanges) -> None:
    """The archive has got these notes."""
    require_transaction(connection)
    connection.execute(
        "INSERT INTO counters (name, value) VALUES ('archived_status', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (changes.last_seq,),
    )


def apply_status_note(connection: sqlite3.Connection, note: Note) -> bool:
    """Have the article gone or back as a note says; False where that is so already, or the article is not stored."""
    require_transaction(connection)
    row = find_article(connection, note.url)
    status, seen_at = note.said.get("status"), note.said.get("last_seen_at")
    if row is None or row["status"] == status:
        return False
    if seen_at:
        connection.execute("UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", (seen_at, row["id"]))
    if status == "gone":
        since = note.said.get("missing_since") or note.at.isoformat(timespec="seconds")
        connection.execute(
            "UPDATE articles SET missing_since = ?, misses = ? WHERE id = ?",
            (since, note.said.get("misses", 1), row["id"]),
        )
        mark_gone(connection, row["id"], note.at)
    else:
        note_seen(connection, row["id"], note.at)
    return True
