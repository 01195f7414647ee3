"""A written date -> what it says by itself (`Reading`), before anybody asks when and where it was read.

The text is cut into tokens, each token becomes one letter (d small number, m month, y year, n whole numeric date, t clock ...) and
the letters must spell one of a closed set of shapes. A word that is not in the table ends the reading: strictness is what
keeps prices, scores and sentences out, and it makes junk the cheapest input of all.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, time, timedelta, timezone, tzinfo
from itertools import product
from typing import Literal

from newscrawl.extraction.date_words import HOUR_S, JUST_NOW, WORDS, ZONES, fold

MAX_CHARACTERS = 120
FIRST_YEAR, LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says by itself. Exactly one of `day`, `month_day`, `days_back` and `ago` is set.

    day: a whole date; month_day: a date without its year; days_back: 0 today, 1 yesterday; ago: time before now, `unit`
    says how finely; clock: the written time of day; zone: as stated beside the clock; zone_unknown: one is stated, but
    nobody can say which; says_today: "Сегодня, 2 мая 2024", a whole date beside a day word.
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


# No pattern here can run away: every repeat is bounded or over one character class, and no two neighbours share a character.
_ISO = re.compile(
    r"(?P<y>[0-9]{4})(?P<dash>-?)(?P<m>[0-9]{2})(?P=dash)(?P<d>[0-9]{2})"
    r"(?:[t ] ?(?P<clock>[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?)?) ?(?P<zone>z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_HAS_YEAR = re.compile(r"(?<![0-9])(?:199[0-9]|20[0-9]{2})(?![0-9])|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2}(?![0-9])")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})-?([1-7])")
_TOKEN = re.compile(
    r"(?P<n>[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])|[0-9]{4}\. [0-9]{1,2}\. [0-9]{1,2}(?![0-9])|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9.:]))|[0-9]{1,2}\. [0-9]{1,2}\. [0-9]{4}(?![0-9]))"
    r"|(?P<t>(?P<h>[0-9]{1,2})(?: ?[:hч] ?(?P<min>[0-9]{2})(?::(?P<sec>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9])(?: ?(?P<ap>[ap])\.? ?m\b\.?)?"
    r"| ?(?P<ap2>[ap])\.? ?m\b\.?)(?: ?(?P<zone>z\b|(?:utc|gmt) ?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])|[+-][0-9]{2}:?[0-9]{2}(?![0-9.])))?)"
    r"|(?P<k>[0-9]{1,2}\.[0-9]{2}(?![0-9.]))"
    r"|(?P<i>[0-9]+)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<ok>[\s,.:;|/()\[\]«»\"“”„…·•–-])"
    r"|(?P<bad>.)"
)
_BROWSER_ZONE_NAME = re.compile(r"(?<=[+-][0-9]{4}) \([^()]{1,60}\)$")

_DATES = ("dmy", "mdy", "ydm", "ymd", "n")
_CLOCKS = ("t", "tz", "k")


def _shapes() -> frozenset[str]:
    whole = {
        "".join(parts)
        for d in _DATES
        for c in ("", *_CLOCKS)
        for parts in ((d, c), (c, d), ("r", d, c), (c, "r", d), (d, "r", c), (d, c, "r"))
    }
    yearless = {
        "".join(parts)
        for d, c in product(("dm", "md"), ("t", "tz", "k"))
        for parts in ((d, c), (c, d), ("r", d, c), (c, "r", d), (d, "r", c))
    }
    relative = {"r", "rt", "rk", "tr", "kr", "rtz", "tzr"}
    return frozenset(whole | yearless | relative | {"mdty", "mdtzy", "kt", "tk", "ktz"})


SHAPES = _shapes()
_AGO_SHAPES = frozenset({"qa", "dqa", "dqdqa", "aq", "adq", "adqdq"})


@dataclass(slots=True)
class _Tokens:
    """The tokens of a text: their letters, and by kind what they say."""

    shape: str = ""
    numbers: dict[str, float] = field(default_factory=dict)
    whole: date | None = None
    clock: re.Match[str] | None = None
    dotted: tuple[int, int] = (0, 0)
    amounts: list[float] = field(default_factory=list)
    units: list[float] = field(default_factory=list)


def read_text(text: str) -> Reading | None:
    """What the text says, None when it is not a date and nothing else. Pure: no clock, no zone."""
    if len(text) > 4 * MAX_CHARACTERS:
        return None
    folded = " ".join(fold(text).split())
    if not folded or len(folded) > MAX_CHARACTERS:
        return None
    try:
        return _read(folded)
    except (ValueError, OverflowError):  # 31 February, 25:00, +99:00: well-formed and no date
        return None


def find_date_text(text: str) -> str | None:
    """The longest run of words in a short text that is a whole date: "Posted on May 2, 2024 by Ann" -> "Posted on May 2, 2024".

    None when no run is one, or when the text names more than one year.
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
            if reading and reading.day and not reading.says_today:
                return run
    return None


def _read(folded: str) -> Reading | None:
    if iso := _ISO.fullmatch(folded):
        return _read_iso(iso)
    if week := _WEEK.fullmatch(folded):
        return Reading(day=_checked(date.fromisocalendar(*map(int, week.groups()))))
    if folded.strip(" .!") in JUST_NOW:
        return Reading(ago=timedelta(), unit="minute")
    tokens = _cut(_BROWSER_ZONE_NAME.sub("", folded))
    if tokens is None:
        return None
    if "a" in tokens.shape:
        return _read_ago(tokens)
    shape = tokens.shape.replace("q", "") if set(tokens.shape) & {"t", "k"} else tokens.shape
    return _read_shape(shape, tokens) if shape in SHAPES else None


def _read_iso(match: re.Match[str]) -> Reading | None:
    if not match["dash"] and not match["clock"]:
        return None  # eight digits are as often a number of something: only an attribute may say so
    day = _checked(date(int(match["y"]), int(match["m"]), int(match["d"])))
    if not match["clock"]:
        return Reading(day=day)
    digits = match["clock"].replace(":", "")[:6]
    clock = time(int(digits[:2]), int(digits[2:4] or 0), int(digits[4:] or 0))
    return Reading(day=day, clock=clock, hour_only=len(digits) == 2, zone=offset_zone(match["zone"]))


def _checked(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


def offset_zone(text: str | None) -> tzinfo | None:
    """A stated offset ("Z", "+05:00", "+0500", "utc+5") as a zone, None for no text; ValueError when no place on earth has it."""
    if not text:
        return None
    digits = re.sub(r"[^0-9+-]", "", text)
    if not digits:
        return UTC
    hours, minutes = (int(digits[1:-2]), int(digits[-2:])) if len(digits) > 3 else (int(digits[1:]), 0)
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if digits[0] == "-" else away)


def _cut(folded: str) -> _Tokens | None:
    """The tokens up to the first "updated", None as soon as one is found that no date holds."""
    tokens = _Tokens()
    for match in _TOKEN.finditer(folded):
        letter = _take(match, tokens)
        if letter == "x":
            return None
        if letter == "u":  # "2 мая 2024 (обновлено 15:20)": what follows is another date; in front it is a label
            if tokens.shape:
                break
            continue
        if letter == "d":
            tokens.amounts.append(tokens.numbers["d"])
        elif letter == "q":
            tokens.units.append(tokens.numbers["q"])
        tokens.shape += letter
    return tokens


def _take(match: re.Match[str], tokens: _Tokens) -> str:
    """Note what one token says; its letter, "" for one without weight, "x" for one that no date holds."""
    kind, token = match.lastgroup, match[0]
    if kind == "ok":
        return ""
    if kind == "word":
        word = WORDS.get(token)
        if word is None:
            return "x"
        tokens.numbers[word.kind] = word.value
        return "" if word.kind in "fw" else word.kind
    if kind == "i":
        letter = _number_letter(token)
        if letter != "x":
            tokens.numbers[letter] = int(token)
        return letter
    if kind == "n":
        tokens.whole = _numeric_date(token)
    elif kind == "t":
        tokens.clock = match
    elif kind == "k":
        tokens.dotted = (int(token.split(".")[0]), int(token.split(".")[1]))
    else:
        return "x"
    return kind


def _number_letter(token: str) -> str:
    if len(token) == 4 and FIRST_YEAR <= int(token) <= LAST_YEAR:
        return "y"
    return "d" if len(token) <= 3 else "x"


def _numeric_date(token: str) -> date:
    """`02.05.2024`, `2024/05/02`, `02.05.24`: the day first, as the region writes it, unless only the other order is a date."""
    parts = re.split(r"[-./] ?", token)
    first, second, third = map(int, parts)
    if len(parts[0]) == 4:
        return _checked(date(first, second, third))
    if len(parts[2]) == 2:
        third += 2000 if third < 70 else 1900
    if second > 12 and "/" in token:
        first, second = second, first
    return _checked(date(third, second, first))


def _read_ago(tokens: _Tokens) -> Reading | None:
    if tokens.shape not in _AGO_SHAPES:
        return None
    amounts = tokens.amounts or [1]
    seconds = sum(a * u for a, u in zip(amounts, tokens.units, strict=True))
    finest = min(tokens.units)
    unit: Literal["minute", "hour", "day"] = "minute" if finest < HOUR_S else "hour" if finest == HOUR_S else "day"
    if unit == "day" and seconds != int(seconds / 86400) * 86400:
        return None
    return Reading(ago=timedelta(seconds=seconds), unit=unit)


def _read_shape(shape: str, tokens: _Tokens) -> Reading:
    clock, zone = None, None
    if "t" in shape and tokens.clock:
        clock, zone = _clock(tokens.clock)
    elif "k" in shape:
        clock = time(*tokens.dotted)
    if zone is None and "z" in shape:
        zone = ZONES[int(tokens.numbers["z"])]
    reading = Reading(
        clock=clock,
        hour_only="t" in shape and tokens.clock is not None and tokens.clock["min"] is None,
        zone=zone,
        zone_unknown="z" in shape and zone is None,
    )
    if "n" in shape:
        return replace(reading, day=tokens.whole, says_today="r" in shape)
    numbers = {letter: int(value) for letter, value in tokens.numbers.items()}
    if "y" in shape:
        day = date(numbers["y"], numbers["m"], numbers["d"])
        return replace(reading, day=day, says_today="r" in shape)
    if "m" in shape:
        return replace(reading, month_day=(numbers["m"], numbers["d"]))
    if "r" in shape:
        return replace(reading, days_back=numbers["r"])
    return replace(reading, month_day=(tokens.dotted[1], tokens.dotted[0]))  # `02.05, 14:05`


def _clock(match: re.Match[str]) -> tuple[time, tzinfo | None]:
    hour, half = int(match["h"]), match["ap"] or match["ap2"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match["min"] or 0), int(match["sec"] or 0)), offset_zone(match["zone"])
