"""A crawl that is asked to stop ends within ten seconds, whatever it waits for, and leaves nothing without a fate."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import NamedTuple

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, crawl, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, TIMEZONE, news_site

pytestmark = pytest.mark.timeout(300)
HELD = STORIES[4].path
WITHIN_S = 10.0
"""What is promised; the crawl's own last resort comes half a second earlier."""


class Stopped(NamedTuple):
    """A crawl that was sent a signal; took_s: from the signal to its end."""

    crawled: Crawled
    took_s: float


def stop(
    site: LocalSite, data: Path, path: str, *, number: int = signal.SIGTERM, times: int = 1, more: str = ""
) -> Stopped:
    """Start a crawl, and send the signal when the path is asked for."""
    given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}", *more.split())
    with subprocess.Popen(
        command(data, *given), cwd=REPOSITORY, env=environment(), stderr=subprocess.PIPE, text=True
    ) as crawling:
        assert site.when_asked(path).wait(LIMIT_S)
        begun_s = monotonic()
        for _ in range(times):
            crawling.send_signal(number)
            Event().wait(0.3)  # two signals of one kind that wait are one
        _, lines = crawling.communicate(timeout=LIMIT_S)
    return Stopped(Crawled(exit_code=crawling.returncode, lines=lines, data=data), monotonic() - begun_s)


def hangs(site: LocalSite) -> str:
    site.pages[HELD] = Answer(body=STORIES[4].page, gate=Event())
    return HELD


def drips(site: LocalSite) -> str:
    """The announced bytes never come."""
    site.pages[HELD] = Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n<p>", gate=None)
    return HELD


def asks_for_patience(site: LocalSite) -> str:
    site.pages[HELD] = Answer(status=503, headers=(("Retry-After", "100"),))
    return HELD


def keeps_its_robots_file(site: LocalSite) -> str:
    site.pages["/robots.txt"] = Answer(body="User-agent: *\nAllow: /", gate=Event())
    return "/robots.txt"


WAITS: list[Callable[[LocalSite], str]] = [hangs, drips, asks_for_patience, keeps_its_robots_file]


@pytest.mark.parametrize("wait", WAITS, ids=[wait.__name__ for wait in WAITS])
def test_what_a_crawl_waits_for_does_not_hold_a_stop(wait: Callable[[LocalSite], str], tmp_path: Path) -> None:
    with news_site() as site:
        stopped, took_s = stop(site, tmp_path / "data", wait(site))
    assert took_s < WITHIN_S
    assert stopped.exit_code == 143, stopped.lines
    assert "stopped by SIGTERM" in stopped.lines
    assert "Traceback" not in stopped.lines
    assert "fetching" not in stopped.fates().values()
    assert stopped.rows("SELECT complete FROM site_runs WHERE ended_at IS NOT NULL") == [{"complete": 0}]
    assert stopped.rows("SELECT count(*) AS n FROM hosts WHERE robots_text = ''") == [{"n": 0}], (
        "a stop is no permission"
    )
    assert not list((stopped.data / "archive").glob("*.open"))


def test_a_delay_between_requests_is_not_waited_out(tmp_path: Path) -> None:
    with news_site() as site:
        stopped, took_s = stop(
            site, tmp_path / "data", STORIES[0].path, number=signal.SIGINT, more="-s DOWNLOAD_DELAY=1"
        )
        asked = sum(path in {story.path for story in STORIES} for path in site.paths())
        ended = crawl(site, tmp_path / "data")
    assert stopped.exit_code == 130, stopped.lines
    assert took_s < WITHIN_S
    assert asked < len(STORIES), "the rest was not asked for"
    assert ended.exit_code == 0, ended.lines
    stored = ended.rows("SELECT count(*) AS n FROM articles")
    assert stored == [{"n": len(STORIES)}], "the next run carries on"


def test_a_second_signal_ends_the_process_at_once_and_the_next_crawl_carries_on(tmp_path: Path) -> None:
    with news_site() as site:
        hangs(site)
        stopped, took_s = stop(site, tmp_path / "data", HELD, times=2)
        assert stopped.exit_code == 143, stopped.lines
        assert took_s < 3
        assert "fetching" in stopped.fates().values(), "nothing was put in order"
        site.pages[HELD] = Answer(body=STORIES[4].page)
        ended = crawl(site, tmp_path / "data")
    assert ended.exit_code == 0, ended.lines
    assert ended.rows("SELECT count(*) AS n FROM articles") == [{"n": len(STORIES)}]
    assert ended.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert not list((ended.data / "archive").glob("*.open"))
