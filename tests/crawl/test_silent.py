"""Fewer articles than this weekday's normal -> silent, in the second visit that sees it, and never without a history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from newscrawl.store.measures import PastVisit
from tests.crawl.histories import HOUR, NOW, SITE, Rate, evenly, hindsight, hourly, past_visit


def falls(rate: Rate, after: dict[str, int], hours: float) -> Rate:
    """That rate, and for the last so many hours another one."""
    return lambda at: after if at > NOW - HOUR * hours else rate(at)


def low(past: Sequence[PastVisit], fresh: dict[str, int]) -> tuple[str, ...] | None:
    return hindsight(past, fresh).measures.low


VOLUMES = [
    ("as always", evenly(ru=8), {"ru": 8}, ()),
    ("one empty hour", evenly(ru=8), {}, ()),
    ("three empty hours", falls(evenly(ru=8), {}, 2.5), {}, ("*", "ru")),
    ("a thin hour after a thick one", falls(evenly(ru=8), {"ru": 9}, 1.5), {"ru": 1}, ()),
    ("a quarter of the normal, for a day", falls(evenly(ru=8), {"ru": 2}, 24), {"ru": 2}, ("*", "ru")),
    ("more than half of the normal, for a week", falls(evenly(ru=8), {"ru": 5}, 168), {"ru": 5}, ()),
    ("one language stops", falls(evenly(ru=8, kk=8), {"ru": 8}, 2.5), {"ru": 8}, ("kk",)),
    ("all languages stop", falls(evenly(ru=8, kk=8), {}, 2.5), {}, ("*", "kk", "ru")),
    ("a language that nobody publishes in", evenly(ru=8), {"ru": 8, "en": 1}, ()),
    ("too few articles for a verdict within hours", lambda at: {"ru": int(at.hour % 6 == 0)}, {}, ()),
]


@pytest.mark.parametrize(("rate", "fresh", "named"), [v[1:] for v in VOLUMES], ids=[v[0] for v in VOLUMES])
def test_what_counts_as_too_few(rate: Rate, fresh: dict[str, int], named: tuple[str, ...]) -> None:
    assert low(hourly(rate), fresh) == named


def test_a_rare_site_is_judged_by_its_week() -> None:
    thrice_a_day: Rate = lambda at: {"ru": int(at.hour % 8 == 0)}  # noqa: E731
    assert low(hourly(falls(thrice_a_day, {}, 5 * 24)), {}) == ()
    assert low(hourly(falls(thrice_a_day, {}, 7 * 24)), {}) == ("*", "ru")


def test_the_second_visit_in_a_row_raises_the_alarm() -> None:
    quiet = falls(evenly(ru=8), {}, 3.5)
    assert hindsight(hourly(quiet, low=()), {}).judgement is None
    assert hindsight(hourly(quiet, low=("*", "ru")), {}).judgement == (
        "silent",
        "0 new in the last 3 h, normally 24",
    )


def test_a_visit_that_was_cut_short_neither_alarms_nor_counts() -> None:
    past = hourly(falls(evenly(ru=8), {}, 4.5), low=("*", "ru"))
    assert hindsight(past, {}, whole=False).judgement is None
    assert hindsight(past, {}, whole=False).measures.low is None
    past.append(past_visit(NOW - HOUR / 2, complete=False))
    assert hindsight(past, {}).judgement is not None, "what the whole visit before it saw still counts"


def test_a_language_that_stops_is_told_by_name() -> None:
    past = hourly(falls(evenly(ru=8, kk=8), {"ru": 8}, 3.5), low=("kk",))
    assert hindsight(past, {"ru": 8}).judgement == (
        "silent",
        "kk: 0 new in the last 3 h, normally 24; other languages go on",
    )


@pytest.mark.parametrize(("days", "named"), [(6.9, None), (7.2, ("*", "ru"))])
def test_there_is_no_volume_alarm_in_the_first_week(days: float, named: tuple[str, ...] | None) -> None:
    assert low(hourly(falls(evenly(ru=8), {}, 2.5), days=days), {}) == named


def test_before_three_weeks_are_known_the_leanest_day_is_normal() -> None:
    weekend: Rate = lambda at: {"ru": 1 if at.weekday() in {3, 4} else 20}  # noqa: E731 - NOW's weekday and the next
    assert low(hourly(weekend, days=15), {"ru": 1}) == ()
    assert low(hourly(weekend, days=40), {"ru": 1}) == ()


def test_each_weekday_has_its_own_normal() -> None:
    lean_thursdays: Rate = lambda at: {"ru": 2 if at.weekday() == 3 else 20}  # noqa: E731
    assert low(hourly(lean_thursdays), {"ru": 2}) == ()


def test_a_backfill_or_an_outage_in_one_week_moves_no_normal() -> None:
    def rate(at: datetime) -> dict[str, int]:
        week = (NOW - at) // timedelta(days=7)
        return {"ru": {1: 900, 3: 0}.get(week, 8)}

    assert low(hourly(rate), {"ru": 8}) == ()


def test_hours_in_which_the_site_was_away_are_no_silence() -> None:
    past = hourly(falls(evenly(ru=8), {}, 3.5), low=("*", "ru"))
    past[-2] = replace(past[-2], verdict="down")
    assert hindsight(past, {}).measures.low is None or hindsight(past, {}).judgement is None


def test_a_site_that_is_visited_once_a_day_is_judged_by_days() -> None:
    daily = replace(SITE, every=timedelta(days=1))
    begun = NOW - timedelta(days=42)
    # Some minutes early or late, as cron is.
    past = [past_visit(begun + timedelta(days=n, minutes=(n * 7) % 11), fresh={"ru": 20}) for n in range(42)]
    assert hindsight(past, {"ru": 18}, site=daily).measures.low == ()
    assert hindsight(past, {"ru": 1}, site=daily).measures.low == ("*", "ru")


def test_a_holiday_on_all_sites_is_no_alarm_of_each() -> None:
    quiet = falls(evenly(ru=8), {}, 3.5)
    past = hourly(quiet, low=("*", "ru"))
    found = hindsight(past, {}, others=[hourly(quiet), hourly(quiet), hourly(evenly(ru=2))])
    assert (found.judgement, found.holiday) == (None, True)
    assert found.remark == "0 new in the last 3 h, normally 24, as on the other sites"
    alone = hindsight(past, {}, others=[hourly(evenly(ru=8)), hourly(evenly(ru=8)), hourly(quiet)])
    assert alone.judgement is not None
    assert not alone.holiday


def test_one_other_site_makes_no_holiday() -> None:
    quiet = falls(evenly(ru=8), {}, 3.5)
    assert hindsight(hourly(quiet, low=("*",)), {}, others=[hourly(quiet)]).judgement is not None
