"""SIGINT and SIGTERM -> a clean stop by Scrapy, and the memory of which one it was (Scrapy itself exits 0)."""

import sys
from typing import Any

from scrapy.crawler import CrawlerProcessBase

SIGNAL_EXIT_BASE = 128


class StopSignal:
    """Remembers the first signal that a crawler process was sent. `exit_code`: 128 + its number, None when there was none."""

    def __init__(self, process: CrawlerProcessBase) -> None:
        self.number: int | None = None
        self._scrapys_own = process._signal_shutdown  # noqa: SLF001 - Scrapy has no signal for a signal
        process._signal_shutdown = self._remember  # type: ignore[method-assign, assignment]  # noqa: SLF001

    def _remember(self, number: int, frame: Any) -> None:
        self.number = self.number or number
        self._scrapys_own(number, frame)

    @property
    def exit_code(self) -> int | None:
        """What a shell expects of a process that a signal ended."""
        return SIGNAL_EXIT_BASE + self.number if self.number is not None else None


def say(line: str, *, error: bool = False) -> None:
    """One line for the person at the terminal or the reader of cron's mail."""
    stream = sys.stderr if error else sys.stdout
    stream.write(line + "\n")
    stream.flush()
