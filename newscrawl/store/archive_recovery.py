"""Segments whose writer died -> their captures that the database does not know, and files without a torn tail."""

import os
from collections.abc import Mapping
from pathlib import Path

from newscrawl.store.archive_reading import TornArchiveError, iter_entries
from newscrawl.store.capture import CLOSED_SUFFIX, OPEN_SUFFIX, ArchiveError, CaptureRef
from newscrawl.store.durability import reason_of, sync_folder, try_lock


def abandoned_segments(folder: Path) -> list[str]:
    """The names (as they are once closed) of all segments that still end in `.open`, those of living writers among them."""
    return sorted(path.name.removesuffix(".open") for path in folder.glob(f"*{OPEN_SUFFIX}"))


def is_being_written(path: Path) -> bool:
    """Whether a living process holds the segment. One that is gone meanwhile, or is not ours to look at, counts as held."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def recover(folder: Path, committed: Mapping[str, int]) -> list[CaptureRef]:
    """Take in what a killed run left behind: the captures that are not in the database, oldest file first, to be indexed.

    committed: by file, where the last capture ends that the database knows (`captures.committed_offsets`). For each segment
    whose lock is free the torn tail is cut. It gets its final name once the database knows all of it: at once when nothing
    is missing, else at the next call. So a kill before the captures are indexed costs nothing, the next start finds them.
    """
    found: list[CaptureRef] = []
    for file in abandoned_segments(folder):
        path = folder / (file.removesuffix(CLOSED_SUFFIX) + OPEN_SUFFIX)
        try:
            found += _recover_segment(path, committed.get(file, 0))
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be recovered ({reason_of(error)})") from error
    return found


def _recover_segment(path: Path, committed_end: int) -> list[CaptureRef]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:  # its writer closed it between the listing and now
        return []
    try:
        if not try_lock(descriptor) or not os.fstat(descriptor).st_nlink or not path.exists():
            return []
        refs, end = _whole_captures(path, committed_end)
        os.ftruncate(descriptor, end)
        os.fsync(descriptor)
        if not end:
            path.unlink()
        elif not refs:
            path.rename(path.with_name(path.name.removesuffix(".open")))
        sync_folder(path.parent)
        return refs
    finally:
        os.close(descriptor)


def _whole_captures(path: Path, start: int) -> tuple[list[CaptureRef], int]:
    """The captures behind an offset, and where the last whole one or note ends."""
    refs: list[CaptureRef] = []
    end = start
    try:
        for entry in iter_entries(path, start):
            refs += [entry.ref] if entry.ref else []
            # A file that holds nothing but the record which opens it is as good as empty.
            end = entry.end if entry.ref or entry.note else end
    except TornArchiveError:
        return refs, end
    return refs, path.stat().st_size
