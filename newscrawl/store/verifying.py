"""An archive and the table that indexes it -> what does not agree, in words."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newscrawl.store.archive_reading import Entry, TornArchiveError, iter_entries
from newscrawl.store.archive_recovery import is_being_written
from newscrawl.store.capture import CLOSED_SUFFIX, OPEN_SUFFIX, ArchiveError
from newscrawl.store.warc_records import body_digest

OUR_DIGEST = "sha256:"


@dataclass(slots=True)
class Verified:
    """How much was read."""

    files: int = 0
    captures: int = 0
    notes: int = 0
    bytes: int = 0


def verify_archive(connection: sqlite3.Connection | None, folder: Path, told: Verified) -> Iterator[str]:
    """Read every record of every file: its gzip checksum, its form, the digest of its body, and whether the table knows it, and
    knows nothing else. `connection` None: the files alone. Files that a living run writes are left out; `told` counts along."""
    files = sorted((*folder.glob(f"*{CLOSED_SUFFIX}"), *folder.glob(f"*{OPEN_SUFFIX}")))
    for path in files:
        if path.name.endswith(OPEN_SUFFIX):
            if is_being_written(path):
                continue
            yield f"{path}: was left by a run that was killed; the next run takes in what is whole in it"
        told.files += 1
        told.bytes += path.stat().st_size
        yield from _verify_file(connection, path, told)
    if connection is not None:
        yield from _missing_files(connection, {path.name.removesuffix(".open") for path in files})


def _verify_file(connection: sqlite3.Connection | None, path: Path, told: Verified) -> Iterator[str]:
    file = path.name.removesuffix(".open")
    known = _known_offsets(connection, file) if connection is not None else {}
    try:
        for entry in iter_entries(path):
            told.notes += entry.note is not None
            if entry.ref is None:
                continue
            told.captures += 1
            yield from _verify_capture(path, entry)
            if connection is not None and known.pop(entry.ref.offset, None) != entry.ref.length:
                yield f"{path}: the capture of {entry.ref.url} at byte {entry.ref.offset} is in no row of the table"
    except TornArchiveError as error:
        yield str(error)
    except ArchiveError as error:
        yield str(error)
        return
    for offset in known:
        yield f"{path}: the table knows a capture at byte {offset}, and there is none"


def _verify_capture(path: Path, entry: Entry) -> Iterator[str]:
    assert entry.ref is not None
    if entry.page is None:
        yield f"{path}: the capture of {entry.ref.url} at byte {entry.ref.offset} cannot be read: {entry.lost}"
    elif entry.ref.body_hash.startswith(OUR_DIGEST) and body_digest(entry.page.body) != entry.ref.body_hash:
        yield f"{path}: the body of {entry.ref.url} at byte {entry.ref.offset} is not the one that was archived"


def _known_offsets(connection: sqlite3.Connection, file: str) -> dict[int, int]:
    rows = connection.execute("SELECT offset, length FROM captures WHERE file = ?", (file,))
    return {row["offset"]: row["length"] for row in rows}


def _missing_files(connection: sqlite3.Connection, there: set[str]) -> Iterator[str]:
    for row in connection.execute("SELECT file, count(*) AS captures FROM captures GROUP BY file ORDER BY file"):
        if row["file"] not in there:
            yield f"{row['file']}: is missing, with {row['captures']:,} captures"
