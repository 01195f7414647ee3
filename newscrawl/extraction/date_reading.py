"""A written date -> what it says by itself (`Reading`), before anybody asks when and where it was read.

The text is cut into tokens, each token becomes one letter, and the letters must spell one of a closed set of shapes. A word that is
not in the table ends the reading: strictness is what keeps prices, scores and sentences out, and it makes junk the cheapest input.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from itertools import product
from typing import Literal

from newscrawl.extraction.date_tokens import Tokens, cut, known_year, offset_zone
from newscrawl.extraction.date_words import DAY_S, HOUR_S, JUST_NOW, PHRASES, ZONES, fold

MAX_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says by itself. Exactly one of `day`, `month_day`, `days_back` and `ago` is set.

    day: a whole date; month_day: a date without its year; days_back: 0 today, 1 yesterday; ago: time before now, `unit`
    says how finely; clock: the written time of day; zone: as stated beside the clock; zone_unknown: one is stated, but
    nobody can say which; says_today: a day word stands in it, also beside a whole date ("Сегодня, 2 мая 2024").
    """

    day: date | None = None
    month_day: tuple[int, int] | None = None
    days_back: int | None = None
    ago: timedelta | None = None
    unit: Literal["minute", "hour", "day"] = "day"
    clock: time | None = None
    hour_only: bool = False
    zone: tzinfo | None = None
    zone_unknown: bool = False
    says_today: bool = False


# Each repeat is bounded, and the parts are told apart by fixed characters: nothing to try twice.
_ISO = re.compile(
    r"(?P<y>[0-9]{4})(?P<dash>-?)(?P<m>[0-9]{2})(?P=dash)(?P<d>[0-9]{2})"
    r"(?:[t ] ?(?P<clock>[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?)?)"
    r" ?(?P<zone>z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?|[+-][0-9]:?[0-9]{2})?(?:\[[a-z/_ ]{1,40}\])?)?"
)
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})-?([1-7])")
_HAS_YEAR = re.compile(r"(?<![0-9])(?:199[0-9]|20[0-9]{2})(?![0-9])|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2}(?![0-9])")
_BROWSER_ZONE_NAME = re.compile(r"(?<=[+-][0-9]{4}) \([^()]{1,60}\)$")
# What counters print behind a date; one counter at the end, each part bounded.
_COUNTER = re.compile(
    r"[\s,|/(·•–-]{0,5}(?:(?:просмотр|комментар|views|comments|қаралым|қаралды|korilgan|кўрилган)[^\W\d_]{0,5} ?:? ?[0-9 ]{1,9}"
    r"|[0-9]{1,4}[0-9 ]{0,6}(?:просмотр|комментар|views?|comments?|қаралым|рет|мин[^\W\d_]{0,4}\.? (?:чтения|на чтение)|min(?:ute)?s? read)[^\W\d_]{0,5})\)?$"
)

_DATES = ("dmy", "mdy", "ydm", "ymd", "n")
_CLOCKS = ("t", "tz", "k")


def _shapes() -> frozenset[str]:
    whole = {d + c for d, c in product(_DATES, ("", *_CLOCKS))} | {c + d for d, c in product(_DATES, _CLOCKS)}
    yearless = {x for d, c in product(("dm", "md"), _CLOCKS) for x in (d + c, c + d)}
    dated = whole | yearless | {"mdty", "mdtzy"}
    with_day_word = {
        x for d, c in product((*_DATES, "dm", "md"), _CLOCKS) for x in ("r" + d + c, d + "r" + c, c + "r" + d)
    }
    with_day_word |= {x for d in _DATES for x in ("r" + d, d + "r")}
    return frozenset(dated | with_day_word | {"r", "rt", "rk", "tr", "kr", "rtz", "tzr", "kt", "ktz", "tk"})


SHAPES = _shapes()
_AGO_SHAPES = frozenset({"qa", "dqa", "dqdqa", "qdqa", "aq", "adq", "adqdq"})


def read_text(text: str) -> Reading | None:
    """What the text says, None when it is not a date and nothing else. Pure: no clock, no zone."""
    try:
        return read_strictly(text)
    except (ValueError, OverflowError):
        return None


def read_strictly(text: str) -> Reading | None:
    """`read_text()` that tells what is no date (None) from a date that never was (ValueError): 31 February, 25:00, +99:00."""
    if len(text) > 4 * MAX_CHARACTERS:
        return None
    folded = " ".join(fold(text).split())
    return _read(folded) if 0 < len(folded) <= MAX_CHARACTERS else None


def find_date_text(text: str) -> str | None:
    """The longest run of words in a short text that is a whole date: "Posted on May 2, 2024 by Ann" -> "Posted on May 2, 2024".

    None beside a day word: "Архив: сегодня, 2 мая 2024" is the day of the fetch.
    """
    words = text.split()
    years = [i for i, word in enumerate(words) if _HAS_YEAR.search(word)]
    if not years or len(years) > 2 or len(words) > 40:
        return None
    at = years[0]
    for start in range(max(0, at - 6), at + 1):
        for end in range(min(len(words), at + 7), at, -1):
            run = " ".join(words[start:end])
            reading = read_text(run)
            if reading and reading.day:
                return None if reading.says_today else run
    return None


def _read(folded: str) -> Reading | None:
    if iso := _ISO.fullmatch(folded):
        return _read_iso(iso)
    if week := _WEEK.fullmatch(folded):
        return Reading(day=known_year(date.fromisocalendar(*map(int, week.groups()))))
    if folded.strip(" .!") in JUST_NOW:
        return Reading(ago=timedelta(), unit="minute")
    for phrase, word in PHRASES.items():
        if phrase in folded:
            folded = folded.replace(phrase, word)
    tokens = cut(_BROWSER_ZONE_NAME.sub("", folded))
    if tokens is None:
        bare = _COUNTER.sub("", folded)
        tokens = cut(bare) if bare != folded else None
    if tokens is None:
        return None
    return _read_ago(tokens) if "a" in tokens.shape else _read_shape(tokens)


def _read_iso(match: re.Match[str]) -> Reading | None:
    if not match["dash"] and not match["clock"]:
        return None  # eight digits are as often a number of something: only an attribute may say so
    day = known_year(date(int(match["y"]), int(match["m"]), int(match["d"])))
    if not match["clock"]:
        return Reading(day=day)
    digits = match["clock"].replace(":", "")[:6]
    clock = time(int(digits[:2]), int(digits[2:4] or 0), int(digits[4:] or 0))
    return Reading(day=day, clock=clock, hour_only=len(digits) == 2, zone=offset_zone(match["zone"]))


def _read_ago(tokens: Tokens) -> Reading | None:
    if tokens.shape not in _AGO_SHAPES:
        return None
    amounts = tokens.amounts
    if len(amounts) < len(tokens.units):  # "час назад", "an hour and 20 minutes ago"
        amounts = [1, *amounts]
    seconds = sum(amount * unit for amount, unit in zip(amounts, tokens.units, strict=True))
    finest = min(tokens.units)
    if finest == HOUR_S and seconds % HOUR_S:
        finest = HOUR_S / 2  # half an hour
    unit: Literal["minute", "hour", "day"] = "minute" if finest < HOUR_S else "hour" if finest == HOUR_S else "day"
    if unit == "day" and seconds % DAY_S:
        return None
    return Reading(ago=timedelta(seconds=seconds), unit=unit)


def _read_shape(tokens: Tokens) -> Reading | None:
    shape = tokens.shape
    if "q" in shape and ("t" in shape or "k" in shape):  # "сағат 15:30"
        shape = shape.replace("q", "")
    if shape in {"dmdt", "dmdtz"} and (shape.endswith("z") or (tokens.clock and tokens.clock["zone"])):
        # RFC 822 in its first form: "Thu, 02 May 24 14:05:00 +0500"; only a stated zone tells it from other numbers
        tokens.numbers |= {"y": 2000 + tokens.amounts[1], "d": tokens.amounts[0]}
        shape = "dmy" + shape[3:]
    if shape not in SHAPES:
        return None
    clock, zone = None, None
    if "t" in shape and tokens.clock:
        clock, zone = _clock(tokens.clock)
    elif "k" in shape:
        clock = time(*tokens.dotted)
    if zone is None and "z" in shape:
        zone = ZONES[int(tokens.numbers["z"])]
    hour_only = "t" in shape and tokens.clock is not None and not (tokens.clock["minute"] or tokens.clock["minute_2"])
    day, month_day, days_back = _dated(shape, tokens)
    return Reading(
        day, month_day, days_back, None, "day", clock, hour_only, zone, "z" in shape and zone is None, "r" in shape
    )


def _dated(shape: str, tokens: Tokens) -> tuple[date | None, tuple[int, int] | None, int | None]:
    """The whole date, or month and day, or the days to count back."""
    numbers = tokens.numbers
    if "n" in shape:
        return _by_weekday(tokens), None, None
    if "y" in shape:
        return known_year(date(int(numbers["y"]), int(numbers["m"]), int(numbers["d"]))), None, None
    if "m" in shape:
        return None, (int(numbers["m"]), int(numbers["d"])), None
    if "r" in shape:
        return None, None, int(numbers["r"])
    return None, (tokens.dotted[1], tokens.dotted[0]), None  # `02.05, 14:05`


def _by_weekday(tokens: Tokens) -> date | None:
    """The whole date; of `Thu, 05/02/2024` that reading of the two which is a Thursday."""
    whole, swapped, weekday = tokens.whole, tokens.swapped, tokens.numbers.get("w")
    if whole and swapped and swapped.weekday() == weekday != whole.weekday():
        return swapped
    return whole


def _clock(match: re.Match[str]) -> tuple[time, tzinfo | None]:
    hour, half = int(match["hour"]), match["half"] or match["half_2"] or match["half_3"]
    if half:
        if hour > 12 and half == "a":
            raise ValueError(match[0])
        hour = hour % 12 + (12 if half == "p" else 0)  # "13:05 PM" is printed too, and means 13:05
    minute = int(match["minute"] or match["minute_2"] or 0)
    return time(hour, minute, int(match["second"] or 0)), offset_zone(match["zone"])
