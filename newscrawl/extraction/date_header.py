"""A parsed page -> the dates that a reader sees near its headline: microdata, `<time>`, and text that is a date and nothing else.

What stands in teasers, comments, calendars, menus and footers is walled off while the page is walked: 184 of 540 dates that a search
over the whole page found on pages of our kind were wrong. An element around the headline is never such a place.
"""

import re
from dataclasses import dataclass

from newscrawl.article import DateEvidence, DateSource
from newscrawl.extraction.container import find_headline
from newscrawl.extraction.date_places import (
    STAMP_ATTRIBUTES,
    is_in_sentence,
    is_labelled,
    is_named,
    is_teasers,
    is_walled,
    machine_source,
    names_of,
    says_modified,
)
from newscrawl.extraction.date_reading import MAX_CHARACTERS, find_date_text, read_text
from newscrawl.extraction.titles import read_title
from newscrawl.extraction.tree import Element, PageTree

# How much visible text may stand between the headline and a bare date: a lead and a byline below it, a section's name above.
NEAR_BELOW_CHARACTERS = 700
NEAR_ABOVE_CHARACTERS = 200
MAX_SPOTS = 40
MAX_LOOKS = 1000  # digits in a page that are looked at: news pages have some 100, a page made to hurt has them by the ten thousand
MAX_IN_A_ROW = 3
MAX_DATELINE_WORDS = 12
_SHORTEST_DATE = len("2.5.24")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SENTENCE_ENDS = (".", "!", "?", ":", ",", ";")
_SEPARATORS = (",", "|", "/", "–", "—", "-", "·", "•", ":")
_DIGIT = re.compile(r"[0-9]")
_YEAR_OR_CLOCK = re.compile(r"(?:19[89]|20[0-9])[0-9]|[0-9]\.[0-9]{2}\b|[0-9]:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A date and where it stands: whether its element's name or a label calls it a date, whether it is a teaser's, its offset in the
    visible text, and the make of its place: the tags and names of the element and of two around it."""

    evidence: DateEvidence
    is_named: bool
    is_teasers: bool
    at: int
    make: str


def visible_dates(tree: PageTree) -> list[DateEvidence]:
    """Microdata, `<time>` and header text of the page's own article, what is named and near the headline first.

    A date above the headline is as often the day of the fetch in the masthead: those below it go first.
    Far from the headline only what its element's name or a label calls a date counts (a post's own footer).
    """
    walk = _Walk(tree)
    walk.run()
    ranked = []
    for spot in _without_lists(walk.found)[:MAX_SPOTS]:
        below = spot.at - walk.headline_at if walk.headline_at is not None else None
        is_near = below is not None and -NEAR_ABOVE_CHARACTERS <= below <= NEAR_BELOW_CHARACTERS
        if not is_near and not (spot.is_named and _has_whole_day(spot.evidence.raw)):
            continue
        distance = spot.at if below is None else below if below >= 0 else -2 * below
        first_rank = is_near and below is not None and below >= 0
        ranked.append((not first_rank, distance, spot.evidence))
    return [evidence for _, _, evidence in sorted(ranked, key=lambda entry: entry[:2])]


def _without_lists(spots: list[_Spot]) -> list[_Spot]:
    """The article's own spots. Places of one make that date three things are a list: teasers, comments, a live ticker."""
    raws: dict[str, set[str]] = {}
    for spot in spots:
        raws.setdefault(spot.make, set()).add(spot.evidence.raw)
    return [spot for spot in spots if not spot.is_teasers and len(raws[spot.make]) < MAX_IN_A_ROW]


class _Walk:
    """One walk over the page in document order, with the text offset of everything that is not walled off."""

    def __init__(self, tree: PageTree) -> None:
        self.root = tree.root
        self.headline = _headline(tree)
        self.around = set() if self.headline is None else {self.headline, *self.headline.iterancestors()}
        self.offset = 0
        self.headline_at: int | None = None
        self.looks = 0
        self.found: list[_Spot] = []
        self.tried: set[Element] = set()
        self.taken: set[Element] = set()

    def run(self) -> None:
        """Fill `found` and `headline_at`. Elements and the texts behind them wait on a stack: a page may be nested deeply."""
        body = self.root.find("body")
        stack: list[tuple[Element, str | None]] = [(self.root if body is None else body, None)]
        while stack:
            element, tail = stack.pop()
            if tail is not None:
                self._text(tail, element)
                continue
            if not isinstance(element.tag, str) or (element not in self.around and is_walled(element)):
                continue
            if element is self.headline:
                self.headline_at = self.offset
            if self._stamp(element):
                continue
            for child in reversed(element):
                if child.tail and not child.tail.isspace():
                    stack.append((element, child.tail))
                stack.append((child, None))
            if element.text and not element.text.isspace():
                stack.append((element, element.text))

    def _stamp(self, element: Element) -> bool:
        """Take an element that holds its date in an attribute."""
        source = machine_source(element)
        if source is None or self.looks > MAX_LOOKS:
            return False
        self.looks += 1
        text = " ".join(element.text_content().split())[: 2 * MAX_CHARACTERS]
        held = [element.get(name) for name in ("content", "datetime", "title", *STAMP_ATTRIBUTES)]
        raw = next((value.strip() for value in (*held, text) if value and _DIGIT.search(value)), "")
        if not raw or len(raw) > MAX_CHARACTERS:
            return False
        self._add(source, raw, element, text)
        self.offset += len(text)
        return True

    def _text(self, text: str, owner: Element) -> None:
        text = " ".join(text.split())
        at, self.offset = self.offset, self.offset + len(text)
        if len(text) > 2 * MAX_CHARACTERS or not _DIGIT.search(text) or self.headline is owner:
            return
        self.looks += 1
        if self.looks > MAX_LOOKS:
            return
        named = is_named(owner)
        if not named and is_in_sentence(owner):
            return
        if not self.taken.isdisjoint(_around(owner)) or self._parts(text, owner, at) or len(text) < _SHORTEST_DATE:
            return
        if len(text) <= MAX_CHARACTERS and _is_whole_date(text):
            self._add("header", text, owner, text, at)
        elif (found := find_date_text(text)) and (named or _is_dateline(text, found, owner)):
            self._add("header", found, owner, text, at)

    def _parts(self, text: str, owner: Element, at: int) -> bool:
        """Take a date whose day, month or clock are elements of their own: the largest element around that is one date."""
        for element in reversed(_around(owner)):
            if element in self.tried or element in self.around:
                continue
            self.tried.add(element)
            whole = _short_text(element)
            if len(whole) > len(text) and _YEAR_OR_CLOCK.search(whole) and _is_whole_date(whole):
                self.taken.add(element)
                self._add("header", whole, element, whole, at)
                return True
        return False

    def _add(self, source: DateSource, raw: str, element: Element, text: str, at: int | None = None) -> None:
        names = f"{names_of(element)} {(element.get('itemprop') or '').lower()}".strip()
        where = f"<{_tag(element)}> {names[:60]}".strip()
        evidence = DateEvidence(source, raw, where, "modified" if says_modified(text, names) else "published")
        named = source != "header" or is_named(element) or (raw == text and is_labelled(text))
        make = " < ".join(f"{_tag(near)}.{names_of(near)}" for near in _around(element))
        at = self.offset if at is None else at
        self.found.append(_Spot(evidence, named, is_teasers(element, self.around), at, make))


def _headline(tree: PageTree) -> Element | None:
    title = read_title(tree, frozenset())
    found = find_headline(tree.root, title)
    if found is not None or not title:
        return found
    smaller = tree.root.iter("h3", "h4")
    return next((heading for heading in smaller if " ".join(heading.text_content().split()) == title), None)


def _tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _around(element: Element) -> list[Element]:
    """The element and up to two around it."""
    near = [element]
    while len(near) < 3 and (parent := near[-1].getparent()) is not None:
        near.append(parent)
    return near


def _short_text(element: Element) -> str:
    """The element's text if it is short enough to be a date, "" otherwise; an early stop keeps large elements cheap."""
    parts: list[str] = []
    length = 0
    for part in element.itertext(with_tail=False):
        text = str(part).strip()
        length += len(text)
        if length > MAX_CHARACTERS:
            return ""
        parts.append(text)
    return " ".join(" ".join(parts).split())


def _is_dateline(text: str, found: str, owner: Element) -> bool:
    """Whether a text that is more than its date is "Hamburg, 2 мая 2024", "2 мая 2024, Иван Иванов" or labelled, and no sentence or heading."""
    if owner.tag in _HEADINGS or len(text.split()) > MAX_DATELINE_WORDS or text.endswith(_SENTENCE_ENDS):
        return False
    before = text[: text.find(found)].rstrip()
    return not before or before.endswith(_SEPARATORS) or is_labelled(text)


def _has_whole_day(raw: str) -> bool:
    """Whether the date is one by itself: far from the headline "Сегодня 11:36" is the newest teaser's."""
    reading = read_text(raw)
    return (
        reading is None or reading.day is not None
    )  # what nobody can read here, an attribute's Unix time, is judged later


def _is_whole_date(text: str) -> bool:
    """Whether the text is a date and nothing else. "Сегодня, 2 мая 2024" is the day of the fetch in a calendar."""
    reading = read_text(text)
    if reading is None or (reading.day and reading.says_today):
        return False
    return reading.day is not None or reading.ago is not None or reading.clock is not None
