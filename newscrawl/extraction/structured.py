"""JSON-LD objects -> the one that describes this page's article, and plain strings out of its many shapes."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from newscrawl.extraction.tree import PageTree

ARTICLE_TYPES = re.compile(r"(?:article|posting|report|review|opinionnews\w*|blogpost)\Z", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]{1,200}>")  # bounded: a lone "<" cannot make it scan the rest of the text again and again
SPACES = re.compile(r"[\s\u200b\ufeff]+")
NESTING_LIMIT = 4
ARTICLE = "JSON-LD of the article"


def clean(value: str) -> str:
    """One line of text: entities (also escaped twice, as CMSs do) and tags resolved, soft hyphens and extra spaces gone."""
    text = unescape(unescape(value)) if "&" in value else value
    if "<" in text:
        text = TAGS.sub(" ", text)
    return SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def types_of(thing: Mapping[str, Any]) -> tuple[str, ...]:
    """The object's `@type`s without their namespace."""
    stated = thing.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(t.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for t in listed if isinstance(t, str))


def strings(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts of a value that may be a string, an object with a name, or lists of these."""
    if isinstance(value, str):
        yield clean(value)
    elif isinstance(value, list) and depth < NESTING_LIMIT:
        for item in value:
            yield from strings(item, depth + 1)
    elif isinstance(value, dict) and depth < NESTING_LIMIT:
        yield from strings(value.get("name") or value.get("headline") or value.get("@value"), depth + 1)


def text_of(value: Any) -> str | None:
    """The first text of such a value that is not empty."""
    return next((s for s in strings(value) if s), None)


def url_of(value: Any, depth: int = 0) -> str | None:
    """The address in a value that may be a string, an object with `url` or `@id`, or a list of these."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list) and depth < NESTING_LIMIT:
        return next((u for u in (url_of(v, depth + 1) for v in value) if u), None)
    if isinstance(value, dict) and depth < NESTING_LIMIT:
        return url_of(value.get("url") or value.get("contentUrl") or value.get("@id"), depth + 1)
    return None


def article_ld(tree: PageTree) -> Mapping[str, Any]:
    """The JSON-LD object that describes the page's own article; an empty one when the page has none.

    Pages also describe their teasers: an object that names this page's address goes before one that only comes first.
    """
    if ARTICLE not in tree.answers:
        tree.answers[ARTICLE] = _find_article_ld(tree)
    found: Mapping[str, Any] = tree.answers[ARTICLE]
    return found


def _find_article_ld(tree: PageTree) -> Mapping[str, Any]:
    articles = [
        thing
        for top in tree.json_ld
        for thing in (top, top.get("mainEntity"))
        if isinstance(thing, dict) and any(ARTICLE_TYPES.search(t) for t in types_of(thing))
    ]
    own = [a for a in articles if same_page(url_of(a.get("mainEntityOfPage")) or url_of(a.get("url")), tree.url)]
    return next(iter(own or articles), {})


def resolve(tree: PageTree, value: Any) -> Any:
    """The object that an `{"@id": ...}` reference points to; any other value as it is."""
    if not isinstance(value, dict) or not (wanted := value.get("@id")) or value.get("name"):
        return value
    return next((t for t in tree.json_ld if t.get("@id") == wanted and t.get("name")), value)


def same_page(stated: str | None, url: str) -> bool:
    """Whether two addresses name one page as far as host and path tell; "www." and a last slash do not count."""
    return bool(stated) and _path_key(stated or "") == _path_key(url)


def _path_key(url: str) -> str:
    return re.sub(
        r"\A(?:https?:)?//(?:www\.)?", "", url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0].strip().lower()
    ).rstrip("/")
