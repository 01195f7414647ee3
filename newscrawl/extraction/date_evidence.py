"""A parsed page -> every piece of date evidence in it, as raw strings with their places. Nothing is judged here."""

import re
from collections.abc import Iterator

from newscrawl.article import DateEvidence
from newscrawl.extraction.tree import PageTree
from newscrawl.site import Override


def find_date_evidence(tree: PageTree, url: str, override: Override | None = None) -> tuple[DateEvidence, ...]:
    """All date evidence of the page, in the order of the ladder. Raw strings only; each place is given once."""
    found = [
        *_json_ld(tree),
        *_metas(tree),
        *_microdata(tree),
        *_url(url),
        *_times(tree),
    ]
    return tuple(dict.fromkeys(found))


def _json_ld(tree: PageTree) -> Iterator[DateEvidence]:
    for item in tree.json_ld:
        kind = item.get("@type")
        kind = kind[0] if isinstance(kind, list) and kind else kind
        if not isinstance(kind, str):
            continue
        for key, role in (("datePublished", "published"), ("dateModified", "modified")):
            value = item.get(key)
            if isinstance(value, str) and value.strip():
                yield DateEvidence("json-ld", value, f"JSON-LD {kind}.{key}", role)  # type: ignore[arg-type]


_PUBLISHED_METAS = ("article:published_time", "og:article:published_time")
_MODIFIED_METAS = ("article:modified_time", "og:updated_time")


def _metas(tree: PageTree) -> Iterator[DateEvidence]:
    for name, content in tree.metas:
        if name in _PUBLISHED_METAS:
            yield DateEvidence("meta", content, f"meta {name}")
        elif name in _MODIFIED_METAS:
            yield DateEvidence("meta", content, f"meta {name}", "modified")


def _microdata(tree: PageTree) -> Iterator[DateEvidence]:
    for element in tree.root.iterfind(".//*[@itemprop='datePublished']"):
        raw = element.get("content") or element.get("datetime") or element.text_content()
        if raw and raw.strip():
            yield DateEvidence("microdata", raw.strip(), "itemprop datePublished")


_URL_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-/_]([0-9]{1,2})[-/_]([0-9]{1,2})(?![0-9])")


def _url(url: str) -> Iterator[DateEvidence]:
    if match := _URL_DAY.search(url):
        yield DateEvidence("url", "-".join(match.groups()), "the address")


def _times(tree: PageTree) -> Iterator[DateEvidence]:
    for element in tree.root.iterfind(".//article//time"):
        raw = element.get("datetime") or element.text_content()
        if raw and raw.strip():
            yield DateEvidence("time", raw.strip(), "<time> in the article")
            return
