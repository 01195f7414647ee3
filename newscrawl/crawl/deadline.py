"""A written length of time ("1h30m") -> a timedelta, and back."""

import re
from datetime import timedelta

# Each part once and in this order, digits and a letter: nothing to backtrack over.
_WRITTEN = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?", re.ASCII)


def duration_of(text: str) -> timedelta:
    """`50m`, `1h30m`, `90s`. ValueError with a plain reason for anything else, and for no time at all."""
    length = length_of(text.strip().lower())
    if length is None or "d" in text.lower():
        raise ValueError(f"{text!r} is no length of time: write it like 50m, 1h30m or 90s")
    if not length:
        raise ValueError(f"{text!r} leaves no time at all")
    return length


def length_of(text: str) -> timedelta | None:
    """`30d`, `12h`, `1h30m`, `0s`: days, hours, minutes and seconds in this order; None for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def written(length: timedelta) -> str:
    """The other way round, for a line: `1h30m`."""
    whole_s = round(length.total_seconds())
    parts = ((whole_s // 3600, "h"), (whole_s // 60 % 60, "m"), (whole_s % 60, "s"))
    return "".join(f"{number}{letter}" for number, letter in parts if number) or "0s"
