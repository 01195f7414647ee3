"""A parsed page -> every piece of date evidence in it, as raw strings with their places. Nothing is judged here.

What teasers, comments, calendars, "related" and footers say never gets in: `date_header` walls them off, and JSON-LD that describes
another page or a list is left out here.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Literal, TypeAlias
from urllib.parse import unquote, urlsplit

from newscrawl.article import DateEvidence
from newscrawl.extraction.date_header import visible_dates
from newscrawl.extraction.date_places import STAMP_ATTRIBUTES
from newscrawl.extraction.date_reading import read_text
from newscrawl.extraction.date_text import is_stamp
from newscrawl.extraction.selectors import select
from newscrawl.extraction.tree import Element, PageTree
from newscrawl.site import Override

OVERRIDE_WHERE = "the site's own selector"
BARE_META_WHERE = "bare meta"
_CREATED_KEYS = ("uploadDate", "dateCreated")
MAX_RAW_CHARACTERS = 200
MAX_EVIDENCE = 60
MOST_SELECTED = 20  # of what a site's own selector finds; the date stands near the top

_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Recipe|Review|Story|Interview)\Z")
_PAGE_TYPE = re.compile(
    r"(?:WebPage|ItemPage|AboutPage|QAPage|CreativeWork|VideoObject|AudioObject|PodcastEpisode|Episode)\Z"
)
Role: TypeAlias = Literal["published", "modified"]
_ARTICLE_IN_TEXT = re.compile(r'"@type"\s{0,5}:\s{0,5}\[?\s{0,5}"[A-Za-z]{0,30}(?:Article|Posting)"')
_DATE_IN_TEXT = re.compile(r'"(datePublished|dateModified)"\s{0,5}:\s{0,5}"([^"\\]{4,60})"')
_KEYS: tuple[tuple[tuple[str, ...], Role], ...] = (
    (("datePublished",), "published"),
    (_CREATED_KEYS, "published"),
    (("dateModified", "dateUpdated"), "modified"),
)
# Which meta names date the publication: letters only, since `DC.date.issued`, `dc_date_issued` and `dcdateissued` are one.
# 266 pages said article:published_time (10 of them off), `datepublished` 40 of 41, bare `date` 52 of 57: bare names go last.
_NAMED_PUBLISHED = re.compile(
    r"(?:publi(?:sh|cation)|pubdate|publdate|dateissued|dctermsissued|dctermsavailable|articledate|sailthrudate|releasedate|originaldate|firstpub|publicationdate)"
)
_BARE_PUBLISHED = re.compile(
    r"(?:date|dcdate|dctermsdate|created|datecreated|dcdatecreated|dctermscreated|createdate|creationdate|uploaddate|dateavailable|articledateoriginal)\Z"
)
_NAMED_MODIFIED = re.compile(r"modif|updat|revis|lastmod|moddate|edited|changed")
_NO_DATE_META = re.compile(
    r"expir|revisit|modifier|unpublish|publisher|publishing|until|valid|embargo|pubdatetz|status|section|event|start|end\Z"
)


def find_date_evidence(tree: PageTree, url: str, override: Override | None = None) -> tuple[DateEvidence, ...]:
    """All date evidence of the page, in the order of the ladder, each piece once. A pure reading: raw strings only."""
    found = [
        *_selected(tree, override),
        *(list(_json_ld(tree, url)) or _broken_json_ld(tree)),
        *_metas(tree),
        *visible_dates(tree),
        *address_evidence(url),
    ]
    kept = [evidence for evidence in found if 0 < len(evidence.raw) <= MAX_RAW_CHARACTERS]
    return tuple(dict.fromkeys(kept))[:MAX_EVIDENCE]


def _selected(tree: PageTree, override: Override | None) -> Iterator[DateEvidence]:
    """What the site's own selector points at: of its elements the first that says a date, so that counters and bylines of the
    same class cost nothing, and a second date (of a change, of a teaser) is no other opinion on the publication."""
    if override is None or not override.date:
        return
    where = f"{OVERRIDE_WHERE} {override.date}"
    said = [tuple(_dates_of(element, where)) for element in select(tree.root, override.date)[:MOST_SELECTED]]
    readable = (pieces for pieces in said if any(read_text(e.raw) or is_stamp(e.raw) for e in pieces))
    # What none of our patterns knows may be known to the second opinion.
    yield from next(readable, next((pieces for pieces in said if pieces), ()))


def _dates_of(element: Element, where: str) -> Iterator[DateEvidence]:
    """What an element says: its attributes first, they are made for machines."""
    for raw in (element.get("datetime"), element.get("content")):
        if raw and raw.strip():
            yield DateEvidence("header", " ".join(raw.split()), where)
    yield from (DateEvidence("time", raw, where) for name in STAMP_ATTRIBUTES if is_stamp(raw := element.get(name, "")))
    text = " ".join(element.text_content().split())
    if text:
        yield DateEvidence("header", text, where)


def _json_ld(tree: PageTree, url: str) -> Iterator[DateEvidence]:
    """The objects that describe this page: articles that name its address, articles that name none, then pages and videos."""
    ranked: list[tuple[int, str, dict[str, Any]]] = []
    paths = {_path(url), _path(_canonical(tree))} - {""}
    for item in _objects(tree.json_ld):
        types = item.get("@type")
        kinds = [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
        named = _path(_address_of(item))
        if kind := next((k for k in kinds if _ARTICLE_TYPE.search(k)), None):
            ranked.append((0 if named in paths else 2 if named else 1, kind, item))
        elif kind := next((k for k in kinds if _PAGE_TYPE.search(k)), None):
            ranked.append((3 if kind.endswith("Page") else 4, kind, item))
    best = min((rank for rank, *_ in ranked), default=0)
    ranked.sort(key=lambda entry: entry[0])
    own = [(kind, item) for rank, kind, item in ranked if rank != 2 or best >= 2]  # else a teaser's object
    for keys, role in _KEYS:
        for kind, item in own:
            for key in keys:
                if raw := _plain(item.get(key)):
                    yield DateEvidence("json-ld", raw, f"JSON-LD {kind}.{key}", role)


def _broken_json_ld(tree: PageTree) -> Iterator[DateEvidence]:
    """The dates of an article's block that is no JSON (a comma or a brace too many), if each key stands there with one value only."""
    for script in tree.root.iter("script"):
        text = script.text_content() if "ld+json" in (script.get("type") or "").lower() else ""
        if not _ARTICLE_IN_TEXT.search(text) or _is_json(text):
            continue
        values: dict[str, set[str]] = {}
        for key, value in _DATE_IN_TEXT.findall(text):
            values.setdefault(key, set()).add(unescape(value).strip())
        for keys, role in _KEYS:
            for key in keys:
                if len(raws := values.get(key, set())) == 1:
                    yield DateEvidence("json-ld", raws.pop(), f"broken JSON-LD {key}", role)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _plain(value: Any) -> str:
    value = value.get("@value") if isinstance(value, dict) else value
    return unescape(str(value)).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else ""


def is_weak(evidence: DateEvidence) -> bool:
    """Whether the place dates something near the publication: a bare `date` or when the page or video was made.

    Right on 71 of 80 pages (bare metas) and 39 of 47 (dateCreated), where the named places were on 96 %.
    """
    return evidence.where.startswith(BARE_META_WHERE) or evidence.where.lower().endswith(("uploaddate", "datecreated"))


def _objects(items: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """The objects and what they say is their main thing; never lists of other pages or comments."""
    for item in items:
        yield item
        for key in ("mainEntity", "mainEntityOfPage"):
            inner = item.get(key)
            if isinstance(inner, dict) and inner.get("@type"):
                yield inner


def _address_of(item: dict[str, Any]) -> str:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = item.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith(("http", "/")):
            return value
    return ""


def _canonical(tree: PageTree) -> str:
    for link in tree.root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return link.get("href") or ""
    return ""


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).rstrip("/").lower()
    except ValueError:
        return ""


def _metas(tree: PageTree) -> Iterator[DateEvidence]:
    bare: list[DateEvidence] = []
    for name, content in tree.metas:
        letters = re.sub(r"[^a-z]", "", name)
        if not content[:MAX_RAW_CHARACTERS].strip() or _NO_DATE_META.search(letters):
            continue
        if _NAMED_MODIFIED.search(letters):
            yield DateEvidence("meta", content, f"meta {name}", "modified")
        elif _NAMED_PUBLISHED.search(letters):
            yield DateEvidence("meta", content, f"meta {name}")
        elif _BARE_PUBLISHED.match(letters):
            bare.append(DateEvidence("meta", content, f"{BARE_META_WHERE} {name}"))
    yield from bare


# `/2024/05/02/`, `/2024-05-02-title`, `title_date_2024_05_02`, `/20240502/`. A number inside a longer one is an id or a Unix time.
_DAY_IN_PATH = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-/_.]?)([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")


def address_evidence(url: str) -> Iterator[DateEvidence]:
    """The days that an address names in its path, as `/2024/05/02/`."""
    for match in _DAY_IN_PATH.finditer(_path(url)):
        year, mark, month, day = match.groups()
        if mark or len(month + day) == 4:
            yield DateEvidence("url", f"{year}-{int(month):02}-{int(day):02}", f"the address: {match[0]}")
            return
