"""A crawl that runs -> the memory and CPU of its process and of its reading processes, now and at most, from /proc (Linux).

Resident memory counts what a process shares with others, too; private memory is its own alone. Reading processes share with
their fork server what it had loaded before they began, so only their private memory comes on top.
"""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

KIB_PER_MIB = 1024
EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Memory:
    """One moment. crawl: resident, of the crawl process; readers: private, of all others together (the fork server is one of
    them); processes: how many those are. In MiB."""

    crawl: float = 0.0
    readers: float = 0.0
    processes: int = 0

    @property
    def whole(self) -> float:
        """The figure that bounds are set on."""
        return self.crawl + self.readers

    def __str__(self) -> str:
        return f"{self.crawl:.0f} MB crawl + {self.readers:.0f} MB private to {self.processes} reading processes"


def memory_of(pid: int) -> Memory:
    """Now. Processes that end meanwhile count nothing."""
    others = descendants(pid)
    private = sum(_mib(other, "Private_Clean", "Private_Dirty") for other in others)
    return Memory(_mib(pid, "Rss"), private, len(others))


def descendants(pid: int) -> list[int]:
    """The processes below one, at any depth."""
    found: list[int] = []
    for thread in _existing(Path(f"/proc/{pid}/task")):
        children = (thread / "children").read_text().split() if thread.exists() else []
        for child in map(int, children):
            found += [child, *descendants(child)]
    return found


def _existing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []


def _mib(pid: int, *names: str) -> float:
    """The sum of some lines of the process's memory map; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.split(":")[0] in names) / KIB_PER_MIB


def _cpu_s(pid: int) -> float:
    """Seconds of CPU of a process; 0 for one that is gone."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


class Watch:
    """Looks at a process again and again, in a `with` block. idle: what `rest()` saw last; peak: the most at one time;
    crawl_peak: the most of the crawl process alone."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.idle = self.peak = self.crawl_peak = Memory()
        self._cpu_s: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def rest(self) -> Memory:
        """Call it while the crawl has nothing to do: this is the state that the peak is measured from."""
        self.idle = memory_of(self.pid)
        return self.idle

    @property
    def rise(self) -> float:
        """The peak above the idle state, MiB."""
        return self.peak.whole - self.idle.whole

    @property
    def cpu_s(self) -> float:
        """Seconds of CPU of all of them, those that have ended included (to the last look at them)."""
        return sum(self._cpu_s.values())

    def _look(self) -> None:
        while not self._over.wait(EVERY_S):
            now = memory_of(self.pid)
            self.peak = max(self.peak, now, key=lambda memory: memory.whole)
            self.crawl_peak = max(self.crawl_peak, now, key=lambda memory: memory.crawl)
            self._cpu_s |= {pid: _cpu_s(pid) or self._cpu_s.get(pid, 0.0) for pid in (self.pid, *descendants(self.pid))}

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
