"""A stored article and a new reading of its page -> what has changed, and the row that follows from it.

What counts as a change is what a reader would call one: another text, title, author or publication date. A field that a
new reading does not find has not changed: a redesign, a list without dates or a failing rule must not erase what is known.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newscrawl.article import Article
from newscrawl.store.columns import instant_of, to_column
from newscrawl.store.versions import VersionKind

_TOGETHER = (
    ("published", "published_day", "published_source", "published_precision", "published_raw", "published_conflict"),
    ("language", "script", "language_confidence"),
)
"""Columns that describe one fact: they move together or not at all."""

_FINENESS = {"day": 0, "hour": 1, "minute": 2}
# The same marks as extraction's fingerprint folds in texts; the store does not know extraction.
_MARKS = str.maketrans(
    dict.fromkeys("«»“”„‟‹›″", '"') | dict.fromkeys("‘’‚‛ʻʼʹ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SPACE_AT_MARK = re.compile(r"\s+(?=[\"'.,:;!?)\]-])|(?<=[\"'(\[-])\s+")


class Rereading(NamedTuple):
    """What today's code reads off the page that the stored text was read from, with the hash of that text."""

    article: Article
    text_hash: str


def changed_fields(before: Mapping[str, Any], article: Article, text_hash: str) -> tuple[str, ...]:
    """Which of text, title, published and authors have changed since the stored row, in that order."""
    after = article_columns(article)
    changed = []
    if article.text and not _same_text(before, article, text_hash):
        changed.append("text")
    if article.title and _plain(article.title) != _plain(before["title"]):
        changed.append("title")
    if article.published and _published_changed(before, after):
        changed.append("published")
    if article.authors and _names(article.authors) != _names(json.loads(before["authors"])):
        changed.append("authors")
    return tuple(changed)


def article_columns(article: Article) -> dict[str, Any]:
    """The article's fields as columns hold them."""
    return {name: to_column(value) for name, value in article.to_record().items()}


def next_columns(before: Mapping[str, Any], article: Article, changed: tuple[str, ...]) -> dict[str, Any]:
    """The columns of the row after a change: what the new reading says, else what is known. The address stays the first."""
    after = article_columns(article)
    kept = {name for name, value in after.items() if value in {None, "", "[]"}} | {"url"}
    for group in _TOGETHER:
        said = group[0] in changed if group[0] == "published" else after[group[0]] is not None
        kept = kept - set(group) if said else kept | set(group)
    return {name: before[name] if name in kept else value for name, value in after.items()}


def whose_change(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changed: tuple[str, ...],
    article: Article,
    rereading: Rereading | None = None,
) -> VersionKind:
    """Whether the site changed its page ("edit") or our reading of it did ("re-read"). before, after: the article's rows.

    The same capture read again is the same page. Where other code read the page before, `rereading` is that page as today's
    code reads it: what does not differ from it, the site has not changed.
    """
    if after["capture_id"] is not None and after["capture_id"] == before["capture_id"]:
        return "re-read"
    if rereading is not None and "status" not in changed:
        then = {**article_columns(rereading.article), "text_hash": rereading.text_hash}
        return "edit" if changed_fields(then, article, after["text_hash"]) else "re-read"
    return "re-read" if is_rereading(before, after, changed) else "edit"


def is_rereading(before: Mapping[str, Any], after: Mapping[str, Any], changed: tuple[str, ...]) -> bool:
    """Whether the page may well be what it was and only its date is known better now: another place told it, or the same string
    was read in another zone. A site that moves its date writes another string in the same place."""
    if changed != ("published",):
        return False
    same_place = before["published_source"] == after["published_source"]
    return not same_place or before["published_raw"] == after["published_raw"]


def _same_text(before: Mapping[str, Any], article: Article, text_hash: str) -> bool:
    if text_hash.partition(":")[0] == before["text_hash"].partition(":")[0]:
        return bool(text_hash == before["text_hash"])
    # Hashed by another scheme, in another version of ours: that alone must not make an edit of every article.
    return _plain(article.text) == _plain(before["text"])


def _names(authors: Iterable[str]) -> list[str]:
    return sorted(_plain(name).casefold() for name in authors)


def _published_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    if before["published"] is None:
        return True
    if instant_of(before["published"]) == instant_of(after["published"]):
        return False
    # A coarser date of the same day says nothing new: a page read again without its feed knows the day only.
    coarser = _FINENESS.get(after["published_precision"], 2) < _FINENESS.get(before["published_precision"], 2)
    return not (coarser and after["published_day"] == before["published_day"])


def same_line(one: str | None, other: str | None) -> bool:
    """Whether two headlines are the same but for typography."""
    return _plain(one) == _plain(other)


def _plain(text: str | None) -> str:
    """The text without what typography changes: spaces, quotes, dashes, hyphens that nobody sees."""
    plain = unicodedata.normalize("NFKC", (text or "").translate(_INVISIBLE)).translate(_MARKS)
    return _SPACE_AT_MARK.sub("", " ".join(plain.split()))
