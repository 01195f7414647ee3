"""An element -> what its name and its labels say of the date in it: walled off, named as a date, or as that of a change."""

import re

from newscrawl.article import DateSource
from newscrawl.extraction.tree import Element

_SKIPPED_TAGS = frozenset(
    {"script", "style", "noscript", "template", "svg", "select", "option", "textarea", "iframe", "object", "button"}
    | {"nav", "aside", "form", "input", "head", "figure", "figcaption", "caption", "blockquote", "pre"}
)
# Names of what surrounds an article. Each alternative is a fixed word between separators: nothing can be tried twice.
_WALLED = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|body|content|wrap|section|date|meta|area|head)\w*|commentlist|respond|disqus\w*|replies"
    r"|related\w*|read-?(?:also|more|next|on)|recommend\w*|teasers?|sidebar\w*|side-?bar|widget|footer|copyright"
    r"|popular|trending|most-?(?:read|viewed|popular)|latest|recent\w*|more-?(?:news|stories|articles|from)|similar|carousel|slider|swiper|slick"
    r"|ticker|newsletter|promo|banner|adv?s?|menu|nav|navigation|navbar|pagination|pager|last-?news|news-?(?:list|feed|line|ticker)|newsline|lenta"
    r"|weather|currency|rates|today|current\w*|cur-?date|now|archivelist|hierarchy|topbar|top-?bar|top-?line|masthead|site-?(?:nav|date|time|head)\w*)(?:$|[\s_-])"
)
# With children it is a calendar; without, its name is that of the icon before a date (`<span class="icon-calendar">2 мая 2024`).
_CALENDAR = re.compile(r"(?:^|[\s_-])(?:calendar\w*|datepicker)(?:$|[\s_-])")
_OWN_FOOTER = re.compile(r"entry|post|article|story|news")
_DATED_NAME = re.compile(
    r"date|datum|time|publi|posted|created|fecha|tarih|stamp|submitted|byline|meta|info|stand|author|autor|кун|sana"
)
_MODIFIED_NAME = re.compile(r"modif|updat|changed|edited|lastmod")
_MODIFIED_TEXT = re.compile(
    r"\b(?:updat|modif|edited|last changed|обновл|измен[её]н|жаңартыл|өзгертіл|yangilan|янгилан|таҷдид|навсоз|жаңыл|jańart|jaňart"
    r"|aktualisiert|geändert|zuletzt|actualis|actualiz|aggiornat|güncel|оновлен)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:publi|posted|опубл|размещ|добавлен|создан|дата|жариялан|жарыялан|jari|elon|e.lon|эълон|joylan|нашр|veröff|erstellt|created|date|datum|wurde am)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
_DATE_PROP = re.compile(r"(?:datepublished|datecreated|dateissued|uploaddate|datemodified)\b")
STAMP_ATTRIBUTES = (
    *("data-unixtime", "data-timestamp", "data-published", "data-publishdate", "data-pubdate", "data-datetime"),
    *("data-date", "data-time"),
)
LONGEST_LINKED_DATE = 35  # characters: an author's name and a dated permalink are shorter, headlines longer
LONGEST_TEASER = 500
LARGEST_TEASER = 20  # children
LONGEST_DATELINE = 160
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_STAMP_SET = frozenset(STAMP_ATTRIBUTES)


def names_of(element: Element) -> str:
    """The element's classes and id, in lower case."""
    return " ".join((element.get("class") or "", element.get("id") or "")).lower().strip()


def is_walled(element: Element) -> bool:
    """Whether the element holds what is around an article: teasers, comments, menus, calendars, the page's footer."""
    if element.tag in _SKIPPED_TAGS:
        return True
    names = names_of(element)
    if element.tag == "footer":
        return not _OWN_FOOTER.search(names)
    return bool(names) and bool(_WALLED.search(names) or (len(element) and _CALENDAR.search(names)))


def machine_source(element: Element) -> DateSource | None:
    """The source whose date stands in an attribute of the element, None when it is no element for machines."""
    keys = element.keys()
    if element.tag == "time":
        return "microdata" if _is_date_prop(element) else "time"
    if not keys:
        return None
    if _is_date_prop(element):
        return "microdata"
    return "time" if not _STAMP_SET.isdisjoint(keys) or (element.tag == "abbr" and element.get("title")) else None


def _is_date_prop(element: Element) -> bool:
    prop = element.get("itemprop") or element.get("property")
    return bool(prop) and bool(_DATE_PROP.search((prop or "").lower()))


def is_named(element: Element) -> bool:
    """Whether the name of the element, or of one close around it, says that a date stands here."""
    near: Element | None = element
    for _ in range(3):
        if near is None or near.tag in {"body", "html", "article", "main"}:
            return False
        if _DATED_NAME.search(names_of(near)):
            return True
        near = near.getparent()
    return False


def is_teasers(element: Element, around: set[Element]) -> bool:
    """Whether the date belongs to a teaser: a link of headline length, or one that is a heading, stands around it or beside it in
    its own small block."""
    near = element
    for _ in range(4):
        if near in around or near.tag in {"body", "article", "main"} or len(near) > LARGEST_TEASER:
            return False
        if near.tag == "a" and len(near.text_content().strip()) > LONGEST_LINKED_DATE:
            return True
        if any(_is_headline(link) for link in near.iter("a")):
            return len(near.text_content()) < LONGEST_TEASER
        parent = near.getparent()
        if parent is None:
            return False
        near = parent
    return False


def _is_headline(link: Element) -> bool:
    parent = link.getparent()
    if parent is not None and parent.tag in _HEADINGS:
        return True
    return len(link.text_content().strip()) > LONGEST_LINKED_DATE or any(child.tag in _HEADINGS for child in link)


def is_in_sentence(element: Element) -> bool:
    """Whether the element is, or is a part of, a paragraph of running text: its dates are those of the story."""
    near: Element | None = element
    for _ in range(4):
        if near is None:
            return False
        if near.tag in {"p", "li", "td", "dd"}:
            return len(near.text_content().strip()) > LONGEST_DATELINE
        near = near.getparent()
    return False


def is_labelled(text: str) -> bool:
    """Whether the text says itself that its date is the publication's."""
    return bool(_LABEL.search(text))


def says_modified(text: str, names: str) -> bool:
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
