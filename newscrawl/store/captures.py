"""Where pages lie in the archive <-> the rows of table `captures`."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newscrawl.store.capture import CaptureRef
from newscrawl.store.columns import instant, instant_of, require_transaction, storable
from newscrawl.store.sites import ensure_site

ROWS_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A row of the table: its id, the site it belongs to (None when nobody knows), and the place in the archive."""

    id: int
    site: str | None
    ref: CaptureRef


def index_capture(connection: sqlite3.Connection, ref: CaptureRef, site: str | None) -> int:
    """Write the capture's row; the id. A place that is in the table already keeps its row: taking an archive in twice is safe."""
    require_transaction(connection)
    if site is not None:
        ensure_site(connection, site)
    row = connection.execute(
        "INSERT INTO captures (url, final_url, site, fetched_at, status, file, offset, length, body_hash, refers_to)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM captures WHERE file = ? AND offset = ?))"
        " ON CONFLICT (file, offset) DO UPDATE SET site = coalesce(excluded.site, site) RETURNING id",
        (
            storable(ref.url),
            storable(ref.final_url),
            site,
            instant(ref.fetched_at),
            ref.status,
            ref.file,
            ref.offset,
            ref.length,
            ref.body_hash,
            *(ref.refers_to or (None, None)),
        ),
    ).fetchone()
    return int(row[0])


def latest_body(connection: sqlite3.Connection, url: str) -> CaptureRef | None:
    """The capture that holds the body of the address's latest capture: itself, or the one whose body it repeats."""
    row = connection.execute(
        "SELECT coalesce(refers_to, id) FROM captures WHERE url = ? ORDER BY fetched_at DESC, id DESC LIMIT 1",
        (storable(url),),
    ).fetchone()
    found = find_capture(connection, row[0]) if row else None
    return found.ref if found else None


def find_capture(connection: sqlite3.Connection, capture_id: int) -> StoredCapture | None:
    """The capture of that id."""
    row = connection.execute("SELECT * FROM captures WHERE id = ?", (capture_id,)).fetchone()
    return _stored(row) if row else None


def find_captures(connection: sqlite3.Connection, url: str) -> list[StoredCapture]:
    """All captures of an address, the oldest first."""
    rows = connection.execute("SELECT * FROM captures WHERE url = ? ORDER BY fetched_at, id", (storable(url),))
    return [_stored(row) for row in rows]


def has_capture(connection: sqlite3.Connection, url: str, fetched_at: datetime) -> bool:
    """Whether the address is archived as it was at that very second, and was read: what is taken in after a kill has no site yet."""
    question = "SELECT 1 FROM captures WHERE url = ? AND fetched_at = ? AND site IS NOT NULL"
    return connection.execute(question, (storable(url), instant(fetched_at))).fetchone() is not None


def capture_at(connection: sqlite3.Connection, url: str, at: datetime) -> StoredCapture | None:
    """The page as it was at an instant: the last capture of the address that was fetched by then."""
    row = connection.execute(
        "SELECT * FROM captures WHERE url = ? AND fetched_at <= ? ORDER BY fetched_at DESC, id DESC LIMIT 1",
        (storable(url), instant(at)),
    ).fetchone()
    return _stored(row) if row else None


def captures_by_time(connection: sqlite3.Connection) -> Iterator[StoredCapture]:
    """All captures in the order in which they were fetched, a few at a time: the table may be written to in between."""
    last: tuple[str, str, int] = ("", "", -1)
    while True:
        rows = connection.execute(
            "SELECT * FROM captures WHERE (fetched_at, file, offset) > (?, ?, ?) ORDER BY fetched_at, file, offset LIMIT ?",
            (*last, ROWS_AT_A_TIME),
        ).fetchall()
        yield from map(_stored, rows)
        if len(rows) < ROWS_AT_A_TIME:
            return
        last = (rows[-1]["fetched_at"], rows[-1]["file"], rows[-1]["offset"])


def committed_offsets(connection: sqlite3.Connection) -> dict[str, int]:
    """For each archive file, where the last capture ends that the table knows.

    The recursion steps from file to file along the index (file, offset): with GROUP BY, SQLite would read every row.
    """
    rows = connection.execute(
        "WITH RECURSIVE files (file) AS (SELECT min(file) FROM captures"
        " UNION ALL SELECT (SELECT min(file) FROM captures WHERE file > files.file) FROM files WHERE file IS NOT NULL)"
        " SELECT file, (SELECT offset + length FROM captures WHERE captures.file = files.file ORDER BY offset DESC LIMIT 1)"
        " FROM files WHERE file IS NOT NULL"
    )
    return {str(row[0]): int(row[1]) for row in rows}


def _stored(row: sqlite3.Row) -> StoredCapture:
    ref = CaptureRef(
        url=row["url"],
        final_url=row["final_url"],
        fetched_at=instant_of(row["fetched_at"]),
        status=row["status"],
        file=row["file"],
        offset=row["offset"],
        length=row["length"],
        body_hash=row["body_hash"],
    )
    return StoredCapture(row["id"], row["site"], ref)
