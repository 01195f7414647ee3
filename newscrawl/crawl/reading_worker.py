"""One step over one page, inside a reading process -> an `Outcome`: the draft, or in words why there is none.

Reading processes import this module and what they read with, nothing else of the crawl.
"""

import logging
import math
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.extraction.draft import Draft

ReadFunction = Callable[..., Draft]

ORPHAN_GRACE_S = 2
LOG_LINE_MAX_CHARS = 4000
VIRTUAL_MEMORY = Path("/proc/self/statm")  # its first number is the process's whole address space in memory pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading process answers. `log`: the error lines of our own code on the way, for the crawl's log."""

    draft: Draft | None
    problem: str = ""
    log: tuple[str, ...] = ()


class _Lines(logging.Handler):
    """Keeps formatted lines until they are taken."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record)[:LOG_LINE_MAX_CHARS])

    def take(self) -> tuple[str, ...]:
        lines, self.lines = tuple(self.lines), []
        return lines


_log = _Lines()


def start_worker(memory_mb: int) -> None:
    """What a reading process does once, before its first page."""
    # Ctrl-C, `timeout` and systemd signal the whole group: the crawl decides when its readers stop, and kills them itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' warnings on standard error are mail from cron
    logging.getLogger("newscrawl").addHandler(_log)
    _limit_memory(memory_mb)


def answer() -> Outcome:
    """Nothing is read: a process that answers has started and imported everything."""
    return Outcome(None)


def read_guarded(function: ReadFunction, timeout_s: float, *given: Any) -> Outcome:
    """One step over one page. Exceptions become words here: one that cannot be unpickled would break the whole pool."""
    _limit_time(timeout_s)
    try:
        return Outcome(function(*given), log=_log.take())
    except MemoryError:
        return Outcome(None, "reading needed too much memory", _log.take())
    except Exception as error:  # noqa: BLE001 - the edge of the process: it goes back as a reason and a log line
        problem = f"reading failed: {type(error).__name__}: {error}"
        return Outcome(None, problem, (*_log.take(), traceback.format_exc()[-LOG_LINE_MAX_CHARS:]))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(memory_mb: int) -> None:
    """Let the address space grow by that much from here. Measured from here, because what libraries map differs by machine."""
    if not VIRTUAL_MEMORY.exists():
        return
    mapped = int(VIRTUAL_MEMORY.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory_mb * 1024 * 1024, hard))


def _limit_time(timeout_s: float) -> None:
    """Ends this process when nobody is left to do so: the crawl, which stops a slow page, may have been killed itself."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    budget = math.ceil(usage.ru_utime + usage.ru_stime + timeout_s) + ORPHAN_GRACE_S
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (budget, hard))
    signal.setitimer(signal.ITIMER_REAL, timeout_s + ORPHAN_GRACE_S)
