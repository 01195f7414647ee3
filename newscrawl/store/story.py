"""An address -> everything the store knows of it: what `newscrawl why` tells."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from newscrawl.page import Candidate
from newscrawl.store.addresses import find_address
from newscrawl.store.articles import article_record, version_records
from newscrawl.store.columns import storable
from newscrawl.store.evidence import candidate_of

CAPTURES_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlStory:
    """The story of one address.

    row: its row in table urls; candidate: what its source said; events: its latest fates, oldest first; captures: its latest
    archived pages, oldest first; article: the article it leads to; versions: that article's texts, oldest first;
    other_urls: further addresses of the same article.
    """

    row: dict[str, Any]
    candidate: Candidate
    events: tuple[dict[str, Any], ...] = ()
    captures: tuple[dict[str, Any], ...] = ()
    article: dict[str, Any] | None = None
    versions: tuple[dict[str, Any], ...] = ()
    other_urls: tuple[str, ...] = ()


def tell_url(connection: sqlite3.Connection, url: str) -> UrlStory | None:
    """The story of that address, in whatever spelling; None when nobody has seen it."""
    row = find_address(connection, url)
    if row is None:
        return None
    events = connection.execute(
        "SELECT at, fate, detail, run_id FROM url_events WHERE url_id = ? ORDER BY id", (row["id"],)
    )
    captures = connection.execute(
        "SELECT * FROM captures WHERE url IN (?, ?) ORDER BY fetched_at DESC, id DESC LIMIT ?",
        (row["url"], storable(url), CAPTURES_TOLD),
    )
    article_url = connection.execute("SELECT url FROM articles WHERE id = ?", (row["article_id"],)).fetchone()
    others = connection.execute(
        "SELECT url FROM urls WHERE article_id = ? AND id <> ? ORDER BY id", (row["article_id"], row["id"])
    )
    return UrlStory(
        row=dict(row),
        candidate=candidate_of(row),
        events=tuple(dict(event) for event in events),
        captures=tuple(dict(capture) for capture in reversed(captures.fetchall())),
        article=article_record(connection, article_url["url"]) if article_url else None,
        versions=version_records(connection, row["article_id"]) if article_url else (),
        other_urls=tuple(other["url"] for other in others),
    )
