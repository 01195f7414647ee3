"""A section list's or a day page's HTML -> candidates with title and the date beside the link, and the page to go on with."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from cssselect import SelectorError

from newscrawl.article import DateEvidence
from newscrawl.discovery.article_urls import is_probably_article
from newscrawl.discovery.entries import article_link, fold, plain_title
from newscrawl.discovery.list_dates import (
    card_clock,
    day_headings,
    day_of,
    day_page_evidence,
    fill_day,
    is_clock,
    stated_date,
    words_without_date,
    written_date,
)
from newscrawl.discovery.paging import next_by_number
from newscrawl.extraction.selectors import select
from newscrawl.extraction.tree import Element, PageTree, UnreadablePage, read_tree
from newscrawl.page import Candidate, Discovery
from newscrawl.site import DayPages, Listing, Site

MAX_LINKS = 2_000  # the longest list of the region that was measured has 150 entries a day
MAX_CARD_ELEMENTS = 150
MAX_CARD_LEVELS = 6
_SURROUNDINGS = ("nav", "menu", "footer", "breadcrumb", "pagination", "social", "comment", "cookie")


class _Entry(NamedTuple):
    """A link and the element that belongs to it alone, where the date may stand."""

    link: Element
    card: Element


def read_listing(
    html: bytes | str,
    url: str,
    source: Listing | DayPages,
    site: Site,
    page: int = 1,
    content_type: str | None = None,
) -> Discovery:
    """The articles that a list names, in document order. `url`: where it was fetched; `page`: its number, from 1.

    With `source.item` its entries are taken as marked, without it every link that has the form of an article's address.
    """
    try:
        tree = read_tree(html, url, content_type)
        base = _base(tree, url)
        marked = _marked(tree, base, source, site) if source.item else _unmarked(tree, base, site)
        entries = list(islice(marked, MAX_LINKS))
        with_clock = [entry.card for entry in entries if card_clock(entry.card)]
        headings = day_headings(tree.root, with_clock) if with_clock else {}
        found = [c for e in entries if (c := _candidate(e, base, url, source, site, headings.get(e.card)))]
        following = _following(tree, base, url, source, page)
    except UnreadablePage as fault:
        return Discovery(problem=f"The list could not be read: {fault}.")
    except SelectorError as fault:
        return Discovery(problem=f"A selector of the list is no CSS: {fault}.")
    candidates = fold(found)
    last_page = isinstance(source, Listing) and page >= source.pages
    return Discovery(
        candidates=candidates,
        more=() if last_page or not candidates else following,
        problem=None if candidates else _why_nothing(source),
        limited=_limit(len(found), last_page and bool(following), page),
    )


def day_page_url(source: DayPages, day: date) -> str:
    """The address of one day's list."""
    return fill_day(source.url, day)


def _why_nothing(source: Listing | DayPages) -> str:
    what = (
        f"nothing that {source.item!r} marks holds a link to an article"
        if source.item
        else "no link has the form of an article's"
    )
    return f"The list names no article: {what}."


def _limit(links: int, pages_left: bool, page: int) -> str | None:
    if links >= MAX_LINKS:
        return f"Only the first {MAX_LINKS} links were taken."
    return f"Stopped after {page} pages, as the source says." if pages_left else None


def _base(tree: PageTree, url: str) -> str:
    """Where the page's relative links start: its first `<base href>`, else its own address."""
    element = tree.root.find(".//base[@href]")
    return (article_link(url, element.get("href")) if element is not None else None) or url


def _marked(tree: PageTree, base: str, source: Listing | DayPages, site: Site) -> Iterator[_Entry]:
    for item in select(tree.root, source.item or ""):
        # `a.card` is item and link at once; select() never gives the element itself.
        links = select(item, source.link) or ([item] if item.get("href") else [])
        if source.link == Listing.link and site.article_url is None:
            # Rubric and author are links of the entry, too; an entry whose links all have an odd form still has its first.
            links = [
                a for a in links if is_probably_article(article_link(base, a.get("href")) or "", site.home)
            ] or links[:1]
        yield from (_Entry(link, item) for link in links)


def _unmarked(tree: PageTree, base: str, site: Site) -> Iterator[_Entry]:
    links = [(link, target) for link in tree.root.iter("a") if (target := article_link(base, link.get("href")))]
    articles = {link: target for link, target in links if _is_article(link, target, site)}
    for link, target in articles.items():
        yield _Entry(link, _card(link, target, articles))


def _is_article(link: Element, target: str, site: Site) -> bool:
    """By the site's own pattern; without one by the address's form, and never from a menu or footer."""
    stated = site.is_article_url(target)
    if stated is not None:
        return stated
    return is_probably_article(target, site.home) and not _in_surroundings(link)


def _in_surroundings(link: Element) -> bool:
    for element in link.iterancestors():
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
        if element.tag in {"nav", "footer"} or any(word in names for word in _SURROUNDINGS):
            return element.tag not in {"body", "html", "main"}
    return False


def _card(link: Element, target: str, articles: dict[Element, str]) -> Element:
    """The largest element around a link that leads to no other article: what stands in it belongs to this one."""
    card = link
    for element in islice(link.iterancestors(), MAX_CARD_LEVELS):
        inner = list(islice(element.iter(), MAX_CARD_ELEMENTS))
        others = any(articles.get(each, target) != target for each in inner)
        if others or len(inner) == MAX_CARD_ELEMENTS or element.tag in {"body", "main", "table", "tbody"}:
            break
        card = element
    return card


def _candidate(
    entry: _Entry, base: str, url: str, source: Listing | DayPages, site: Site, heading: str | None
) -> Candidate | None:
    target = article_link(base, entry.link.get("href"))
    if not target or site.is_article_url(target) is False:
        return None
    evidence = _evidence(entry.card, source, url, heading)
    return Candidate(
        url=target,
        found_in=url,
        kind=source.kind,
        # Of "25 ноября 14:30" only the clock stands in the entry.
        title=_title(entry.link, evidence.raw.removeprefix(heading or "").strip() if evidence else ""),
        language=source.language,
        evidence=(evidence,) if evidence else (),
    )


def _title(link: Element, written_day: str) -> str | None:
    """The heading in a link, else its text without the date; one word is "12" comments or "Подробнее", and no title."""
    heading = next(link.iter("h1", "h2", "h3", "h4", "h5", "h6"), link)
    text = words_without_date(heading)
    title = plain_title(text.replace(written_day, "") if written_day else text) or plain_title(link.get("title"))
    return title if title and " " in title else None


def _evidence(card: Element, source: Listing | DayPages, url: str, heading: str | None) -> DateEvidence | None:
    """What is written beside the link; else, for entries that the site's file marks, the day that the page is of; else the
    day above several entries with the clock beside this one."""
    raw = stated_date(select(card, source.date)) if source.date else written_date(card)
    day = day_of(source.url, url) if isinstance(source, DayPages) and source.item else None
    if day and (raw is None or is_clock(raw)):
        return day_page_evidence(card, day)
    clock = card_clock(card) if heading and (raw is None or is_clock(raw)) else None
    if clock:
        return DateEvidence("listing", f"{heading} {clock}", "the day above the entries and the clock beside the link")
    return DateEvidence("listing", raw, "beside the link in the list") if raw else None


def _following(tree: PageTree, base: str, url: str, source: Listing | DayPages, page: int) -> tuple[str, ...]:
    """The next page: by the source's template or selector, else by the page's own rel="next", else by the link of its number."""
    if isinstance(source, Listing) and source.next_url:
        filled = source.next_url.replace("{page}", str(page + 1)).replace("{offset}", str(page * source.step))
        stated = [article_link(base, filled)]
    elif isinstance(source, Listing) and source.next_link:
        stated = [article_link(base, link.get("href")) for link in select(tree.root, source.next_link)]
    else:
        marked = (e for e in tree.root.iter("link", "a") if "next" in (e.get("rel") or "").lower().split())
        stated = [article_link(base, link.get("href")) for link in marked]
        stated = stated or [next_by_number(tree, base, url, page)] if isinstance(source, Listing) else stated
    return tuple(dict.fromkeys(link for link in stated if link and link != url))[:1]
