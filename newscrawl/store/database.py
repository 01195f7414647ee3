"""A path -> an open SQLite connection with today's tables; one write transaction at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from newscrawl.store.errors import (
    DatabaseMissing,
    DatabaseReadOnly,
    NewerSchema,
    StoreError,
    explained,
    store_errors,
)
from newscrawl.store.migrations import SCHEMA_VERSION, applied_version, apply_migrations, unknown_migrations

__all__ = ["SCHEMA_VERSION", "checkpoint", "open_database", "open_readonly", "write_lock", "write_transaction"]

BUSY_TIMEOUT_S = 30.0
WRITE_LOCK_TIMEOUT_S = 60.0
CHECKPOINT_TIMEOUT_S = 1.0
JOURNAL_SIZE_LIMIT_BYTES = 64 * 2**20


def open_database(path: Path) -> sqlite3.Connection:
    """The database for writing: made when it is not there, brought to today's tables, refused when it is from a newer version."""
    with store_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _writable(path):
            raise explained(DatabaseReadOnly, path)
        connection = _connect(path.resolve().as_posix(), uri=False)
        try:
            _refuse_newer(connection, path)
            _prepare_for_writing(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_readonly(path: Path) -> sqlite3.Connection:
    """The database for reading: never made, never changed, never in a writer's way."""
    if not path.is_file():
        raise explained(DatabaseMissing, path)
    with store_errors(path):
        # Where this user cannot write and there is no WAL, nobody writes; SQLite would want to make one to read beside it.
        still = not _writable(path) and not path.with_name(path.name + "-wal").exists()
        address = f"file:{quote(path.resolve().as_posix())}?mode=ro{'&immutable=1' if still else ''}"
        connection = _connect(address, uri=True)
        try:
            _refuse_newer(connection, path)
            if applied_version(connection) < SCHEMA_VERSION:
                raise StoreError(f"{path}: has the tables of an older newscrawl: the next crawl brings it up to date")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def write_transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One whole write: under the write lock, begun at once, committed at the end, rolled back when anything is raised."""
    if connection.in_transaction:
        raise RuntimeError("a write transaction is open already: its rows belong together")
    with store_errors(path), write_lock(path):
        # IMMEDIATE: a transaction that reads first and writes later could not wait for another writer.
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def write_lock(path: Path) -> FileLock:
    """The lock beside the database that every writer holds; the system drops it with its process, also after kill -9."""
    return FileLock(path.with_name(path.name + ".write-lock"), timeout=WRITE_LOCK_TIMEOUT_S, poll_interval=0.01)


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Bring the WAL into the database and cut it to nothing; False when a reader's old snapshot is in the way."""
    path = Path(connection.execute("PRAGMA database_list").fetchone()["file"])
    with store_errors(path):
        _busy_timeout(connection, CHECKPOINT_TIMEOUT_S)  # a reader of an hour must not hold up the end of a run
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            _busy_timeout(connection, BUSY_TIMEOUT_S)
    return not busy


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _connect(address: str, *, uri: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address, uri=uri, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _prepare_for_writing(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA journal_size_limit={JOURNAL_SIZE_LIMIT_BYTES}")
    wal = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    if wal and applied_version(connection) == SCHEMA_VERSION:
        return
    # Two processes that open a new file at once: the second waits here and finds everything done.
    with write_lock(path):
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise explained(DatabaseReadOnly, path)
        _refuse_foreign(connection, path)
        _refuse_newer(connection, path)
        apply_migrations(connection)


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    version, strange = applied_version(connection), unknown_migrations(connection)
    if version > SCHEMA_VERSION or strange:
        names = f", {', '.join(strange)}" if strange else ""
        raise NewerSchema(
            f"{path}: was written by a newer newscrawl (tables of version {version}{names}; this one knows"
            f" {SCHEMA_VERSION}): upgrade newscrawl, or use another folder with --data DIR"
        )


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    ours = "SELECT name FROM sqlite_master WHERE name IN ('articles', 'urls', 'sites', 'runs')"
    if applied_version(connection) == 0 and connection.execute(ours).fetchone():
        raise StoreError(f"{path}: is another program's database: use another folder with --data DIR")


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # a full disk may have ended it
        connection.execute("ROLLBACK")


def _busy_timeout(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout={round(seconds * 1000)}")
