"""An entry of a list -> the date that stands beside its link, as written; and the day that a day page's address names.

A text counts as a date only when it is one and nothing else (`date_reading`): counters and rubrics stand in the same element.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from lxml import etree

from newscrawl.article import DateEvidence
from newscrawl.extraction.date_places import STAMP_ATTRIBUTES
from newscrawl.extraction.date_reading import Reading, read_text
from newscrawl.extraction.date_text import is_stamp
from newscrawl.extraction.tree import Element

MAX_PIECES = 40
MAX_JOINED = 4  # "21:38", ",", "18", "августа 2026" in elements of their own
MAX_RAW_CHARS = 200
MAX_HEADING_CHARS = 40
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d\Z")
_SEPARATOR = re.compile(r"\s*[|·•]\s*")
_FIELD = re.compile(r"%(-?[YmdyjHMS%])")
_STAMPS = frozenset(STAMP_ATTRIBUTES)
_ATTRIBUTES = ("datetime", "content", "title", *STAMP_ATTRIBUTES)


def stated_date(elements: list[Element]) -> str | None:
    """The date in what a site's file says holds it: the date alone where one can be told, else the whole text."""
    found = _attribute(elements) or _run(islice((p for element in elements for p in _pieces(element)), MAX_PIECES))
    return found or next((text for e in elements if (text := _line(e.text_content())[:MAX_RAW_CHARS])), None)


def written_date(element: Element) -> str | None:
    """The first date in an entry: an attribute of `<time>` (or one that holds nothing else), else a text or some in a row."""
    return _attribute([element]) or _run(_pieces(element))


def _attribute(elements: list[Element]) -> str | None:
    for inner in (inner for element in elements for inner in element.iter()):
        for name in _ATTRIBUTES:
            value = _line(inner.get(name) or "")
            if not value or len(value) > MAX_RAW_CHARS or (name == "datetime" and inner.tag != "time"):
                continue
            if read_text(value) or (name in _STAMPS and is_stamp(value)):
                return value
    return None


def words_without_date(element: Element) -> str:
    """The text of an element without the parts that are nothing but a date or a clock: lists write it inside the link."""
    return _line(" ".join(_words(element)))


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        if not _is_dated(child):
            yield from _words(child)
        yield child.tail or ""


def _is_dated(element: Element) -> bool:
    if element.tag != "time" and not any(element.get(name) for name in STAMP_ATTRIBUTES):
        return False
    text = _line(element.text_content())
    return len(text) <= MAX_RAW_CHARS and (is_clock(text) or read_text(text) is not None)


def _run(texts: Iterable[str]) -> str | None:
    """The row of neighbours that is one date: the day and its clock often stand in elements of their own."""
    pieces = list(texts)
    for length in range(min(MAX_JOINED, len(pieces)), 0, -1):
        for at in range(len(pieces) - length + 1):
            row = pieces[at : at + length]
            if sum(map(len, row)) <= MAX_RAW_CHARS and (reading := read_text(" ".join(row))):
                return _trimmed(row, reading)
    return None


def _trimmed(row: list[str], reading: Reading) -> str:
    """The row without pieces at its ends that a date may carry ("просмотров: 318") and that say nothing of it."""
    while len(row) > 1 and read_text(" ".join(row[:-1])) == reading:
        row = row[:-1]
    while len(row) > 1 and read_text(" ".join(row[1:])) == reading:
        row = row[1:]
    return " ".join(row)


def day_page_evidence(element: Element, day: date) -> DateEvidence:
    """The day that a day page lists an entry under, with the clock that stands beside the link."""
    clock = card_clock(element)
    if clock:
        return DateEvidence(
            "listing", f"{day.isoformat()} {clock}", "the day page's address and the clock beside the link"
        )
    return DateEvidence("listing", day.isoformat(), "the day page's address")


def day_headings(root: Element, cards: Iterable[Element]) -> dict[Element, str]:
    """Cards without a day of their own -> the day that is written above them, before the clock that stands in them.

    "25 ноября" heads several entries, each with a clock. The heading must be nothing but a day and share a parent or its
    parent with the card: a day at the top of the page is today's, on whatever page.
    """
    found: dict[Element, str] = {}
    waiting = set(cards)
    day_of_parent: dict[Element, str] = {}
    for element in root.iter(
        "h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "li", "time", "b", "strong", "dt", *_tags(waiting)
    ):
        if element in waiting:
            above = [
                p for p in islice(element.iterancestors(), 2) if p in day_of_parent and p.tag not in {"body", "html"}
            ]
            if above:
                found[element] = day_of_parent[above[0]]
            continue
        parent, text = element.getparent(), _short_text(element)
        if parent is None or not text or not _is_day(text):
            continue
        if not any(outer in waiting for outer in element.iterancestors()):
            day_of_parent[parent] = text
            # `<div class="day"><h3>25 ноября</h3></div>` stands beside its entries as a whole.
            if (outer := parent.getparent()) is not None and len(parent) == 1:
                day_of_parent[outer] = text
    return found


def _short_text(element: Element) -> str:
    """The text of an element that holds little else, "" of one that holds much."""
    pieces = list(islice(element.itertext(), 4)) if len(element) < 3 else []
    text = _line(" ".join(pieces)) if len(pieces) < 4 else ""
    return text if len(text) <= MAX_HEADING_CHARS else ""


def _tags(elements: Iterable[Element]) -> list[str]:
    return sorted({str(element.tag) for element in elements})


def _is_day(text: str) -> bool:
    """Whether a text is a day without a clock: it becomes a whole date with one, and holds none."""
    if ":" in text or is_clock(text):
        return False
    reading = read_text(f"{text} 12:00")
    return reading is not None and (reading.day or reading.month_day or reading.days_back is not None) is not False


def card_clock(card: Element) -> str | None:
    """The time of day that stands in a card as a text of its own."""
    return next((piece for piece in _pieces(card) if is_clock(piece)), None)


def is_clock(text: str) -> bool:
    """Whether a text is a time of day and nothing else."""
    return bool(_CLOCK.match(text))


def fill_day(template: str, day: date) -> str:
    """strftime for addresses: `%-d` works on any C library, and `%D0` of a percent-encoded path stays as it is."""
    values = {"Y": f"{day.year:04d}", "y": f"{day.year % 100:02d}", "m": f"{day.month:02d}", "d": f"{day.day:02d}"}
    values |= {"-m": str(day.month), "-d": str(day.day), "-y": str(day.year % 100), "-Y": str(day.year), "%": "%"}
    values |= {"j": f"{day:%j}", "-j": f"{day:%j}".lstrip("0")}
    return _FIELD.sub(lambda match: values.get(match.group(1), match.group()), template)


def day_of(template: str, url: str) -> date | None:
    """The day that `fill_day` was given for this address; None when it is no address of the template."""
    widths = {
        "Y": r"(?P<Y>\d{4})",
        "m": r"(?P<m>\d{2})",
        "d": r"(?P<d>\d{2})",
        "-m": r"(?P<m>\d{1,2})",
        "-d": r"(?P<d>\d{1,2})",
    }
    pattern, at = "", 0
    for field in _FIELD.finditer(template):
        name = field.group(1)
        if name not in widths or f"?P<{name[-1]}>" in pattern:
            return None
        pattern += re.escape(template[at : field.start()]) + widths[name]
        at = field.end()
    match = re.match(pattern + re.escape(template[at:]), url)
    try:
        return date(int(match["Y"]), int(match["m"]), int(match["d"])) if match else None
    except (IndexError, ValueError):
        return None


def _pieces(element: Element) -> Iterator[str]:
    texts = (piece for text in element.itertext() for piece in _SEPARATOR.split(_line(text)) if piece)
    return islice(texts, MAX_PIECES)


def _line(text: str) -> str:
    return " ".join(text.split())
