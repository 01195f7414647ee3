"""What the system knows of reading processes."""

import os
import select
from pathlib import Path

from newscrawl.crawl.reading_pool import ReadingPool

PROC = Path("/proc")


def readers(parent: int) -> set[int]:
    """The reading processes of that process and their fork server, by what the system knows of their session and parent."""
    found = {int(path.name): stat.rpartition(")")[2].split() for path in PROC.glob("[0-9]*") if (stat := _stat(path))}
    children = {pid for pid, fields in found.items() if int(fields[1]) == parent and fields[0] != "Z"}
    return children | {pid for pid, fields in found.items() if int(fields[1]) in children and fields[0] != "Z"}


def worker_pids(pool: ReadingPool) -> list[int]:
    assert pool._running is not None
    return [process.pid or 0 for process in pool._running.pool._pool_manager.worker_manager.workers.values()]


def parent_of(pid: int) -> int:
    return int(_stat(PROC / str(pid)).rpartition(")")[2].split()[1])


def _stat(path: Path) -> str:
    try:
        return (path / "stat").read_text()
    except OSError:
        return ""


def all_ended(processes: list[int], seconds: float) -> bool:
    """Whether all processes, given as descriptors (pidfd), end in that time."""
    ended = [bool(select.select([process], [], [], seconds)[0]) for process in processes]
    for process in processes:
        os.close(process)
    return all(ended)
