"""Fetched pages -> WARC files that other tools read: one segment a run, a gzip member a record.

A segment is named `newscrawl-<UTC time>-<pid>-<random>-<number>.warc.gz.open` while its captures may be missing from the
database, and `.warc.gz` once they are all there. It is locked (flock) as long as its writer lives, so that
`archive_recovery.recover` of another process never touches it; flock and not fcntl's own locks, since those fall as soon
as any reader in the same process closes the file. Nothing is ever appended to a segment of an earlier run: behind a torn
record every later one was unreadable (60 of 60 in a trial).
"""

import errno
import os
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.page import Page
from newscrawl.site import Site
from newscrawl.store.archive_reading import iter_captures, read_capture
from newscrawl.store.archive_recovery import recover
from newscrawl.store.capture import CLOSED_SUFFIX, OPEN_SUFFIX, ArchiveError, CaptureRef, Unchanged
from newscrawl.store.captures import capture_at, index_capture
from newscrawl.store.durability import reason_of, sync_folder, try_lock
from newscrawl.store.notes import Note, note_record, site_note
from newscrawl.store.warc_records import capture_records, warcinfo_record

# One door to the archive: what reads, recovers and indexes it has files of its own.
__all__ = [
    "ArchiveError",
    "ArchiveWriter",
    "CaptureRef",
    "capture_at",
    "index_capture",
    "iter_captures",
    "read_capture",
    "recover",
]

SEGMENT_MAX_BYTES = 1_000_000_000


@dataclass(slots=True)
class _Segment:
    """A file that is being written: its name once closed, its descriptor, where its last whole record ends, and the
    sites that are noted in it."""

    file: str
    path: Path
    descriptor: int
    end: int = 0
    sites: set[str] = field(default_factory=set)


class ArchiveWriter:
    """Appends pages to this run's segment. Safe to share between threads; not between processes (each has its own).

    software: what the warcinfo record names as the writer; opened_at: the run's start, part of the file's name.
    """

    def __init__(self, folder: Path, software: str, opened_at: datetime) -> None:
        self.folder = folder
        self._software = software
        self._opened_at = opened_at.astimezone(UTC)
        self._run = f"newscrawl-{self._opened_at:%Y%m%dT%H%M%SZ}-{os.getpid()}-{secrets.token_hex(4)}"
        self._segments: list[_Segment] = []
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open_segment()
        except OSError as error:
            raise _cannot_write(folder, error) from error

    def append(self, pages: Sequence[Page | Unchanged], sites: Sequence[Site] = ()) -> list[CaptureRef]:
        """Put the pages into the archive with one write and one sync; when it returns, they survive a power cut.

        sites: those that the pages belong to; each is noted once a file, in front of its first page. All or none: after an
        error the file is cut back to its last whole record, and ArchiveError is raised.
        """
        return self._write(pages, sites, ()) if pages else []

    def holds(self, ref: CaptureRef) -> bool:
        """Whether the file of a capture is there."""
        return (self.folder / ref.file).exists() or any(segment.file == ref.file for segment in self._segments)

    def note(self, notes: Sequence[Note]) -> None:
        """Put notes into the archive, under the same promise."""
        if notes:
            self._write((), (), notes)

    def _write(
        self, pages: Sequence[Page | Unchanged], sites: Sequence[Site], notes: Sequence[Note]
    ) -> list[CaptureRef]:
        with self._lock:
            if not self._segments:
                raise ArchiveError(f"{self.folder}: this run's archive is closed already")
            segment = self._segments[-1]
            try:
                if segment.end >= SEGMENT_MAX_BYTES:
                    segment = self._open_segment()
                fresh = {site.name: site for site in sites if site.name not in segment.sites}
                of_sites = [site_note(site, self._opened_at) for site in fresh.values()]
                refs = self._append(segment, pages, [*of_sites, *notes])
                segment.sites.update(fresh)
                return refs
            except OSError as error:
                raise _cannot_write(segment.path, error) from error

    def close(self, *, indexed: bool = True) -> None:
        """Give up the segments. indexed: all their captures are in the database, so they get their final names; else they
        stay `.open`, and the next start takes them in. A segment that holds no page is removed."""
        with self._lock:
            segments, self._segments = self._segments, []
            try:
                for segment in segments:
                    _close_segment(segment, indexed)
                sync_folder(self.folder)
            except OSError as error:
                raise _cannot_write(self.folder, error) from error

    def _append(self, segment: _Segment, pages: Sequence[Page | Unchanged], notes: Sequence[Note]) -> list[CaptureRef]:
        content = bytearray()
        if not segment.end:
            content += warcinfo_record(segment.file, self._software, self._opened_at)
        for note in notes:
            content += note_record(note)
        refs = []
        for entry in pages:
            page, original = (entry.page, entry.original) if isinstance(entry, Unchanged) else (entry, None)
            records, digest = capture_records(page, original)
            ref = _ref(page, segment.file, segment.end + len(content), len(records), digest)
            refs.append(replace(ref, refers_to=(original.file, original.offset)) if original else ref)
            content += records
        _write_whole(segment, content)
        return refs

    def _open_segment(self) -> _Segment:
        """A new file under a lock of our own. Until the lock is taken, another process's recovery may see the file,
        find it empty and remove it: then the next name is tried."""
        number = len(self._segments)
        while True:
            file = f"{self._run}-{number:05d}{CLOSED_SUFFIX}"
            path = self.folder / file.replace(CLOSED_SUFFIX, OPEN_SUFFIX)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            if try_lock(descriptor) and os.fstat(descriptor).st_nlink:
                break
            os.close(descriptor)
            number += 1
        sync_folder(self.folder)
        self._segments.append(_Segment(file, path, descriptor))
        return self._segments[-1]


def _ref(page: Page, file: str, offset: int, length: int, digest: str) -> CaptureRef:
    return CaptureRef(
        url=page.url,
        final_url=page.final_url,
        fetched_at=page.fetched_at,
        status=page.status,
        file=file,
        offset=offset,
        length=length,
        body_hash=digest,
    )


def _write_whole(segment: _Segment, content: bytes | bytearray) -> None:
    """Write and sync, or leave the file as it was. `pwrite` at a known offset: a failed write moves nothing."""
    view, at = memoryview(content), segment.end
    if not os.fstat(
        segment.descriptor
    ).st_nlink:  # writing would succeed, and the pages vanish with the last descriptor
        raise FileNotFoundError(errno.ENOENT, "somebody removed the file while it was written")
    try:
        while view:
            written = os.pwrite(segment.descriptor, view, at)
            view, at = view[written:], at + written
        os.fsync(segment.descriptor)
    except OSError:
        os.ftruncate(segment.descriptor, segment.end)
        raise
    segment.end = at


def _close_segment(segment: _Segment, indexed: bool) -> None:
    if not segment.end:
        segment.path.unlink(missing_ok=True)
    elif indexed:
        segment.path.rename(segment.path.with_name(segment.file))
    os.close(segment.descriptor)  # last: the lock falls when the name already says what the file is


def _cannot_write(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(
        f"{path}: cannot write the archive ({reason_of(error)}); free space or check the folder's permissions"
    )
