"""SIGINT and SIGTERM -> a clean stop within ten seconds, and the memory of which one it was (Scrapy itself exits 0).

the first signal ...... every visit is ended (see ending.py); what is under way is finished, what is not waits in the queue
a second one .......... the process ends at once, like one that was killed: the next run takes up what it left
after EXIT_WITHIN_S ... the same, whatever still holds the process: a name server that does not answer, a disk that hangs
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from scrapy.crawler import CrawlerProcessBase
from scrapy.utils.ossignal import install_shutdown_handlers

from newscrawl.crawl.ending import end_visit

SIGNAL_EXIT_BASE = 128
# Service managers and people wait about ten seconds before they send SIGKILL.
EXIT_WITHIN_S = 9.5


class StopSignal:
    """Remembers the first signal that a crawler process was sent. `exit_code`: 128 + its number, None when there was none.

    end: called with the reason, in the crawl's thread; by default it ends every visit of the process. exit_now: ends the
    process without any more ado.
    """

    def __init__(
        self,
        process: CrawlerProcessBase,
        end: Callable[[str], None] | None = None,
        exit_now: Callable[[int], None] = os._exit,
    ) -> None:
        self.number: int | None = None
        self._process = process
        self._end = end or self.end_visits
        self._exit_now = exit_now
        # Scrapy has no signal for a signal, and its own stop waits for as long as the slowest download and Retry-After.
        process._signal_shutdown = self._stop  # type: ignore[method-assign, assignment]  # noqa: SLF001

    def end_visits(self, why: str) -> None:
        """End the visits of all crawlers of the process."""
        for crawler in tuple(self._process.crawlers):
            end_visit(crawler, why)

    def _stop(self, number: int, frame: Any) -> None:
        self.number = self.number or number
        install_shutdown_handlers(self._stop_now)
        # A daemon, so that a crawl that ends in time does not wait for it.
        late = threading.Timer(EXIT_WITHIN_S, self._exit_now, (SIGNAL_EXIT_BASE + self.number,))
        late.daemon = True
        late.start()
        self._end_soon(f"stopped by {signal.Signals(number).name}")

    def _end_soon(self, why: str) -> None:
        from twisted.internet import reactor  # not before the process has chosen one

        # In a signal's handler nothing may be logged or awaited: it interrupts whatever was being done.
        reactor.callFromThread(self._end, why)

    def _stop_now(self, number: int, frame: Any) -> None:
        self._exit_now(SIGNAL_EXIT_BASE + (self.number or number))

    @property
    def exit_code(self) -> int | None:
        """What a shell expects of a process that a signal ended."""
        return SIGNAL_EXIT_BASE + self.number if self.number is not None else None


def say(line: str, *, error: bool = False) -> None:
    """One line for the person at the terminal or the reader of cron's mail."""
    stream = sys.stderr if error else sys.stdout
    stream.write(line + "\n")
    stream.flush()
