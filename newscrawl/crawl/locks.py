"""Locks beside the data: one `run` at a time, one crawl of a site at a time. A dead holder's lock is free."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from newscrawl.store.errors import store_errors

LOCK_HELD_EXIT_CODE = 75  # EX_TEMPFAIL of sysexits.h: try again later


class LockHeldError(Exception):
    """Another process holds the lock: the message names it, since when, and what is locked."""


@contextmanager
def run_lock(data: Path) -> Iterator[None]:
    """Held by `newscrawl run`. Raises `LockHeldError` at once when another run holds it, `StoreError` on an unusable folder."""
    with _lock(data / "locks" / "run.lock", f"a run on {data}"):
        yield


@contextmanager
def site_lock(data: Path, site: str) -> Iterator[None]:
    """Held while a site is crawled, whichever command crawls it."""
    with _lock(data / "locks" / f"site-{site}.lock", f"a crawl of {site}"):
        yield


@contextmanager
def _lock(path: Path, what: str) -> Iterator[None]:
    # The kernel frees a lock with its process: one that a killed run left behind is taken over without a question.
    lock = FileLock(path, timeout=0)
    try:
        with store_errors(path.parent.parent):
            _acquire(lock, path, what)
        yield
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, path: Path, what: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire()
    except Timeout:
        raise LockHeldError(f"{what} is under way already{_holder(path)}") from None
    note = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
    path.with_suffix(".json").write_text(json.dumps(note), encoding="utf-8")


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        os.kill(note["pid"], 0)
        return f" (process {note['pid']}, since {note['since']})"
    except PermissionError:  # it lives, and is another user's
        return f" (process {note['pid']}, since {note['since']})"
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return ""  # unreadable, or of a holder before this one, which has not written its own yet
