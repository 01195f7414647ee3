"""A signal ends a crawl cleanly, and the exit code remembers which one it was."""

import signal
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.stopping import StopSignal, say


class Process:
    """What StopSignal needs of Scrapy's process."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.stopped_by: list[int] = []

    def _signal_shutdown(self, number: int, frame: Any) -> None:
        self.stopped_by.append(number)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_exit_code_is_what_a_shell_expects(number: signal.Signals, code: int) -> None:
    process = Process()
    stop = StopSignal(process)  # type: ignore[arg-type]
    assert stop.exit_code is None
    process._signal_shutdown(number, None)
    assert stop.exit_code == code
    assert process.stopped_by == [number], "Scrapy's own clean stop goes on"


def test_the_first_signal_counts() -> None:
    process = Process()
    stop = StopSignal(process)  # type: ignore[arg-type]
    process._signal_shutdown(signal.SIGTERM, None)
    process._signal_shutdown(signal.SIGINT, None)
    assert stop.exit_code == 143


def test_a_line_goes_where_it_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    say("well")
    say("not well", error=True)
    assert capsys.readouterr() == ("well\n", "not well\n")
