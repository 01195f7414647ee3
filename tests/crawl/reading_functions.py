"""Pages that ill-treat their reader: what a reading process is asked to run in the tests. The body says what to do."""

import ctypes
import logging
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from newscrawl.extraction.draft import Draft
from newscrawl.site import Site


class TwoArguments(Exception):
    """Pickles, and cannot be unpickled."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


class Unpicklable(str):
    """A text that cannot leave its process, as lxml's smart strings."""

    def __reduce__(self) -> Any:
        raise pickle.PicklingError("it holds on to its tree")


def behave(html: bytes, url: str, fetched_at: datetime | None, site: Site | None, content_type: str | None) -> Draft:
    """Do what the body says."""
    word, _, rest = html.decode().partition(" ")
    if word == "modules":
        return Draft(url=url, text=" ".join(sorted(sys.modules)))
    if word == "state":
        ignored = [s.name for s in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(s) is signal.SIG_IGN]
        return Draft(url=url, title=str(os.getpid()), tags=tuple(ignored))
    if word == "unpicklable":
        return Draft(url=url, title=Unpicklable("title"))
    if word in ILL_TREATMENTS:
        ILL_TREATMENTS[word](rest)
    return Draft(url=url, title=word, text=rest, section=site.name if site else None, agency=content_type)


def _spin(_: str) -> None:
    while True:
        pass


def _recurse(rest: str) -> None:
    _recurse(rest)


def _raise(_: str) -> None:
    raise TwoArguments("no", "good")


def _log(_: str) -> None:
    logging.getLogger("newscrawl.extraction").error("half of it was unreadable")
    logging.getLogger("trafilatura").error("nobody needs to know")


ILL_TREATMENTS: dict[str, Callable[[str], object]] = {
    "sleep": lambda rest: time.sleep(float(rest)),
    "spin": _spin,
    "segfault": lambda _: ctypes.string_at(0),
    "exit": lambda rest: os._exit(int(rest)),
    "kill": lambda rest: os.kill(os.getpid(), int(rest)),
    "allocate": lambda rest: bytearray(int(rest)),
    "recurse": _recurse,
    "raise": _raise,
    "log": _log,
}
