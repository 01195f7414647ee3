"""A sitemap's bytes -> candidates with title, language, dates and language versions; a sitemap index -> its children.

News sitemaps state a publication date; `lastmod` is the last change and never more than that (20,000 entries of one
archive carry days of the last years for articles that go back to 2008).
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newscrawl.article import DateEvidence
from newscrawl.discovery.entries import article_link, date_text, fold, language_code, plain_title, sentence
from newscrawl.discovery.xml_entries import SourceText, UnreadableSource, XmlEntries, local_name, source_text
from newscrawl.page import Candidate, Discovery

MAX_ENTRIES = 50_000  # of one sitemap or index, as sitemaps.org has it
MAX_ALTERNATES = 50
# A sitemap's days may be those of UTC, the window's those of the site: a day's margin on both sides.
MARGIN = timedelta(days=1)

_WANTED = frozenset({"url", "sitemap"})
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_TEXT_SITEMAP = re.compile(r"https?://\S+\s*(?:\n|\Z)", re.IGNORECASE)
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
# The days that an address names, the finest form first; `mount` is how one site of the region spells it.
_DAYS_IN_ADDRESS = (
    re.compile(rf"(?<!\d){_YEAR}([-_/.]?){_MONTH}\2{_DAY}(?!\d)".replace("0?", "0")),
    re.compile(rf"(?<!\d){_YEAR}[-_/.]{_MONTH}(?!\d)".replace("0?", "0")),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH}(?!\d)".replace("0?", "0")),
    re.compile(rf"(?:year|yyyy)={_YEAR}&(?:amp;)?(?:month|mount|mm)={_MONTH}(?!\d)"),
)
_ISO_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ][0-9:.Z+-]*)?")
_LIKELY_NEWEST = re.compile(r"news|latest|recent", re.IGNORECASE)


class _Child(NamedTuple):
    """A sitemap that an index names; its `lastmod` as written."""

    url: str
    lastmod: str


def read_sitemap(
    body: bytes,
    url: str,
    children: str | None = None,
    since: date | None = None,
    until: date | None = None,
    content_type: str | None = None,
) -> Discovery:
    """What a sitemap (XML, gzip, or one address a line) lists. `url`: where it was fetched.

    An index gives `more`, the newest first: children whose address `children` matches, without those that by their
    lastmod or by the days in their address hold nothing of `since` to `until`.
    """
    source = source_text(body, content_type)
    if _TEXT_SITEMAP.match(source.text):
        return _read_lines(source, url)
    try:
        entries = XmlEntries(source, _WANTED)
    except UnreadableSource as fault:
        return Discovery(problem=f"This is no sitemap: {fault}.")
    found: list[Candidate] = []
    named: list[_Child] = []
    useless, limited = 0, None
    for number, element in enumerate(entries):
        if number == MAX_ENTRIES:
            limited = f"only the first {MAX_ENTRIES} entries were taken"
            break
        if not (link := article_link(url, _child_text(element, "loc"))):
            useless += 1
        elif local_name(element) == "sitemap":
            named.append(_Child(link, _child_text(element, "lastmod")))
        else:
            found.append(_candidate(element, link, url))
    notes = [f"Entries without an address that can be fetched: {useless}."] if useless else []
    chosen, left_out = _choose(named, url, children, since, until)
    candidates = fold(found)
    return Discovery(
        candidates=candidates,
        more=tuple(chosen),
        more_days=tuple(chosen.values()),
        problem=sentence(entries.problem) or _emptiness(entries.root, bool(found or named)),
        limited=sentence(limited or entries.limited),
        notes=(*notes, *left_out),
    )


def _read_lines(source: SourceText, url: str) -> Discovery:
    lines = source.text.split("\n", MAX_ENTRIES + 1)
    links = [article_link(url, line) if _ADDRESS.match(line) else None for line in lines[:MAX_ENTRIES] if line.strip()]
    return Discovery(
        candidates=fold(Candidate(url=link, found_in=url, kind="sitemap") for link in links if link),
        problem=sentence(source.problem),
        limited=f"Only the first {MAX_ENTRIES} lines were taken."
        if len(lines) > MAX_ENTRIES
        else sentence(source.limited),
        notes=(f"Lines that are no address: {links.count(None)}.",) if None in links else (),
    )


def _emptiness(root: str, any_entries: bool) -> str | None:
    if any_entries:
        return None
    if root in {"urlset", "sitemapindex"}:
        return "The sitemap has no entries."
    kind = "a feed" if root in {"rss", "feed", "RDF"} else f"a document of <{root or '?'}>"
    return f"This is no sitemap: it is {kind}."


def _candidate(element: etree._Element, link: str, url: str) -> Candidate:
    stated = _news(element)
    evidence = []
    if published := date_text(stated.get("publication_date")):
        evidence.append(DateEvidence("sitemap", published, "news sitemap, publication_date"))
    if modified := date_text(_child_text(element, "lastmod")):
        evidence.append(DateEvidence("sitemap", modified, "sitemap, lastmod", "modified"))
    return Candidate(
        url=link,
        found_in=url,
        kind="sitemap",
        title=plain_title(stated.get("title")),
        language=language_code(stated.get("language")),
        evidence=tuple(evidence),
        alternates=tuple(_alternates(element, url)),
    )


def _news(element: etree._Element) -> dict[str, str]:
    """The texts of the first `news:news`, by their local names; its publication (name, language) is laid flat."""
    for child in element.iterchildren(etree.Element):
        if local_name(child) == "news":
            return {
                local_name(e): e.text for e in reversed(list(child.iter(etree.Element))) if e.text and e.text.strip()
            }
    return {}


def _alternates(element: etree._Element, url: str) -> Iterator[tuple[str, str]]:
    """(language, address) of each `xhtml:link rel="alternate"`; x-default names no language."""
    links = (child for child in element.iterchildren(etree.Element) if local_name(child) == "link")
    for child in islice(links, MAX_ALTERNATES):
        language, link = language_code(child.get("hreflang")), article_link(url, child.get("href"))
        if language and link and child.get("rel") == "alternate":
            yield language, link


def _child_text(element: etree._Element, name: str) -> str:
    return next((c.text or "" for c in element.iterchildren(etree.Element) if local_name(c) == name), "")


def _choose(
    named: list[_Child], url: str, pattern: str | None, since: date | None, until: date | None
) -> tuple[dict[str, str], list[str]]:
    """(the children that are worth fetching, the newest first, each with its last day; in words what was left out)."""
    try:
        wanted = re.compile(pattern or "")
    except re.error as error:
        return {}, [f"The pattern for children {pattern!r} is no regular expression: {error}."]
    matching = [child for child in dict.fromkeys(named) if child.url != url and wanted.search(child.url)]
    kept = [child for child in matching if not _outside(child, since, until)]
    notes = []
    if others := len(named) - len(matching):
        notes.append(
            f"Left out of {len(named)} children, since they do not match, repeat, or are the index itself: {others}."
        )
    if outside := len(matching) - len(kept):
        notes.append(
            f"Left out of {len(named)} children, since they hold nothing of the days that were asked for: {outside}."
        )
    newest: dict[str, str] = {}
    for child in sorted(kept, key=lambda child: _newness(child, wanted), reverse=True):
        newest.setdefault(child.url, _newness(child, wanted)[0][:10])
    return newest, notes


def _outside(child: _Child, since: date | None, until: date | None) -> bool:
    first, last = days_in_address(child.url) or (None, None)
    changed = _iso_day(child.lastmod)
    newest = min((day for day in (last, changed) if day), default=None)
    too_old = since is not None and newest is not None and newest < since - MARGIN
    return too_old or (until is not None and first is not None and first > until + MARGIN)


def _newness(child: _Child, pattern: re.Pattern[str]) -> tuple[str, bool, int]:
    """Sort key: by lastmod, else the last day in the address; of the undated those first that are named for the news, then
    by the number in the pattern's group: where `1` is the newest and where the oldest, only a site's file knows."""
    days = days_in_address(child.url)
    stated = child.lastmod.strip() if _iso_day(child.lastmod) else days[1].isoformat() if days else ""
    numbered = pattern.search(child.url) if pattern.groups else None
    number = int(numbered[1]) if numbered and (numbered[1] or "").isdecimal() else 0
    return stated, bool(_LIKELY_NEWEST.search(child.url)), number


def days_in_address(url: str) -> tuple[date, date] | None:
    """The first and the last day that an address names: `2024-05`, `20240502`, `date_start=20240501&date_end=20240531`."""
    for form in _DAYS_IN_ADDRESS:
        spans = [span for match in form.finditer(url) if (span := _span(match))]
        if spans:
            return min(first for first, _ in spans), max(last for _, last in spans)
    return None


def _span(match: re.Match[str]) -> tuple[date, date] | None:
    numbers = [int(group) for group in match.groups() if group and group.isdigit()]
    try:
        if len(numbers) == 3:
            return date(*numbers), date(*numbers)
        year, month = numbers
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None


def _iso_day(text: str) -> date | None:
    match = _ISO_DAY.match(text)
    try:
        return date.fromisoformat(match.group(1)) if match else None
    except ValueError:
        return None
