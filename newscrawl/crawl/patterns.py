"""Addresses and what became of them -> the patterns of addresses that hold no article: endless calendars, pages in circles.

A site's numbered articles have one pattern and thousands of members, so the number of members says nothing. What counts is
how many of them in a row held no article, or one that is known: a single new article sets the count back to nothing.
"""

import re
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.page import Fate

MOST_PARTS = 6  # of a path: one that goes round in circles (/a/b/a/b/...) has one pattern, however deep
# No article, or one that is known. What passes (time-outs, 5xx), and an honest 404, are no word on the pattern.
BARREN_FATES = frozenset({
    Fate.LISTING, Fate.EMPTY, Fate.SOFT_404, Fate.ERROR_PAGE, Fate.APP_SHELL, Fate.COPY, Fate.UNCHANGED,
})  # fmt: skip
FRUITFUL_FATES = frozenset({Fate.STORED, Fate.UPDATED, Fate.PAYWALL, Fate.OUT_OF_RANGE})

_OPAQUE = re.compile(r"[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"\d+")
_LONG_PART = 24


def address_pattern(url: str) -> str:
    """The form of an address: numbers are `#`, words joined to a slug `*`, of parameters only the names are left. Never raises."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url
    path = [_folded(part) for part in parts.path.split("/") if part]
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    beyond = ["..."] if len(path) > MOST_PARTS else []
    return f"{host}/{'/'.join(path[:MOST_PARTS] + beyond)}" + (f"?{'&'.join(names)}" if names else "")


def same_page(parameter: str) -> str:
    """The reason, in words, why an address is not asked for whose like are all known to be one article."""
    return f"addresses that differ from it only by the value of {parameter!r} were all one and the same article"


def _folded(part: str) -> str:
    part = unquote(part).lower()
    if _OPAQUE.fullmatch(part):
        return "#"
    if len(part) > _LONG_PART or len(re.findall(r"[-_+. ]", part)) > 1:
        return "*"
    return _NUMBER.sub("#", part)


class BarrenPatterns:
    """Counts, for one visit, the pages of each pattern that held no new article since the last one that did."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._barren: Counter[str] = Counter()

    def note(self, url: str, fate: Fate) -> None:
        """What became of an address."""
        if fate in BARREN_FATES:
            self._barren[address_pattern(url)] += 1
        elif fate in FRUITFUL_FATES:
            del self._barren[address_pattern(url)]

    def refusal(self, url: str) -> str | None:
        """Why an address is not worth a request any more in this visit, in words; None when it is."""
        pattern = address_pattern(url)
        if self._barren[pattern] < self._most:
            return None
        return f"the last {self._barren[pattern]} pages of the form {pattern} held no new article"
