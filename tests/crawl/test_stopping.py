"""A signal ends a crawl cleanly, and the exit code remembers which one it was."""

import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from newscrawl.crawl import stopping
from newscrawl.crawl.stopping import StopSignal, say


class Process:
    """What StopSignal needs of Scrapy's process."""

    crawlers: frozenset[Any] = frozenset()

    def _signal_shutdown(self, number: int, frame: Any) -> None:
        raise AssertionError("Scrapy's own stop waits for every download")


class Stop(StopSignal):
    """One whose crawl is a list of reasons, and whose process does not end."""

    def __init__(self, process: Process) -> None:
        self.ended_by: list[str] = []
        self.left_with: list[int] = []
        super().__init__(process, self.ended_by.append, self.left_with.append)  # type: ignore[arg-type]

    def _end_soon(self, why: str) -> None:
        self._end(why)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """The process's own, after the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_exit_code_is_what_a_shell_expects(number: signal.Signals, code: int) -> None:
    process = Process()
    stop = Stop(process)
    assert stop.exit_code is None
    process._signal_shutdown(number, None)
    assert stop.exit_code == code
    assert stop.ended_by == [f"stopped by {number.name}"]
    assert stop.left_with == []


def test_the_first_signal_counts_and_a_second_one_ends_the_process_at_once() -> None:
    process = Process()
    stop = Stop(process)
    process._signal_shutdown(signal.SIGTERM, None)
    signal.raise_signal(signal.SIGINT)
    assert stop.left_with == [143]
    assert stop.exit_code == 143
    assert len(stop.ended_by) == 1


def test_a_process_that_something_holds_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "EXIT_WITHIN_S", 0.0)
    process = Process()
    stop = Stop(process)
    late: list[threading.Timer] = []
    monkeypatch.setattr(threading.Timer, "start", lambda timer: late.append(timer))  # noqa: PLW0108 - a method
    process._signal_shutdown(signal.SIGTERM, None)
    late[0].run()
    assert stop.left_with == [143]
    assert late[0].daemon, "nobody waits for it"


def test_a_line_goes_where_it_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    say("well")
    say("not well", error=True)
    assert capsys.readouterr() == ("well\n", "not well\n")
