"""A written date -> an instant in UTC, its day in the site's own calendar, and how precise it is.

Own strict patterns answer first (`date_reading`, microseconds); dateparser is only the second opinion for what they do not know.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from newscrawl.article import Precision
from newscrawl.extraction.date_opinion import second_opinion
from newscrawl.extraction.date_reading import Reading, read_strictly
from newscrawl.extraction.date_tokens import FIRST_YEAR

# A server's clock may run ahead of ours. More would let in the hour by which a site's wrong zone is off.
CLOCK_ALLOWANCE = timedelta(minutes=15)
# Without a zone a day is in the future only when it has begun nowhere: the earliest zone is UTC+14.
_EARLIEST_ZONE = timedelta(hours=14)
# The zones that "вчера" may have been written in where nobody says: further ones are hardly lived in.
_WESTMOST, _EASTMOST = timedelta(hours=-8), timedelta(hours=11)
_DIGITS = re.compile(r"([0-9]{8}|[0-9]{10}|[0-9]{12,14})(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date that was written.

    instant: aware, UTC; for a day its local midnight, or midnight UTC where nobody knows the zone. day: in the site's own
    calendar (in the stated zone's where the site's is unknown). precision: a clock that nobody can place is a "day".
    raw: the text as it was handed in. zone_stated: the text itself says its zone.
    """

    instant: datetime
    day: date
    precision: Precision
    raw: str
    zone_stated: bool = False


def parse_date(
    text: str | None,
    fetched_at: datetime | None = None,
    timezone: str | None = None,
    languages: Iterable[str] | None = None,
) -> ParsedDate | None:
    """What a written date means, None when it is no date and nothing else. Never raises.

    fetched_at: when it was read; without it "вчера", "2 мая, 14:05" and the future cannot be judged: the first two are
    None. timezone: the site's IANA name. languages: ISO 639-1 codes that the second opinion may use.
    """
    if not text:
        return None
    zone = zone_named(timezone)
    reading = _read(text, fetched_at, timezone if zone else None, languages)
    return place(reading, text, fetched_at, zone) if reading else None


def parse_stamp(
    text: str,
    fetched_at: datetime | None,
    timezone: str | None,
    languages: Iterable[str] | None = None,
    believe_zone: bool = True,
) -> ParsedDate | None:
    """A date out of an attribute or a source for machines: what `parse_date()` reads, and Unix time and bare digits too.

    believe_zone=False: the zones that the text states are wrong, its clock is the site's own.
    """
    zone = zone_named(timezone)
    reading = _read_digits(text.strip())
    if reading is None:
        reading = _read(text, fetched_at, timezone if zone else None, languages)
        if reading and not believe_zone:
            reading = replace(reading, zone=None, zone_unknown=False)
    return place(reading, text, fetched_at, zone) if reading else None


def _read(
    text: str, fetched_at: datetime | None, timezone: str | None, languages: Iterable[str] | None
) -> Reading | None:
    """The strict reading; where that knows no such form, the second opinion: it is not asked about a 31 February."""
    try:
        return read_strictly(text) or second_opinion(text, fetched_at, timezone, languages)
    except (ValueError, OverflowError):
        return None


def is_stamp(text: str) -> bool:
    """Whether a text is Unix time or a day in bare digits, as attributes have it: `parse_stamp()` reads it, `parse_date()` does not."""
    return _read_digits(text.strip()) is not None


def _read_digits(text: str) -> Reading | None:
    """Unix time in seconds or milliseconds, `20240502`, `20240502140500`; None for anything else."""
    match = _DIGITS.fullmatch(text)
    if not match:
        return None
    digits = match[1]
    try:
        if len(digits) in {10, 13}:
            moment = datetime.fromtimestamp(int(digits[:10]), UTC)
            return Reading(day=moment.date(), clock=moment.time(), zone=UTC)
        moment = datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return Reading(day=moment.date(), clock=moment.time() if len(digits) > 8 else None)


@lru_cache(maxsize=256)
def zone_named(name: str | None) -> tzinfo | None:
    """The IANA zone of that name, None when there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def place(reading: Reading, raw: str, fetched_at: datetime | None, zone: tzinfo | None) -> ParsedDate | None:
    """A reading in time: with the moment it was read at and the site's zone. None where it cannot be, or lies ahead."""
    if fetched_at and fetched_at.tzinfo is None:
        fetched_at = fetched_at.replace(tzinfo=UTC)
    try:
        if reading.day:
            return _place_day(reading.day, reading, raw, fetched_at, zone)
        if fetched_at is None:
            return None
        if reading.ago is not None:
            return _place_ago(reading, reading.ago, raw, fetched_at, zone)
        if reading.days_back is not None:
            today = _today(fetched_at, reading.zone or zone)
            return (
                _place_day(today - timedelta(days=reading.days_back), reading, raw, fetched_at, zone) if today else None
            )
        year = fetched_at.astimezone(reading.zone or zone or UTC).year
        return _place_yearless(year, reading, raw, fetched_at, zone)
    except (ValueError, OverflowError):  # the 31st of February, the year 0 or 10000
        return None


def _place_ago(
    reading: Reading, ago: timedelta, raw: str, fetched_at: datetime, zone: tzinfo | None
) -> ParsedDate | None:
    instant = fetched_at.astimezone(UTC) - ago
    if reading.unit == "day":  # "2 дня назад" counts days, not hours: its clock would be invented
        today = _today(fetched_at, zone)
        return _place_day(today - timedelta(days=ago.days), reading, raw, fetched_at, zone) if today else None
    if instant.year < FIRST_YEAR:
        return None
    return ParsedDate(instant, instant.astimezone(zone or UTC).date(), reading.unit, raw)


def _today(fetched_at: datetime, zone: tzinfo | None) -> date | None:
    """The day that it was there. Where the zone is not known, the day that it was in all lived-in ones, or None: at 23:30 UTC
    "вчера" is one day in Almaty and another in London."""
    if zone is not None:
        return fetched_at.astimezone(zone).date()
    at = fetched_at.astimezone(UTC)
    earliest, latest = (at + _WESTMOST).date(), (at + _EASTMOST).date()
    return latest if earliest == latest else None


def _place_yearless(
    year: int, reading: Reading, raw: str, fetched_at: datetime, zone: tzinfo | None
) -> ParsedDate | None:
    """The latest past instant of that month, day and clock; within nine years there has been a 29 February."""
    if reading.month_day is None or reading.clock is None:
        return None
    month, day = reading.month_day
    for candidate in range(year + ((month, day) == (1, 1)), year - 9, -1):
        if (month, day) == (2, 29) and candidate % 4:
            continue
        if placed := _place_day(date(candidate, month, day), reading, raw, fetched_at, zone):
            return placed
    return None


def _place_day(
    day: date, reading: Reading, raw: str, fetched_at: datetime | None, zone: tzinfo | None
) -> ParsedDate | None:
    if day.year < FIRST_YEAR:
        return None
    own_zone = None if reading.zone_unknown else reading.zone or zone
    if reading.clock is None or own_zone is None:
        start = datetime.combine(day, time(), zone or UTC).astimezone(UTC)
        earliest = start if zone else start - _EARLIEST_ZONE
        parsed = ParsedDate(start, day, "day", raw)
    else:
        earliest = start = datetime.combine(day, reading.clock, own_zone).astimezone(UTC)
        local = start.astimezone(zone).date() if zone and reading.zone else day
        parsed = ParsedDate(start, local, "hour" if reading.hour_only else "minute", raw, reading.zone is not None)
    return None if fetched_at and earliest > fetched_at + CLOCK_ALLOWANCE else parsed
