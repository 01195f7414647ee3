"""A known article and what its page shows now -> the reason why that must not replace the text we have, if there is one.

A text that was read once is worth more than a page that cannot be read today: a layout that our rules do not fit, a notice in
the article's place, a page of errors that nobody knew for one. Such a page is archived, and its address gets a fate that says
why; the row stays as it was. What speaks for an edit (the site moved its own modified date) is believed where the text is there.
"""

import re
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.store.changes import same_line
from newscrawl.store.columns import instant_of
from newscrawl.store.near import similarity

GOOD_TEXT_CHARACTERS = 400
"""From this length on a text is one that can shrink: a notice of three lines may well become one of one."""

SHRUNK_SHARE = 0.2
"""A text that keeps less of its length than that was not edited. Corrections and updates of real articles mostly add."""

SENTENCE_CHARACTERS = 30
"""Shorter ones ("Об этом сообщает пресс-служба") stand in unrelated articles too."""

_ENDS = re.compile(r"[.!?…]\s|\n")

ANOTHER_TEXT_SHARE = 0.05
"""Two texts that share less of their word sequences than that have nothing in common: unrelated articles share under 0.01,
the same story told anew some 0.1, and a new paragraph leaves 0.8."""


class Doubt(NamedTuple):
    """The fate of an address whose page is not believed, and in words why."""

    fate: Fate
    reason: str


def doubt_about(
    connection: sqlite3.Connection,
    before: Mapping[str, Any],
    article: Article,
    text_hash: str,
    near_signature: bytes | None,
) -> Doubt | None:
    """Why the page must not replace the stored article; None where it may."""
    if not before["text"]:
        return None
    if not article.text:
        return Doubt(Fate.EMPTY, "the page came without its text; the stored one is kept")
    if text_hash == before["text_hash"]:
        return None
    kept, now = len(before["text"]), len(article.text)
    if kept >= GOOD_TEXT_CHARACTERS and now < SHRUNK_SHARE * kept:
        return Doubt(Fate.EMPTY, f"its text shrank from {kept} to {now} characters; the stored one is kept")
    other = _shown_elsewhere(connection, before, text_hash)
    if other and not same_line(before["title"], other["title"]):
        return Doubt(Fate.ERROR_PAGE, f"it shows the text of {other['url']}; the stored one is kept")
    if _is_another_text(before, article, near_signature):
        return Doubt(
            Fate.EMPTY, "under the same headline it shows a text without a sentence of the stored one, which is kept"
        )
    return None


def _shown_elsewhere(connection: sqlite3.Connection, before: Mapping[str, Any], text_hash: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT url, title FROM articles WHERE text_hash = ? AND site = ? AND id <> ? ORDER BY id LIMIT 1",
        (text_hash, before["site"], before["id"]),
    ).fetchone()
    return row


def _is_another_text(before: Mapping[str, Any], article: Article, near_signature: bytes | None) -> bool:
    shared = similarity(before["near_signature"], near_signature)
    if shared is None or shared >= ANOTHER_TEXT_SHARE or len(before["text"]) < GOOD_TEXT_CHARACTERS:
        return False
    announced = article.modified is not None and (
        before["modified"] is None or article.modified > instant_of(before["modified"])
    )
    if announced or "live" in {before["kind"], article.kind} or not same_line(before["title"], article.title):
        return False
    # The share is an estimate from 128 numbers; a sentence that stands in both is a fact.
    return not _sentences(before["text"]) & _sentences(article.text)


def _sentences(text: str) -> set[str]:
    return {sentence for part in _ENDS.split(text) if len(sentence := part.strip()) >= SENTENCE_CHARACTERS}
