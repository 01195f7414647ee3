"""Captures in WARC files -> the same files with nothing in their places.

A capture's bytes are replaced by one record of exactly their length, a metadata record that says so. Everything behind it
stays where it is, so no other capture's offset changes and other tools still read the file. The file is copied, changed,
synced and renamed: a kill leaves the old file or the new one, whole.
"""

import os
import shutil
import struct
import uuid
import zlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from newscrawl.store.capture import OPEN_SUFFIX, ArchiveError, CaptureRef
from newscrawl.store.durability import reason_of, sync_folder
from newscrawl.store.notes import Note, note_text
from newscrawl.store.warc_records import METADATA_TYPE

ERASING_SUFFIX = ".erasing"
# RFC 1952: magic, deflate, no flags, no time, unknown system; RFC 1951: a stored block holds 65,535 bytes at most.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_TAIL_BYTES = 8
_BLOCK_HEAD_BYTES, _BLOCK_MAX_BYTES = 5, 65_535


def erase_captures(folder: Path, refs: Iterable[CaptureRef], at: datetime) -> int:
    """Blank the captures in their files, leaving a note that their address is forgotten; how many bytes that were. Doing it twice changes nothing more. A file that is gone
    holds nothing to erase. Raises ArchiveError for a file that is still being written."""
    by_file: dict[str, list[CaptureRef]] = defaultdict(list)
    for ref in refs:
        by_file[ref.file].append(ref)
    for file in by_file:
        if (folder / file).with_name(file.removesuffix(".warc.gz") + OPEN_SUFFIX).exists():
            raise ArchiveError(
                f"{folder / file}: is still being written, or was left by a run that was killed: wait for the run's end,"
                " or crawl any site once, then try again"
            )
    for file, captures in by_file.items():
        if (folder / file).exists():
            _rewrite(folder / file, captures, at)
    return sum(ref.length for captures in by_file.values() for ref in captures)


def _rewrite(path: Path, refs: list[CaptureRef], at: datetime) -> None:
    changed = path.with_name(path.name + ERASING_SUFFIX)
    try:
        shutil.copyfile(path, changed)
        with changed.open("r+b") as file:
            for ref in refs:
                _blank(file, ref, at)
            file.flush()
            os.fsync(file.fileno())
        changed.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be rewritten ({reason_of(error)})") from error
    finally:
        changed.unlink(missing_ok=True)


def _blank(file: BinaryIO, ref: CaptureRef, at: datetime) -> None:
    file.seek(0, os.SEEK_END)
    if ref.end > file.tell():
        raise ArchiveError(f"{file.name}: ends before byte {ref.end}, where a capture should end: nothing was erased")
    file.seek(ref.offset)
    file.write(blank_member(ref.length, Note("forgotten", ref.url, at, {})))


def blank_member(length: int, note: Note) -> bytes:
    """A gzip member of exactly `length` bytes that holds one WARC record: the note, and blanks."""
    blocks = -(-(length - len(_GZIP_HEAD) - _GZIP_TAIL_BYTES) // (_BLOCK_HEAD_BYTES + _BLOCK_MAX_BYTES))
    content = _blank_record(length - len(_GZIP_HEAD) - _GZIP_TAIL_BYTES - _BLOCK_HEAD_BYTES * blocks, note)
    stored = bytearray()
    for number in range(blocks):
        piece = content[number * _BLOCK_MAX_BYTES : (number + 1) * _BLOCK_MAX_BYTES]
        last = number == blocks - 1
        stored += struct.pack("<BHH", last, len(piece), len(piece) ^ 0xFFFF) + piece
    return _GZIP_HEAD + bytes(stored) + struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def _blank_record(length: int, note: Note) -> bytes:
    def record(block: bytes) -> bytes:
        # A length of twelve digits, zeros in front: the head's own length must not depend on it.
        return (
            f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
            f"WARC-Date: {note.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: {METADATA_TYPE}\r\n"
            f"Content-Length: {len(block):012d}\r\n\r\n"
        ).encode() + b"%s\r\n\r\n" % block

    room = length - len(record(b""))
    if room < len(b"{}"):
        raise ArchiveError(f"a capture of {length} bytes is too short to be blanked; remove its file instead")
    said = note_text(note)
    # Where the note has no room, an empty object: the capture is gone all the same.
    return record((said if len(said) <= room else b"{}").ljust(room)[:room])
