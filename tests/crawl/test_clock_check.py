"""The Date header of a site's answers against the machine's clock, in a real crawl without a clock that was handed in."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl.crawl.clock_check import ClockCheck
from newscrawl.crawl.visit import Visit
from tests.crawl.test_visit_of import crawler_with

NOW = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)


class Signals:
    """Notes what is connected."""

    def __init__(self) -> None:
        self.connected: list[object] = []

    def connect(self, receiver: object, signal: object) -> None:
        self.connected.append(signal)


def noted(headers: dict[str, str], settings: dict[str, str] | None = None) -> float | None:
    visit = Visit(site="vesti_example")
    crawler = crawler_with(type("Recorder", (), {"visit": visit})())
    crawler.settings = Settings(settings or {"NEWSCRAWL_NOW": NOW.isoformat()})
    ClockCheck(crawler).answer_came(Response("https://vesti.example/", headers=headers))  # type: ignore[arg-type]
    return visit.clock_off_s


@pytest.mark.parametrize(
    ("headers", "off_s"),
    [
        ({"Date": format_datetime(NOW + timedelta(hours=3), usegmt=True)}, 10_800.0),
        ({"Date": format_datetime(NOW - timedelta(minutes=5), usegmt=True)}, -300.0),
        ({"Date": "Thu, 02 May 2024 12:10:00 -0000"}, 600.0),
        ({"Date": format_datetime(NOW - timedelta(days=1), usegmt=True), "Age": "86400"}, None),
        ({"Date": "yesterday"}, None),
        ({"Date": ""}, None),
        ({}, None),
    ],
)
def test_how_far_a_servers_clock_lies_from_ours(headers: dict[str, str], off_s: float | None) -> None:
    found = noted(headers)
    assert found is None if off_s is None else found == pytest.approx(off_s, abs=2)


@pytest.mark.parametrize(("handed_in", "listens"), [(None, True), (NOW.isoformat(), False)])
def test_a_clock_that_was_handed_in_is_compared_with_nobodys(handed_in: str | None, listens: bool) -> None:
    crawler = crawler_with(None)
    crawler.settings, crawler.signals = Settings({"NEWSCRAWL_NOW": handed_in}), Signals()
    ClockCheck.from_crawler(crawler)
    assert bool(crawler.signals.connected) is listens


def test_the_extension_is_switched_on(repository: Path) -> None:
    from newscrawl import settings

    assert "newscrawl.crawl.clock_check.ClockCheck" in settings.EXTENSIONS
