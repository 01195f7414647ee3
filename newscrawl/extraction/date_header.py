"""A parsed page -> the dates that a reader sees near its headline: microdata, `<time>`, and text that is a date and nothing else.

What stands in teasers, comments, calendars, menus and footers is walled off while the page is walked: 184 of 540 dates that a search
over the whole page found on pages of our kind were wrong. An element around the headline is never such a place.
"""

import re
from dataclasses import dataclass

from newscrawl.article import DateEvidence, DateSource
from newscrawl.extraction.container import find_headline
from newscrawl.extraction.date_reading import MAX_CHARACTERS, find_date_text, read_text
from newscrawl.extraction.titles import read_title
from newscrawl.extraction.tree import Element, PageTree

# How much visible text may stand between the headline and a bare date: a lead and a byline below it, a section's name above.
NEAR_BELOW_CHARACTERS = 700
NEAR_ABOVE_CHARACTERS = 200
MAX_SPOTS = 40
MAX_IN_A_ROW = 3

_SKIPPED_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "select",
        "option",
        "textarea",
        "iframe",
        "object",
        "button",
        "nav",
        "aside",
        "form",
        "input",
        "head",
    ]
)
_WALLED = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|body|content|wrap|section|date|meta|area|head)\w*|commentlist|respond|disqus\w*|replies"
    r"|related\w*|read-?(?:also|more|next|on)|recommend\w*|teasers?|sidebar\w*|side-?bar|widget|calendar\w*|datepicker|footer|copyright"
    r"|popular|trending|most-?(?:read|viewed|popular)|latest|recent\w*|more-?(?:news|stories|articles|from)|similar|carousel|slider|swiper|slick"
    r"|ticker|newsletter|promo|banner|adv?s?|menu|nav|navigation|navbar|pagination|pager|last-?news|news-?(?:list|feed|line|ticker)|newsline|lenta"
    r"|weather|currency|rates|today|clock|archivelist|hierarchy|topbar|top-?bar|top-?line|masthead|breadcrumbs-archive)(?:$|[\s_-])"
)
_OWN_FOOTER = re.compile(r"entry|post|article|story|news")
_DATED_NAME = re.compile(
    r"date|datum|time|publi|posted|created|fecha|tarih|stamp|submitted|byline|meta|info|stand|author|autor|кун|sana"
)
_MODIFIED_NAME = re.compile(r"modif|updat|changed|edited|lastmod")
_MODIFIED_TEXT = re.compile(
    r"\b(?:updat|modif|edited|last changed|обновл|измен[её]н|жаңартыл|өзгертіл|yangilan|янгилан|таҷдид|жаңыл|aktualisiert|geändert|zuletzt|actualis|actualiz|aggiornat|güncel|оновлен)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:publi|posted|опубл|размещ|добавлен|дата|жариялан|жарыялан|elon|эълон|joylan|нашр|veröff|erstellt|created|date|datum|datum|wurde am)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"(?:19[89]|20[0-9])[0-9]|[0-9]\.[0-9]{2}\b")
_PUBLISHED_PROP = re.compile(r"(?:datepublished|datecreated|dateissued|uploaddate)\b")
_STAMPS = (
    "data-unixtime",
    "data-timestamp",
    "data-published",
    "data-publishdate",
    "data-pubdate",
    "data-datetime",
    "data-date",
    "data-time",
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """One date on the page. rank: 0 near the headline, 1 named as a date, 2 far; distance in characters of visible text."""

    evidence: DateEvidence
    rank: int
    distance: int


def visible_dates(tree: PageTree, url: str) -> list[DateEvidence]:
    """Microdata, `<time>` and header text of this page's own article, each source's nearest to the headline first."""
    walk = _Walk(tree)
    spots = walk.spots()
    return [spot.evidence for spot in sorted(spots, key=lambda spot: (spot.rank, spot.distance))]


class _Walk:
    """One walk over the page in document order, with the text offset of everything that is not walled off."""

    def __init__(self, tree: PageTree) -> None:
        self.root = tree.root
        self.headline = _headline(tree)
        self.around = set() if self.headline is None else {self.headline, *self.headline.iterancestors()}
        self.offset = 0
        self.headline_at: int | None = None
        self.found: list[tuple[DateEvidence, bool, int]] = []

    def spots(self) -> list[_Spot]:
        """Every date that is near the headline, or that its element's name or a label calls a date."""
        body = self.root.find("body")
        self._walk(self.root if body is None else body)
        spots = []
        for evidence, named, at in self._without_lists()[:MAX_SPOTS]:
            if self.headline_at is None:
                if named:
                    spots.append(_Spot(evidence, 2, at))
                continue
            below = at - self.headline_at
            near = -NEAR_ABOVE_CHARACTERS <= below <= NEAR_BELOW_CHARACTERS
            if near or named:
                rank = 0 if near and (named or below >= 0) else 1
                spots.append(_Spot(evidence, rank, below if below >= 0 else -2 * below))
        return spots

    def _without_lists(self) -> list[tuple[DateEvidence, bool, int]]:
        """What was found, without elements of one name that date three things: a list of teasers or comments."""
        raws: dict[str, set[str]] = {}
        for evidence, _, _ in self.found:
            raws.setdefault(evidence.where, set()).add(evidence.raw)
        return [spot for spot in self.found if len(raws[spot[0].where]) < MAX_IN_A_ROW]

    def _walk(self, root: Element) -> None:
        stack: list[tuple[Element, str | None]] = [(root, None)]
        while stack:
            element, tail = stack.pop()
            if tail is not None:
                self._text(tail, element)
            elif isinstance(element.tag, str) and not self._walled(element) and not self._whole(element):
                if element is self.headline:
                    self.headline_at = self.offset
                for child in reversed(element):
                    if child.tail and child.tail.strip():
                        stack.append((element, child.tail))
                    stack.append((child, None))
                if element.text and element.text.strip():
                    stack.append((element, element.text))

    def _walled(self, element: Element) -> bool:
        if element in self.around:
            return False
        if element.tag in _SKIPPED_TAGS:
            return True
        names = _names(element)
        if element.tag == "footer" and not _OWN_FOOTER.search(names):
            return True
        return bool(names) and bool(_WALLED.search(names))

    def _whole(self, element: Element) -> bool:
        """Take the element as one date if its attributes or all its text are one: the parts of a date may be elements."""
        if source := _machine_source(element):
            raws = [element.get("content"), element.get("datetime"), element.get("title")]
            raws += [element.get(name) for name in _STAMPS]
            text = " ".join(element.text_content().split())
            raw = next((r.strip() for r in raws if r and _DIGIT.search(r)), text if _DIGIT.search(text) else None)
            if raw and len(raw) <= MAX_CHARACTERS:
                self._add(source, raw, element, True, text)
                self.offset += len(text)
                return True
        if not len(element) or element in self.around:
            return False
        text = _short_text(element)
        if text and _YEAR.search(text) and _is_whole_date(text):
            self._add("header", text, element, _is_named(element), text)
            self.offset += len(text)
            return True
        return False

    def _text(self, text: str, owner: Element) -> None:
        text = " ".join(text.split())
        at, self.offset = self.offset, self.offset + len(text)
        if len(text) < 6 or len(text) > 2 * MAX_CHARACTERS or not _DIGIT.search(text) or owner is self.headline:
            return
        named = _is_named(owner)
        if len(text) <= MAX_CHARACTERS and _is_whole_date(text):
            self._add("header", text, owner, named or bool(_LABEL.search(text)), text, at)
        elif _YEAR.search(text) and (found := find_date_text(text)):
            self._add("header", found, owner, named, text, at)

    def _add(
        self, source: DateSource, raw: str, element: Element, named: bool, text: str, at: int | None = None
    ) -> None:
        names = _names(element) + " " + (element.get("itemprop") or "").lower()
        modified = _says_modified(text, names)
        tag = element.tag if isinstance(element.tag, str) else ""
        where = f"<{tag}> {names.strip()[:60]}".strip()
        evidence = DateEvidence(source, raw, where, "modified" if modified else "published")
        self.found.append((evidence, named, self.offset if at is None else at))


def _says_modified(text: str, names: str) -> bool:
    """Whether a label in front of the date or its element's name says that it is the last change.

    "05.04.2025 - Güncelleme: 06.04.2025" begins with the publication; WordPress themes name their only date `entry-date updated`.
    """
    first_digit = _DIGIT.search(text)
    if _MODIFIED_TEXT.search(text[: first_digit.start()] if first_digit else text):
        return True
    tokens = names.split()
    changed = [token for token in tokens if _MODIFIED_NAME.search(token)]
    dated = any("date" in token or "publi" in token for token in tokens if token not in changed)
    return bool(changed) and not dated


def _headline(tree: PageTree) -> Element | None:
    return find_headline(tree.root, read_title(tree, frozenset()))


def _names(element: Element) -> str:
    return " ".join((element.get("class") or "", element.get("id") or "")).lower().strip()


def _machine_source(element: Element) -> DateSource | None:
    """The source whose date stands in an attribute of the element."""
    prop = (element.get("itemprop") or element.get("property") or "").lower()
    if _PUBLISHED_PROP.search(prop) or "datemodified" in prop:
        return "microdata"
    if element.tag == "time":
        return "time"
    if (element.tag == "abbr" and element.get("title")) or any(element.get(name) for name in _STAMPS):
        return "time"
    return None


def _is_named(element: Element) -> bool:
    """Whether the element's name, or that of one close around it, says that a date stands here."""
    for near in (element, *list(element.iterancestors())[:2]):
        if near.tag in {"body", "html", "article", "main"}:
            return False
        if _DATED_NAME.search(_names(near)):
            return True
    return False


def _short_text(element: Element) -> str:
    """The element's text if it is short enough to be a date, "" otherwise; an early stop keeps large elements cheap."""
    parts: list[str] = []
    length = 0
    for part in element.itertext(with_tail=False):
        parts.append(str(part))
        length += len(parts[-1].strip())
        if length > MAX_CHARACTERS:
            return ""
    return " ".join(" ".join(parts).split())


def _is_whole_date(text: str) -> bool:
    """Whether the text is a date and nothing else. "Сегодня, 2 мая 2024" is the day of the fetch in a calendar."""
    reading = read_text(text)
    if reading is None or (reading.day and reading.says_today):
        return False
    return reading.day is not None or reading.ago is not None or reading.clock is not None
