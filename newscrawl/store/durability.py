"""What the archive asks of the file system: a lock that dies with its holder, and names that survive a power cut."""

import fcntl
import os
from pathlib import Path


def try_lock(descriptor: int) -> bool:
    """Take the file's lock (flock) for as long as the descriptor is open; False when another process or writer holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync_file(path: Path) -> None:
    """Make a file's content durable."""
    _sync(path, os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Make the folder's new, changed and removed names durable: syncing a file does not sync its name."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reason_of(error: OSError) -> str:
    """The operating system's reason in its own words, fit for the middle of a sentence: "no space left on device"."""
    return (error.strerror or str(error)).lower()
