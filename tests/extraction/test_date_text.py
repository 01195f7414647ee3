"""Written dates by language, the zones they are read in, and what is no date."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.date_text import parse_date, parse_stamp

TABLES = Path(__file__).parent / "written_dates"
FETCHED_AT = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
LANGUAGES = ("ru", "kk", "kk_latin", "ky", "uz", "uz_cyrillic", "tg", "en")


def rows(name: str) -> list[tuple[str, str, str, str]]:
    """(section, zone, text, expected) of a table: `text => local day [clock] [precision]`; junk has no expectation."""
    zone = section = ""
    found = []
    for line in (TABLES / f"{name}.txt").read_text(encoding="utf8").splitlines():
        if line.startswith("zone "):
            zone = line.removeprefix("zone ")
        elif line in {"absolute", "relative", "junk"}:
            section = line
        else:
            text, _, expected = line.partition(" => ")
            found.append((section, zone, text, expected))
    return found


ALL_ROWS = [row for name in (*LANGUAGES, "iso") for row in rows(name)]


@pytest.mark.parametrize(("section", "zone", "text", "expected"), [row for row in ALL_ROWS if row[0] != "junk"])
def test_a_written_date_is_read_in_the_sites_zone(section: str, zone: str, text: str, expected: str) -> None:
    parts = expected.split()
    precision = "day" if len(parts) == 1 else parts[2] if len(parts) == 3 else "minute"
    local = datetime.fromisoformat(" ".join(parts[:2])).replace(tzinfo=ZoneInfo(zone))
    parsed = parse_date(text, FETCHED_AT, zone)
    assert parsed is not None
    assert (parsed.instant, parsed.day, parsed.precision) == (local.astimezone(UTC), local.date(), precision)
    assert parsed.instant.tzinfo is UTC
    assert parsed.raw == text


@pytest.mark.parametrize(("zone", "text"), [(row[1], row[2]) for row in ALL_ROWS if row[0] == "junk"])
def test_what_is_no_date_of_a_publication_is_none(zone: str, text: str) -> None:
    assert parse_date(text, FETCHED_AT, zone) is None
    assert parse_date(text, FETCHED_AT, zone, ("ru", "kk", "uz", "ky", "en")) is None


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_a_full_table(name: str) -> None:
    sections = [row[0] for row in rows(name)]
    assert sections.count("absolute") >= 30
    assert sections.count("relative") >= 15
    assert sections.count("junk") >= 10


@pytest.mark.parametrize("text", [row[2] for row in ALL_ROWS if row[0] == "relative"])
def test_relative_dates_need_the_moment_of_the_fetch(text: str) -> None:
    assert parse_date(text, None, "Asia/Almaty") is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [  # the clock went from UTC+6 to UTC+5 on 2024-03-01 at 00:00
        ("29 февраля 2024, 12:00", datetime(2024, 2, 29, 6, 0, tzinfo=UTC)),
        ("1 марта 2024, 12:00", datetime(2024, 3, 1, 7, 0, tzinfo=UTC)),
        ("1 наурыз 2024", datetime(2024, 2, 29, 19, 0, tzinfo=UTC)),
        ("29 ақпан 2024", datetime(2024, 2, 28, 18, 0, tzinfo=UTC)),
        ("2024-03-01T12:00:00+06:00", datetime(2024, 3, 1, 6, 0, tzinfo=UTC)),
    ],
)
def test_almaty_is_read_on_both_sides_of_its_change_of_zone(text: str, instant: datetime) -> None:
    parsed = parse_date(text, FETCHED_AT, "Asia/Almaty")
    assert parsed is not None
    assert parsed.instant == instant


def test_a_clock_without_zone_and_without_site_is_a_day() -> None:
    parsed = parse_date("2 мая 2024, 14:05", FETCHED_AT, None)
    assert parsed is not None
    assert (parsed.instant, parsed.day, parsed.precision) == (
        datetime(2024, 5, 2, tzinfo=UTC),
        date(2024, 5, 2),
        "day",
    )


def test_a_zone_that_several_countries_share_leaves_a_day() -> None:
    parsed = parse_date("2 May 2024 14:05 IST", FETCHED_AT, "Asia/Almaty")
    assert parsed is not None
    assert (parsed.day, parsed.precision, parsed.zone_stated) == (date(2024, 5, 2), "day", False)


@pytest.mark.parametrize(
    ("timezone", "day"), [(None, date(2024, 5, 2)), ("Asia/Almaty", date(2024, 5, 3)), ("Mars/Base", date(2024, 5, 2))]
)
def test_a_stated_zone_fixes_the_instant_and_the_sites_zone_the_day(timezone: str | None, day: date) -> None:
    parsed = parse_date("2024-05-02T21:30:00Z", FETCHED_AT, timezone)
    assert parsed is not None
    assert (parsed.instant, parsed.day) == (datetime(2024, 5, 2, 21, 30, tzinfo=UTC), day)
    assert parsed.zone_stated


def test_tomorrow_in_almaty_is_not_the_future_when_it_has_begun_there() -> None:
    at_night = datetime(2024, 5, 2, 19, 30, tzinfo=UTC)
    parsed = parse_date("3 мая 2024", at_night, "Asia/Almaty")
    assert parsed is not None
    assert parsed.day == date(2024, 5, 3)
    assert parse_date("3 мая 2024", at_night - timedelta(hours=2), "Asia/Almaty") is None
    today = parse_date("Сегодня, 00:10", at_night, "Asia/Almaty")
    assert today is not None
    assert today.instant == datetime(2024, 5, 2, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize(("minutes_ahead", "believed"), [(-1, True), (10, True), (20, False), (60, False)])
def test_a_servers_clock_may_run_a_little_ahead(minutes_ahead: int, believed: bool) -> None:
    stamp = (FETCHED_AT + timedelta(minutes=minutes_ahead)).isoformat()
    assert (parse_date(stamp, FETCHED_AT, None) is not None) is believed


def test_without_the_moment_of_the_fetch_the_future_is_not_judged() -> None:
    parsed = parse_date("2 мая 2031, 14:05", None, "Asia/Almaty")
    assert parsed is not None
    assert parsed.day == date(2031, 5, 2)


@pytest.mark.parametrize(
    ("text", "fetched_at", "day"),
    [
        ("31 декабря, 23:50", datetime(2024, 1, 1, 3, 0, tzinfo=UTC), date(2023, 12, 31)),
        ("1 января, 00:05", datetime(2023, 12, 31, 19, 0, tzinfo=UTC), date(2024, 1, 1)),
        ("29 февраля, 10:00", datetime(2023, 6, 1, tzinfo=UTC), date(2020, 2, 29)),
    ],
)
def test_a_missing_year_is_that_of_the_latest_past_instant(text: str, fetched_at: datetime, day: date) -> None:
    parsed = parse_date(text, fetched_at, "Asia/Almaty")
    assert parsed is not None
    assert parsed.day == day


def test_a_moment_of_the_fetch_without_zone_is_taken_as_utc() -> None:
    naive = FETCHED_AT.replace(tzinfo=None)
    assert parse_date("3 часа назад", naive, "Asia/Almaty") == parse_date("3 часа назад", FETCHED_AT, "Asia/Almaty")


@pytest.mark.parametrize(
    ("text", "language"),
    [("2 marraskuuta 2023", "fi"), ("2 Kasım 2023", "tr"), ("2 Νοεμβρίου 2023", "el"), ("2. november 2023", "et")],
)
def test_other_languages_have_the_second_opinion(text: str, language: str) -> None:
    parsed = parse_date(text, FETCHED_AT, None, [language])
    assert parsed is not None
    assert parsed.day == date(2023, 11, 2)


@pytest.mark.parametrize(
    "text",
    ["2024 noyabr", "концерт 2 ноября 2023 в 19:00", "3 из 10 2023 года", "Фото 2023 года, часть 2", "12 друзей 2011"],
)
def test_the_second_opinion_may_not_invent_the_missing_part(text: str) -> None:
    assert parse_date(text, FETCHED_AT, "Asia/Almaty", ["ru", "uk", "az"]) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1714640700", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
        ("1714640700000", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
        ("1714640700.0", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
        ("20240502140500", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
        ("202405021405", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
        ("20240502", datetime(2024, 5, 1, 19, 0, tzinfo=UTC)),
        ("2 мая 2024, 14:05", datetime(2024, 5, 2, 9, 5, tzinfo=UTC)),
    ],
)
def test_an_attribute_may_hold_unix_time_or_bare_digits(raw: str, expected: datetime) -> None:
    parsed = parse_stamp(raw, FETCHED_AT, "Asia/Almaty")
    assert parsed is not None
    assert parsed.instant == expected


@pytest.mark.parametrize("raw", ["1", "99999999", "20241399", "9999999999999", "7771234567", "00000000", "6314880000"])
def test_other_numbers_in_an_attribute_are_none(raw: str) -> None:
    assert parse_stamp(raw, FETCHED_AT, "Asia/Almaty") is None


def test_a_zone_that_is_known_to_be_wrong_leaves_the_bare_clock() -> None:
    for stamp in ("2024-05-02T14:05:00+06:00", "2024-05-02T14:05:00+05:00", "2024-05-02T14:05:00Z"):
        parsed = parse_stamp(stamp, FETCHED_AT, "Asia/Almaty", believe_zone=False)
        assert parsed is not None
        assert parsed.instant == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)


@given(
    st.one_of(st.text(max_size=200), st.text(alphabet="0123456789 .:-+/,TZмаяmay", max_size=60)),
    st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
    st.sampled_from([None, "Asia/Almaty", "", "Nowhere", "../etc/passwd", "Pacific/Kiritimati"]),
)
def test_no_text_raises(text: str, fetched_at: datetime | None, timezone: str | None) -> None:
    parsed = parse_date(text, fetched_at, timezone, ["ru", "xx"])
    assert parsed is None or parsed.raw == text
    parse_stamp(text, fetched_at, timezone)


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "9" * 100_000, "мая " * 50_000, "2024-" * 20_000, None])
def test_hostile_text_is_none(text: str | None) -> None:
    assert parse_date(text, FETCHED_AT, "Asia/Almaty") is None
