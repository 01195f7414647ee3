"""A folded date text -> its tokens: one letter each, and by letter what they say."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta, timezone, tzinfo

from newscrawl.extraction.date_words import WORDS

FIRST_YEAR, LAST_YEAR = 1990, 2099
_UNKNOWN: tuple[str, float] = ("x", 0)
_END = frozenset({"end", None})

# No pattern here can run away: every repeat is bounded or over one class of characters, and what follows a repeat is never of its class.
_NUMERIC = (
    r"[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])|[0-9]{4}\. [0-9]{1,2}\. [0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9.:]))|[0-9]{1,2}\. [0-9]{1,2}\. [0-9]{4}(?![0-9])"
)
_OFFSET = (
    r"z\b|(?:utc|gmt) ?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])|[+-][0-9]{1,2}:[0-9]{2}(?![0-9.])|[+-][0-9]{4}(?![0-9.])"
)
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?:"
    r" ?(?:[:h]|ч\.?) ?(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9]| ?(?:мин|min|хв))(?: ?(?P<half>[ap])\.? ?m\b\.?)?"
    r"|\.(?P<minute_2>[0-9]{2}) ?(?P<half_2>[ap])\.? ?m\b\.?"
    r"| ?(?P<half_3>[ap])\.? ?m\b\.?)"
)
# Marks without weight, clock faces and calendars among them, are swallowed in front of a token (possessive: never given back).
_TOKEN = re.compile(
    r"[\s,.:;|/()\[\]«»\"“”„…·•–\u2190-\u2bff\U0001f4c5\U0001f4c6\U0001f550-\U0001f567\ufe0f-]*+"
    rf"(?:(?P<word>[^\W\d_]+)|(?P<n>{_NUMERIC})|(?P<t>{_CLOCK}(?: ?(?P<zone>{_OFFSET}))?)"
    r"|(?P<k>[0-9]{1,2}\.[0-9]{2}(?![0-9.]))|(?P<i>[0-9]+)|(?P<end>\Z)|(?P<bad>.))",
    re.DOTALL,
)


@dataclass(slots=True)
class Tokens:
    """The tokens of a text. shape: their letters in order, d small number, m month, y year, n whole numeric date, t clock, k `14.05`,
    z zone, r day counted back, q unit, a "ago"; numbers: the last value by letter; amounts, units: all numbers and units;
    swapped: the whole date with day and month changed over, where slashes allow it. Weekdays (w, 0 for Monday) are in numbers only."""

    shape: str = ""
    numbers: dict[str, float] = field(default_factory=dict)
    whole: date | None = None
    swapped: date | None = None
    clock: re.Match[str] | None = None
    dotted: tuple[int, int] = (0, 0)
    amounts: list[float] = field(default_factory=list)
    units: list[float] = field(default_factory=list)


def cut(folded: str) -> Tokens | None:
    """The tokens up to the first "updated", None as soon as one is found that no date holds. ValueError for a day that never was."""
    tokens = Tokens()
    shape = ""
    for match in _TOKEN.finditer(folded):
        if word := match["word"]:  # most tokens are words
            letter, value = WORDS.get(word, _UNKNOWN)
        elif match.lastgroup in _END:
            break
        else:
            letter, value = _number(match, tokens)
        if letter == "x":
            return None
        if letter == "u":  # "2 мая 2024 (обновлено 15:20)": what follows is another date; in front it is a label
            if shape:
                break
            continue
        tokens.numbers[letter] = value
        if letter in "fw":
            continue
        shape += letter
        if letter == "d":
            tokens.amounts.append(value)
        elif letter == "q":
            tokens.units.append(value)
    tokens.shape = shape
    return tokens


def _number(match: re.Match[str], tokens: Tokens) -> tuple[str, float]:
    """The letter and value of a token that begins with a digit; "x" for what no date holds."""
    kind = match.lastgroup
    if kind == "t":
        tokens.clock = match
        return kind, 0
    if kind == "i":
        digits = match["i"]
        return (_number_letter(digits), int(digits)) if len(digits) <= 4 else _UNKNOWN
    if kind == "n":
        tokens.whole, tokens.swapped = _numeric_date(match["n"])
        return kind, 0
    if kind == "k":
        left, right = match["k"].split(".")
        tokens.dotted = (int(left), int(right))
        return kind, 0
    return _UNKNOWN


def _number_letter(token: str) -> str:
    if len(token) == 4 and FIRST_YEAR <= int(token) <= LAST_YEAR:
        return "y"
    return "d" if len(token) <= 3 else "x"


def _numeric_date(token: str) -> tuple[date, date | None]:
    """`02.05.2024`, `2024/05/02`, `02.05.24`: the day first, as the region writes it, unless only the other order is a date.

    With slashes the other reading comes second, where it is one too.
    """
    parts = re.split(r"[-./] ?", token)
    first, second, third = map(int, parts)
    if len(parts[0]) == 4:
        return known_year(date(first, second, third)), None
    if len(parts[2]) == 2:
        third += 2000 if third < 70 else 1900
    if "/" not in token:
        return known_year(date(third, second, first)), None
    if second > 12:
        first, second = second, first
    return known_year(date(third, second, first)), date(third, first, second) if first <= 12 else None


def known_year(day: date) -> date:
    """The day itself; ValueError when no news site was there to print it."""
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
