"""The clock of a crawl: the machine's, or one that was set."""

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.clock import Clock


def clock(now: str | None) -> Clock:
    return Clock.from_settings(Settings({"NEWSCRAWL_NOW": now}))


@pytest.mark.parametrize("unset", [None, ""])
def test_without_a_setting_it_is_the_machines(unset: str | None) -> None:
    machine = datetime.now(UTC)  # noqa: TID251 - the one clock that this test is about
    assert abs(clock(unset).now() - machine) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "text", ["2024-05-02T12:00:00+00:00", "2024-05-02T12:00:00", "2024-05-02T12:00:00Z", "2024-05-02T17:00:00+05:00"]
)
def test_an_instant_that_was_set_is_now_and_goes_on(text: str) -> None:
    now = clock(text).now()
    assert timedelta(0) <= now - datetime(2024, 5, 2, 12, tzinfo=UTC) < timedelta(seconds=5)


def test_it_gives_aware_instants_in_utc_to_the_second() -> None:
    now = clock(None).now()
    assert now.tzinfo is UTC
    assert now.microsecond == 0


@pytest.mark.parametrize("text", ["tomorrow", "0001-01-01", "9999-12-31T23:59:59Z"])
def test_a_now_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Clock.from_settings(Settings({"NEWSCRAWL_NOW": text}))
