"""A written date that the strict patterns do not know -> what dateparser says, believed only where the text bears it out."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.extraction.date_reading import MAX_CHARACTERS, Reading
from newscrawl.extraction.date_tokens import FIRST_YEAR, LAST_YEAR

HOME_LANGUAGES = ("ru", "kk", "ky", "uz", "en")
_YEAR = re.compile(r"(?<![0-9])(?:199[0-9]|20[0-9]{2})(?![0-9])")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
# "до 2 мая 2024" is a deadline, "с 2 мая" the start of something: dateparser skips such words.
_SPAN_WORDS = re.compile(
    r"(?:^|\s)(?:с|со|до|к|ко|по|после|перед|from|since|until|till|before|after|by|bis|ab|seit|до|від|après|avant)\s",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3}")


def second_opinion(
    text: str, fetched_at: datetime | None, timezone: str | None, languages: Iterable[str] | None
) -> Reading | None:
    """dateparser's reading of a text that has a year, a day number and a word for the month; None otherwise.

    31 of 61 junk strings parse as dates with its defaults: it is asked only about strings that hold all the parts of a
    date, and its answer must hold the same year and day as the text.
    """
    if len(text) > MAX_CHARACTERS or not _LETTERS.search(text) or len(years := _YEAR.findall(text)) != 1:
        return None
    if _SPAN_WORDS.search(text):
        return None
    days = {int(number) for number in _NUMBER.findall(text)}
    if not days:
        return None
    found = _ask(text, fetched_at, timezone, tuple(languages or ()))
    if (
        found is None
        or not FIRST_YEAR <= found.year <= LAST_YEAR
        or str(found.year) != years[0]
        or found.day not in days
    ):
        return None
    has_clock = bool(re.search(r"[0-9][:.h][0-9]{2}(?![0-9.])", text))
    clock = time(found.hour, found.minute, found.second) if has_clock else None
    return Reading(day=found.date(), clock=clock, zone=found.tzinfo if has_clock else None)


def _ask(text: str, fetched_at: datetime | None, timezone: str | None, languages: tuple[str, ...]) -> datetime | None:
    import dateparser  # type: ignore[import-untyped]

    settings: dict[str, Any] = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PREFER_LOCALE_DATE_ORDER": False}
    if timezone:
        settings["TIMEZONE"] = timezone
    if fetched_at:
        zone = ZoneInfo(timezone) if timezone else UTC
        settings["RELATIVE_BASE"] = fetched_at.astimezone(zone).replace(tzinfo=None)
    try:
        found = dateparser.parse(text, languages=_known((*languages, *HOME_LANGUAGES)), settings=settings)
    except (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None  # `01.01.0001` raises OverflowError; a garbage string may hit any of its own slips
    return found if isinstance(found, datetime) else None


@lru_cache(maxsize=64)
def _known(codes: tuple[str, ...]) -> list[str]:
    """The codes that dateparser has words for, each once: it raises on the others."""
    from dateparser.data.languages_info import language_order  # type: ignore[import-untyped]

    return [code for code in dict.fromkeys(codes) if code in language_order]
