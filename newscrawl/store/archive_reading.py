"""A place in a WARC file -> the `Page` that was fetched, with what its source said of it."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from newscrawl.page import Page
from newscrawl.store.capture import CLOSED_SUFFIX, OPEN_SUFFIX, ArchiveError, CaptureRef
from newscrawl.store.durability import reason_of
from newscrawl.store.notes import Note, note_of
from newscrawl.store.warc_records import Record, completed, parse_record, revisit_of

RECORD_MAX_BYTES = 256_000_000  # a crawl stores 10 MB at most; a gzip bomb in somebody else's file ends here
CHUNK_BYTES = 64 * 1024


class TornArchiveError(ArchiveError):
    """A file ends within a record, or goes on with bytes that are none. `offset`: where its whole captures end."""

    def __init__(self, path: Path, offset: int, reason: str) -> None:
        super().__init__(f"{path}: no whole record at byte {offset} ({reason}); restore the file from a backup")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies in a file: a capture, a note, or neither (a record that says nothing to us). `end`: the offset behind it;
    `lost`: why a capture has no page, which only a revisit can have."""

    end: int
    ref: CaptureRef | None = None
    page: Page | None = None
    note: Note | None = None
    lost: str = ""


def read_capture(folder: Path, file: str, offset: int) -> Page:
    """The page at an offset of a segment, with its candidate. The segment may still be open."""
    path = segment_path(folder, file)
    for entry in iter_entries(path, offset):
        if entry.page is not None:
            return entry.page
        if entry.ref is not None:
            raise ArchiveError(f"{path}: the capture at byte {offset} cannot be read: {entry.lost}")
    raise TornArchiveError(path, offset, "the file ends before it")


def segment_path(folder: Path, file: str) -> Path:
    """Where the segment lies: under its own name, or under that of a segment still being written."""
    closed = folder / file
    still_open = closed.with_name(file.removesuffix(CLOSED_SUFFIX) + OPEN_SUFFIX)
    # Open, closed, open again: it may be renamed between the looks.
    for path in (closed, still_open, closed):
        if path.exists():
            return path
    raise ArchiveError(f"{closed}: the archive file is missing; restore it from a backup")


def iter_captures(path: Path, start_offset: int = 0) -> Iterator[tuple[CaptureRef, Page]]:
    """Each capture of a file from an offset on: where it lies and the page. Raises TornArchiveError behind the last whole one."""
    for entry in iter_entries(path, start_offset):
        if entry.ref is not None and entry.page is not None:
            yield entry.ref, entry.page


def iter_entries(path: Path, start_offset: int = 0) -> Iterator[Entry]:
    """Captures and notes of a file from an offset on, in order. Raises TornArchiveError behind the last whole one."""
    file = path.name.removesuffix(".open")
    try:
        with path.open("rb") as stream:
            yield from _entries(stream, path, file, start_offset)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({reason_of(error)})") from error


def _entries(stream: BinaryIO, path: Path, file: str, offset: int) -> Iterator[Entry]:
    while True:
        start = offset
        found = _record_at(stream, path, offset, start)
        if found is None:
            return
        record, offset = found
        if record.page is None:
            yield Entry(offset, note=_note(record, path, start))
            continue
        page, refers_to, promised = record.page, None, record.headers.get("warc-concurrent-to")
        if promised:
            found = _record_at(stream, path, offset, start)
            if found and found[0].headers.get("warc-record-id") == promised:
                refers_to = revisit_of(found[0]) if record.kind == "revisit" else None
                page, offset = _whole(page, found[0], path, start), found[1]
            elif not found:
                raise TornArchiveError(path, start, "its metadata record is missing")
        ref = replace(_ref(page, record, file, start, offset - start), refers_to=refers_to)
        yield _revisit(path.parent, ref, page) if record.kind == "revisit" else Entry(offset, ref, page)


def _revisit(folder: Path, ref: CaptureRef, page: Page) -> Entry:
    if ref.refers_to is None:  # another program's: where the body lies is not said
        return Entry(ref.end)
    try:
        return Entry(ref.end, ref, replace(page, body=read_capture(folder, *ref.refers_to).body))
    except ArchiveError as error:
        return Entry(ref.end, ref, lost=f"its body lies in another file: {error}")


def _note(record: Record, path: Path, start: int) -> Note | None:
    try:
        return note_of(record)
    except ValueError as error:
        raise TornArchiveError(path, start, str(error)) from error


def _whole(page: Page, metadata: Record, path: Path, start: int) -> Page:
    try:
        return completed(page, metadata)
    except ValueError as error:
        raise TornArchiveError(path, start, str(error)) from error


def _record_at(stream: BinaryIO, path: Path, offset: int, start: int) -> tuple[Record, int] | None:
    """The record at an offset and where it ends; None at the end of the file. `start`: where a torn capture begins."""
    try:
        member = _member_at(stream, offset)
        return member and (parse_record(member[0]), member[1])
    except (ValueError, zlib.error) as error:
        raise TornArchiveError(path, start, str(error)) from error


def _member_at(stream: BinaryIO, offset: int) -> tuple[bytes, int] | None:
    """A whole gzip member (zlib has checked its CRC) and where it ends. Not through warcio's reader: that takes a torn
    member for a short one, and reports a broken one on stderr only."""
    stream.seek(offset)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    content = bytearray()
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or stream.read(CHUNK_BYTES)
        piece = unpacker.decompress(packed, CHUNK_BYTES * 16)
        if not packed and not piece and not unpacker.eof:
            if stream.tell() <= offset:
                return None
            raise ValueError("the file ends within it")
        content += piece
        if len(content) > RECORD_MAX_BYTES:
            raise ValueError(f"it unpacks to more than {RECORD_MAX_BYTES:,} bytes")
    return bytes(content), stream.tell() - len(unpacker.unused_data)


def _ref(page: Page, record: Record, file: str, offset: int, length: int) -> CaptureRef:
    return CaptureRef(
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        status=page.status,
        file=file,
        offset=offset,
        length=length,
        body_hash=record.headers.get("warc-payload-digest", ""),
    )
