"""A time limit around a site's file: one that never comes back from its import must not hang every run for ever."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

# The slowest file of ours takes 20 ms, the first one Scrapy's import on top; a machine under load takes ten times that.
IMPORT_TIMEOUT_S = 20.0
# A file that swallows the error (`except Exception` in a loop) meets it again.
AGAIN_EVERY_S = 1.0


class ImportTimeout(BaseException):
    """The file did not come back in time. No `Exception`: a file that catches those would catch this one."""


@contextmanager
def import_limit(seconds: float = IMPORT_TIMEOUT_S) -> Iterator[None]:
    """Raises `ImportTimeout` inside the block once its time is over; in another thread than the first there is no limit.

    A timer that somebody else had set runs on afterwards, with the time that is left of it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: Any) -> None:
        raise ImportTimeout(f"its import took more than {seconds:g} s")

    handler_before = signal.signal(signal.SIGALRM, over)
    begun_s = monotonic()
    left_s, every_s = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_EVERY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler_before)
        if left_s:
            signal.setitimer(signal.ITIMER_REAL, max(left_s - (monotonic() - begun_s), 0.001), every_s)
