"""What became of an address -> its row, its story, and when it is asked for again."""

import sqlite3
from datetime import datetime

from newscrawl.page import KEPT_FATES, OPEN_FATES, Fate
from newscrawl.store.addresses import find_address, insert_address
from newscrawl.store.columns import instant, instant_of, require_transaction, storable, storable_or_none
from newscrawl.store.schedule import RETRIED_FATES, next_revisit, next_try
from newscrawl.store.versions import note_seen

EVENTS_KEPT = 20
"""How many of an address's latest events are kept: a feed that is asked every hour must not grow the file."""

LIVE_FATES = KEPT_FATES | {Fate.NOT_MODIFIED}
"""Fates of an article that stands where it stood."""


def set_fate(
    connection: sqlite3.Connection,
    url: str,
    fate: Fate,
    at: datetime,
    detail: str = "",
    *,
    site: str | None = None,
    found_in: str | None = None,
    run_id: int | None = None,
    due_at: datetime | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
) -> None:
    """Write what became of an address and note it in its story. An unknown address gets its row here.

    due_at: when to ask again; None: as its fate says (an article by its age, a failure that may pass by its number).
    etag, last_modified, body_hash: None keeps what is known, "" forgets it.
    """
    require_transaction(connection)
    row = find_address(connection, url)
    if row is None:
        insert_address(
            connection, url, kind="article", site=site, found_at=at, fate=fate, found_in=found_in, run_id=run_id
        )
        row = find_address(connection, url)
        assert row is not None
    tries = _tries(row, fate)
    due = due_at or _due(connection, row, fate, tries, at)
    connection.execute(
        "UPDATE urls SET fate = ?, fate_at = ?, detail = ?, due_at = ?, tries = ?, run_id = coalesce(?, run_id),"
        " etag = nullif(coalesce(?, etag), ''), last_modified = nullif(coalesce(?, last_modified), ''),"
        " body_hash = nullif(coalesce(?, body_hash), ''), site = coalesce(site, ?) WHERE id = ?",
        (
            *(fate, instant(at), storable(detail), instant(due) if due else None, tries, run_id),
            *(storable_or_none(etag), storable_or_none(last_modified), body_hash, site, row["id"]),
        ),
    )
    if fate not in OPEN_FATES:
        note_event(connection, row["id"], instant(at), fate, detail, run_id)
    if fate == Fate.NOT_MODIFIED and row["article_id"]:  # the server says that the article stands: it was seen
        note_seen(connection, row["article_id"], at)


def _tries(row: sqlite3.Row, fate: Fate) -> int:
    if fate in OPEN_FATES:
        return int(row["tries"])
    if fate not in RETRIED_FATES:
        return 0
    return int(row["tries"]) + int(row["fate"] != Fate.FETCHING)  # take() has counted the try already


def _due(connection: sqlite3.Connection, row: sqlite3.Row, fate: Fate, tries: int, at: datetime) -> datetime | None:
    if row["kind"] == "source" or fate in OPEN_FATES:
        return None  # a source is asked in every run, an open address as soon as its turn comes
    retry_at = next_try(tries, at) if fate in RETRIED_FATES else None
    if retry_at or fate == Fate.REDIRECTED or not (row["article_id"] or fate in LIVE_FATES):
        return retry_at  # where it redirects to has a row and a time of its own
    if _visited_under_another_address(connection, row):
        return None
    # A stored article is looked at again whatever it answered this time: it may be gone for good, or come back.
    stored = connection.execute("SELECT published FROM articles WHERE id = ?", (row["article_id"],)).fetchone()
    found_at = instant_of(row["found_at"])
    published = instant_of(stored["published"]) if stored and stored["published"] else found_at
    # min: an article of last year that a backfill found today is old, not new.
    return next_revisit(min(published, found_at), at)


def _visited_under_another_address(connection: sqlite3.Connection, row: sqlite3.Row) -> bool:
    earlier = "SELECT 1 FROM urls WHERE article_id = ? AND id < ? AND due_at IS NOT NULL"
    return connection.execute(earlier, (row["article_id"], row["id"])).fetchone() is not None


def note_event(
    connection: sqlite3.Connection, url_id: int, at: str, fate: Fate, detail: str, run_id: int | None
) -> None:
    """Add an event to the address's story and drop what is too old."""
    connection.execute(
        "INSERT INTO url_events (url_id, at, fate, detail, run_id) VALUES (?, ?, ?, ?, ?)",
        (url_id, at, fate, storable(detail), run_id),
    )
    connection.execute(
        "DELETE FROM url_events WHERE url_id = ?1 AND id <="
        " (SELECT id FROM url_events WHERE url_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (url_id, EVENTS_KEPT),
    )
