"""A data folder -> what is wrong with its database and its archive, in words."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from newscrawl.store.archive_recovery import abandoned_segments, is_being_written
from newscrawl.store.capture import CLOSED_SUFFIX, OPEN_SUFFIX
from newscrawl.store.captures import committed_offsets
from newscrawl.store.columns import instant, instant_of
from newscrawl.store.database import write_transaction
from newscrawl.store.errors import DatabaseCorrupt, store_errors

FAULTS_TOLD = 5


def database_faults(connection: sqlite3.Connection, path: Path) -> list[str]:
    """What SQLite finds wrong with the file's pages and indexes, and rows that refer to rows that are not there."""
    with store_errors(path):
        told = [row[0] for row in connection.execute(f"PRAGMA quick_check({FAULTS_TOLD})")]
        faults = [] if told == ["ok"] else told
        lost = connection.execute("PRAGMA foreign_key_check").fetchmany(FAULTS_TOLD)
    return [*faults, *(f"a row of {row['table']} refers to a row of {row['parent']} that is not there" for row in lost)]


def search_index_faults(connection: sqlite3.Connection, path: Path) -> list[str]:
    """Whether the full-text index says what the articles say. Reads all of both, and needs a connection that may write."""
    try:
        with write_transaction(connection, path):
            connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseCorrupt:
        return ["the full-text index does not agree with the articles"]
    return []


def rebuild_search_index(connection: sqlite3.Connection, path: Path) -> None:
    """Make the full-text index anew from the articles."""
    with write_transaction(connection, path):
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")


def archive_faults(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """Files that the table knows and that are missing, or shorter than what it knows of them."""
    for file, end in committed_offsets(connection).items():
        closed, still_open = folder / file, folder / (file.removesuffix(CLOSED_SUFFIX) + OPEN_SUFFIX)
        path = closed if closed.exists() else still_open
        if not path.exists():
            yield f"{closed}: is missing"
        elif path.stat().st_size < end:
            yield f"{path}: has {path.stat().st_size:,} bytes, and captures up to byte {end:,} are known"


def left_by_killed_runs(folder: Path) -> list[str]:
    """Files still named as being written that no process holds: the next run takes in what is whole in them."""
    return [
        file
        for file in abandoned_segments(folder)
        if not is_being_written(folder / (file.removesuffix(CLOSED_SUFFIX) + OPEN_SUFFIX))
    ]


def archived_a_day(connection: sqlite3.Connection, now: datetime, days: int = 30) -> float:
    """Bytes that the archive grew by a day, over the last days, or over the time since the first capture if that is shorter."""
    since = now - timedelta(days=days)
    total, first = connection.execute(
        "SELECT sum(length), min(fetched_at) FROM captures WHERE fetched_at >= ?", (instant(since),)
    ).fetchone()
    if not total:
        return 0.0
    return float(total) / max((now - instant_of(first)) / timedelta(days=1), 1.0)


def latest_moment(connection: sqlite3.Connection) -> datetime | None:
    """The latest moment at which anything was noted: a clock that is behind it was set back, or was ahead then."""
    # The demo plays its later visits on a clock of its own.
    latest = connection.execute("SELECT max(started_at), max(ended_at) FROM runs WHERE command <> 'demo'").fetchone()
    moments = [instant_of(text) for text in latest if text]
    return max(moments) if moments else None
