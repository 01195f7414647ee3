"""A site's file that never comes back costs its own site."""

import signal
import sys
import threading
from pathlib import Path
from time import monotonic

import pytest
from scrapy.settings import Settings

from newscrawl.crawl import import_limit as limit
from newscrawl.crawl.import_limit import ImportTimeout, import_limit
from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.spider import NewsSpider

LOOPS = {
    "endless": "while True:\n    pass\n",
    "asleep": "import threading\nthreading.Event().wait()\n",
    "stubborn": "while True:\n    try:\n        while True:\n            pass\n    except Exception:\n        pass\n",
}
GOOD = """
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Site


class Good(NewsSpider):
    name = "good"
    site = Site(name="good", home="https://good.example/")
"""


@pytest.mark.parametrize("text", LOOPS.values(), ids=list(LOOPS))
def test_a_file_that_never_comes_back_is_left_out(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    package = f"looping_{request.node.callspec.id}"
    folder = tmp_path / package
    folder.mkdir()
    for name, content in {"__init__": "", "bad": text, "good": GOOD}.items():
        (folder / f"{name}.py").write_text(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("newscrawl.crawl.project.import_limit", lambda: import_limit(0.3))
    assert NewsSpider, "loaded before the time runs"
    loader = SiteLoader(Settings({"SPIDER_MODULES": [package]}))
    assert loader.list() == ["good"]
    assert list(loader.broken) == ["bad"]
    assert f"{package}/bad.py, line " in loader.broken["bad"]
    assert "ImportTimeout: its import took more than 0.3 s" in loader.broken["bad"]
    sys.modules.pop(f"{package}.bad", None)


def test_a_timer_that_was_set_before_runs_on() -> None:
    signal.setitimer(signal.ITIMER_REAL, 50, 7)
    try:
        with import_limit(30):
            pass
        left_s, every_s = signal.getitimer(signal.ITIMER_REAL)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert 40 < left_s <= 50
    assert every_s == 7


def test_the_handler_that_was_there_is_there_again() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with import_limit(30):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0 or before is not signal.SIG_DFL


def test_another_thread_has_no_limit_and_no_error() -> None:
    ended = []
    thread = threading.Thread(target=lambda: ended.append(_passes()))
    thread.start()
    thread.join(5)
    assert ended == [True]


def _passes() -> bool:
    with import_limit(0.001):
        return True


def test_an_import_that_swallows_the_error_meets_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "AGAIN_EVERY_S", 0.05)
    met = 0
    begun_s = monotonic()
    with pytest.raises(ImportTimeout), import_limit(0.05):  # noqa: PT012 - the loop is what is tried
        while met < 2 and monotonic() - begun_s < 5:
            try:
                threading.Event().wait(5)
            except ImportTimeout:
                met += 1
        threading.Event().wait(5)
    assert met == 2
