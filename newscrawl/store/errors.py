"""An error of SQLite, the lock or the disk -> one plain line that names the file and what to do.

StoreError
├── DatabaseMissing    a reader found no file
├── DatabaseLocked     another process kept the write lock or the database longer than we wait
├── DatabaseCorrupt    the file is damaged, or no SQLite file at all
├── DatabaseReadOnly   file, folder or disk cannot be written
├── DiskFull           no space for the next page
└── NewerSchema        a newer newscrawl has changed the tables
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout


class StoreError(Exception):
    """The store cannot do what it was asked. `str()` is one line that names the file and what to do."""


class DatabaseMissing(StoreError):
    """A reader was pointed at a file that is not there."""


class DatabaseLocked(StoreError):
    """Another process held the database longer than we are ready to wait."""


class DatabaseCorrupt(StoreError):
    """The file is damaged or is no SQLite database."""


class DatabaseReadOnly(StoreError):
    """The file, its folder or its disk cannot be written."""


class DiskFull(StoreError):
    """The disk has no space left; what was committed is whole."""


class NewerSchema(StoreError):
    """The file was written by a newer newscrawl."""


_ADVICE: dict[type[StoreError], str] = {
    DatabaseMissing: "there is no database yet: crawl a site first, or name its folder with --data DIR",
    DatabaseLocked: "another process is writing to the database and did not finish in time: try again when it has ended",
    DatabaseCorrupt: (
        "the file is damaged or no database: move it aside, then restore a backup or rebuild it from the archive"
    ),
    DatabaseReadOnly: "cannot be written: give this user the right to write the file and its folder, or use --data DIR",
    DiskFull: "the disk is full: free some space and start again; what was stored before is whole",
}

_BY_SQLITE_CODE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_CORRUPT: DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: DatabaseCorrupt,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_FULL: DiskFull,
}

_BY_ERRNO: dict[int, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
    errno.EROFS: DatabaseReadOnly,
}


def explained(kind: type[StoreError], path: Path) -> StoreError:
    """The error of that kind with its standard line for the file."""
    return kind(f"{path}: {_ADVICE[kind]}")


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite, the write lock and the disk say of this file into `StoreError`; mistakes in our SQL pass through."""
    try:
        yield
    except Timeout as error:
        raise explained(DatabaseLocked, path) from error
    except sqlite3.Error as error:
        raise _of_sqlite(error, path) from error
    except BrokenPipeError:  # whoever reads our output went away: no trouble of this file
        raise
    except OSError as error:
        kind = _BY_ERRNO.get(error.errno or 0)
        raise explained(kind, path) if kind else StoreError(f"{path}: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return f"{(error.strerror or str(error)).lower()} ({error.filename}): check the folder, or use --data DIR"


def _of_sqlite(error: sqlite3.Error, path: Path) -> Exception:
    # The low byte is the primary code: SQLITE_READONLY_DBMOVED, SQLITE_CORRUPT_VTAB ... belong to their family.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    kind = _BY_SQLITE_CODE.get(code)
    if kind:
        return explained(kind, path)
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path}: the disk failed to read or write ({error}): check the disk, then start again")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError(f"{path}: cannot be opened ({error}): check that it is a file and that its folder is there")
    return error
