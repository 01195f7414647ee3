"""An RSS or Atom feed's bytes -> candidates with the title, language and raw dates that the feed gives them.

lxml finds the entries and keeps of each only what is asked for here, so that feedparser, which knows what the dialects
mean (RSS 0.9 to 2.0, RDF, Atom, CDF), gets a small clean document: no DTD, no markup to sanitise, no article texts.
"""

import io
from dataclasses import dataclass
from typing import Any

import feedparser
from lxml import etree
from w3lib.url import add_or_replace_parameter, url_query_parameter

from newscrawl.article import DateEvidence
from newscrawl.discovery.entries import (
    MAX_URL_CHARS,
    article_link,
    date_text,
    fold,
    language_code,
    plain_title,
    sentence,
)
from newscrawl.discovery.xml_entries import UnreadableSource, XmlEntries, local_name, source_text
from newscrawl.page import Candidate, Discovery
from newscrawl.urls import absolute_url

MAX_FEED_ENTRIES = 5_000  # the largest feed of the region that was probed had 102
# More than the longest address that is taken: one that was cut here must not pass for a whole one.
MAX_VALUE_CHARS = MAX_URL_CHARS + 100

_WANTED = frozenset({"item", "entry", "language", "link"})
_ROOTS = frozenset({"rss", "feed", "RDF", "rdf", "channel"})
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DUBLIN_CORE = ("{http://purl.org/dc/elements/1.1/}", "dc:")
_NOT_THE_ENTRYS_OWN = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com", "media:", "itunes:")
# By local name in lower case -> the name that feedparser reads without its namespace.
_KEPT = {
    "title": "title", "link": "link", "guid": "guid", "id": "guid", "pubdate": "pubDate", "published": "pubDate",
    "issued": "pubDate", "updated": "updated", "modified": "updated", "origlink": "origlink", "language": "language",
}  # fmt: skip
_KEPT_ATTRIBUTES = ("href", "rel", "type", "isPermaLink")
# What feedparser's own readers of odd dates and titles let through; nothing else of it runs on this input.
_FEEDPARSER_FAULTS = (ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """What feedparser would not keep of an entry: its base address and which element dates it."""

    base: str
    dated_by: str


def read_feed(body: bytes, url: str, content_type: str | None = None, paged: bool = False) -> Discovery:
    """The articles that a feed lists. `url`: where it was fetched; `paged`: it goes on, under `?paged=N` or its rel="next"."""
    try:
        source = XmlEntries(source_text(body, content_type), _WANTED)
    except UnreadableSource as fault:
        return Discovery(problem=f"This is no feed: {fault}.")
    channel, circumstances, next_url, limited = _reduce(source, url)
    if source.root not in _ROOTS:
        return Discovery(problem=f"This is no feed: its root element is <{source.root or '?'}>.")
    try:
        entries = feedparser.parse(
            io.BytesIO(_as_rss(channel)), sanitize_html=False, resolve_relative_uris=False
        ).entries
    except _FEEDPARSER_FAULTS as fault:
        return Discovery(problem=f"The feed could not be read ({type(fault).__name__}: {fault}).")
    read = [_candidate(entry, url, known) for entry, known in zip(entries, circumstances, strict=False)]
    candidates = fold(candidate for candidate in read if candidate)
    without_link = read.count(None)
    return Discovery(
        candidates=candidates,
        more=_next_page(url, next_url) if paged and candidates else (),
        problem=sentence(source.problem) or (None if read else "The feed has no entries."),
        limited=sentence(limited or source.limited),
        notes=(f"Entries without a link that can be fetched: {without_link}.",) if without_link else (),
    )


def _reduce(source: XmlEntries, url: str) -> tuple[etree._Element, list[_Circumstances], str | None, str | None]:
    """(a channel of clean items, what else is known of each, the next page, what was cut off)."""
    channel = etree.Element("channel")
    circumstances: list[_Circumstances] = []
    next_url = None
    for element in source:
        name = local_name(element)
        if name == "language":
            channel.set(_XML_LANG, (element.text or "").strip()[:20])
        elif name == "link":
            next_url = element.get("href") if element.get("rel") == "next" else next_url
        elif len(circumstances) < MAX_FEED_ENTRIES:
            base = element.base
            item, dated_by = _item(element)
            channel.append(item)
            circumstances.append(_Circumstances((absolute_url(url, base) if base else None) or url, dated_by))
        else:
            return channel, circumstances, next_url, f"only the first {MAX_FEED_ENTRIES} entries were taken"
    if language := source.attributes.get("lang"):
        channel.set(_XML_LANG, language)
    return channel, circumstances, next_url, None


def _item(element: etree._Element) -> tuple[etree._Element, str]:
    """(the entry with what is asked for, the element that dates it). dc:date dates it where nothing else does (RSS 1.0)."""
    item = etree.Element("item")
    if language := element.get(_XML_LANG):
        item.set(_XML_LANG, language)
    dated_by, dublin_core_date = "", ""
    for child in element.iterchildren(etree.Element):
        tag, name = str(child.tag), local_name(child).lower()
        kept = _KEPT.get(name)
        text = "".join(child.itertext())[:MAX_VALUE_CHARS]
        if name == "date" and tag.startswith(_DUBLIN_CORE):
            dublin_core_date = text
        if not kept or tag.startswith(_NOT_THE_ENTRYS_OWN) or (kept == "guid" and not text.strip().startswith("http")):
            continue
        copy = etree.SubElement(item, kept, {key: child.attrib[key] for key in _KEPT_ATTRIBUTES if key in child.attrib})
        copy.text = text
        dated_by = local_name(child) if kept == "pubDate" else dated_by
    if dublin_core_date and not dated_by:
        etree.SubElement(item, "pubDate").text = dublin_core_date
        dated_by = "dc:date"
    return item, dated_by


def _as_rss(channel: etree._Element) -> bytes:
    root = etree.Element("rss", version="2.0")
    root.append(channel)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _candidate(entry: dict[str, Any], url: str, known: _Circumstances) -> Candidate | None:
    """The entry's address is the one behind the counting service, else its link, else its guid (feedparser puts it there)."""
    link = article_link(known.base, entry.get("origlink")) or article_link(known.base, entry.get("link"))
    if not link:
        return None
    published, updated = (date_text(dict.get(entry, key)) for key in ("published", "updated"))  # .get() mixes them up
    evidence = []
    if published:
        evidence.append(DateEvidence("feed", published, f"feed entry, {known.dated_by}"))
    if updated:
        evidence.append(DateEvidence("feed", updated, "feed entry, updated", "modified"))
    return Candidate(
        url=link,
        found_in=url,
        kind="feed",
        title=plain_title(entry.get("title")),
        language=language_code(entry.get("language") or entry.get("title_detail", {}).get("language")),
        evidence=tuple(evidence),
    )


def _next_page(url: str, next_url: str | None) -> tuple[str, ...]:
    """What the feed itself names, else WordPress's `?paged=2`, `?paged=3` ..., which end with a 404."""
    if next_url and (stated := absolute_url(url, next_url)):
        return (stated,) if stated != url else ()
    page = url_query_parameter(url, "paged") or "1"
    return (add_or_replace_parameter(url, "paged", str(int(page) + 1)),) if page.isdecimal() and len(page) < 6 else ()
