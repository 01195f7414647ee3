"""A database that may be in use -> one consistent copy in one file."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from newscrawl.store.durability import reason_of, sync_file, sync_folder
from newscrawl.store.errors import DatabaseMissing, StoreError, explained, store_errors

PART_SUFFIX = ".part"


def back_up(path: Path, target: Path, *, overwrite: bool = False) -> int:
    """Copy the database as it is at one moment, while others write to it; the copy's size in bytes.

    The copy is checked, synced, and only then gets its name: a backup that was killed leaves `target` as it was. It needs
    no write-ahead log beside it. A database of an older or newer version is copied as it is: before an upgrade is when
    backups are made. Raises StoreError.
    """
    if not path.is_file():
        raise explained(DatabaseMissing, path)
    if not target.parent.is_dir():
        raise StoreError(f"{target}: cannot be written: there is no folder {target.parent}")
    if target.is_dir():
        raise StoreError(f"{target}: is a folder; name the file that the copy is to become")
    if target.exists() and not overwrite:
        raise StoreError(f"{target}: exists already; choose another name, or --force to replace it")
    if target.exists() and not target.is_file():
        raise StoreError(f"{target}: is no file; name one that the copy is to become")
    if target.resolve().parent == path.resolve().parent and target.name.startswith(path.name):
        raise StoreError(f"{target}: is the database itself, or belongs to it; the copy must lie under another name")
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        part.unlink(missing_ok=True)
        _copy(path, part)
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
        return target.stat().st_size
    except OSError as error:
        raise StoreError(f"{target}: the copy cannot be written ({reason_of(error)})") from error
    finally:
        part.unlink(missing_ok=True)


def _copy(path: Path, part: Path) -> None:
    with store_errors(path):
        source = sqlite3.connect(f"file:{quote(path.resolve().as_posix())}?mode=ro", uri=True)
    try:
        with store_errors(part):
            copy = sqlite3.connect(part)
        try:
            verdict = _copied(source, copy, path, part)
        finally:
            copy.close()
    finally:
        source.close()
    if verdict != "ok":
        raise StoreError(f"{path}: is damaged ({verdict}), and so would be the copy: it was not kept")


def _copied(source: sqlite3.Connection, copy: sqlite3.Connection, path: Path, part: Path) -> str:
    try:
        # All pages in one step: in several, a writer that never rests would make it begin anew each time.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        return str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        of_the_copy = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
        with store_errors(part if of_the_copy else path):
            raise
