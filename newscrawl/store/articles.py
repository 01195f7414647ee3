"""An Article -> its row, and a version for every text that was seen.

A copy (`copy_of`) is stored like any article: that a site printed the wire's text is news about the site, and whoever wants
each text once asks for `copy_of IS NULL`. All functions that write want an open `write_transaction`.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.store.addresses import link_address
from newscrawl.store.changes import (
    Rereading,
    article_columns,
    changed_fields,
    next_columns,
    same_line,
    whose_change,
)
from newscrawl.store.columns import instant, instant_of, require_transaction
from newscrawl.store.doubts import doubt_about
from newscrawl.store.near import NearCandidate, near_candidates, scheme_of, similarity, store_bands
from newscrawl.store.records import article_record, find_article, find_by_text_hash, recent, version_records
from newscrawl.store.sites import ensure_site
from newscrawl.store.versions import mark_live, next_seq, store_version

__all__ = [
    "NearCandidate", "Rereading", "Stored", "article_record", "find_by_text_hash", "near_candidates", "recent", "store_article",
    "version_records",
]  # fmt: skip

SAME_ARTICLE_SHARE = 0.6
"""What two texts under one headline must have in common for an address that leads to another to lead to the same article."""


class Stored(NamedTuple):
    """What became of a page that was read, and in words why where that is not plain."""

    fate: Fate
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One reading of one page: the article and where it comes from."""

    article: Article
    site: str
    fetched_at: datetime
    capture_id: int | None
    text_hash: str
    near_signature: bytes | None
    extractor: str
    copy_of: str | None
    rereading: Rereading | None

    @property
    def origin(self) -> dict[str, Any]:
        """The columns that say where a row's content comes from."""
        return {
            "copy_of": self.copy_of,
            "text_hash": self.text_hash,
            "near_signature": self.near_signature,
            "near_scheme": scheme_of(self.near_signature),
            "extractor": self.extractor,
            "capture_id": self.capture_id,
            "updated_at": instant(self.fetched_at),
        }


def store_article(
    connection: sqlite3.Connection,
    article: Article,
    *,
    site: str,
    fetched_at: datetime,
    capture_id: int | None,
    text_hash: str,
    near_signature: bytes | None,
    extractor: str,
    copy_of: str | None = None,
    known_as: Sequence[str] = (),
    rereading: Rereading | None = None,
) -> Stored:
    """Store what was read. STORED: a new article; COPY: a new one whose text another has; UPDATED: a known one has changed,
    and has a new version; UNCHANGED: it was seen again; EMPTY, ERROR_PAGE: a known one came without its text or with what
    cannot be its text (`doubts`), and nothing is touched.

    copy_of: address of the stored article whose text this is; known_as: further addresses that led here (redirects);
    rereading: what this code reads off the page that the stored text came from, where other code had read that. Reading
    the stored capture once more (the same capture_id) makes a version of kind "re-read" and is no sight of the article.
    """
    require_transaction(connection)
    reading = _Reading(
        article=article,
        site=site,
        fetched_at=fetched_at,
        capture_id=capture_id,
        text_hash=text_hash,
        near_signature=near_signature,
        extractor=extractor,
        copy_of=_stored_url(connection, copy_of),
        rereading=rereading,
    )
    before = _known_article(connection, reading, known_as)
    if before is None:
        article_id = _insert(connection, reading)
        stored = Stored(Fate.COPY if reading.copy_of else Fate.STORED)
    else:
        article_id = before["id"]
        stored = _see_again(connection, dict(before), reading)
    for url in dict.fromkeys((article.url, *known_as)):
        link_address(connection, url, article_id, site=site, seen_at=fetched_at)
    return stored


def _known_article(connection: sqlite3.Connection, reading: _Reading, known_as: Sequence[str]) -> sqlite3.Row | None:
    own = find_article(connection, reading.article.url)
    if own is not None:
        return own
    for url in (*known_as, reading.article.canonical_url):
        other = find_article(connection, url) if url else None
        if other is not None and other["site"] == reading.site and _is_same_article(other, reading):
            return other
    return None


def _is_same_article(other: sqlite3.Row, reading: _Reading) -> bool:
    # Some sites name their front page as canonical on every page, or send a withdrawn article's readers to another one: only
    # the same text, or nearly the same under the same headline, makes two addresses one article.
    if other["text_hash"] == reading.text_hash:
        return True
    shared = similarity(other["near_signature"], reading.near_signature)
    return shared is not None and shared >= SAME_ARTICLE_SHARE and same_line(other["title"], reading.article.title)


def _insert(connection: sqlite3.Connection, reading: _Reading) -> int:
    ensure_site(connection, reading.site)
    seen_at, seq = instant(reading.fetched_at), next_seq(connection)
    columns = {
        **article_columns(reading.article),
        **reading.origin,
        "site": reading.site,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
        "changed_seq": seq,
    }
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO articles ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # our own column names
    cursor = connection.execute(sql, tuple(columns.values()))
    assert cursor.lastrowid is not None
    store_bands(connection, cursor.lastrowid, reading.near_signature)
    store_version(connection, cursor.lastrowid, columns, kind="first")
    return cursor.lastrowid


def _see_again(connection: sqlite3.Connection, before: dict[str, Any], reading: _Reading) -> Stored:
    article = reading.article
    same_capture = reading.capture_id is not None and reading.capture_id == before["capture_id"]
    if not same_capture:
        doubt = doubt_about(connection, before, article, reading.text_hash, reading.near_signature)
        if doubt:
            return Stored(*doubt)
        mark_live(connection, before["id"], reading.fetched_at)
    changed = changed_fields(before, article, reading.text_hash)
    changed += ("status",) if before["status"] == "gone" and not same_capture else ()
    if not changed:
        return Stored(Fate.UNCHANGED)
    _update(connection, before, reading, changed)
    return Stored(Fate.UPDATED, f"changed: {', '.join(changed)}")


def _update(
    connection: sqlite3.Connection, before: dict[str, Any], reading: _Reading, changed: tuple[str, ...]
) -> None:
    columns = {
        **next_columns(before, reading.article, changed),
        **reading.origin,
        "copy_of": _copied(before, reading) if "text" in changed else before["copy_of"],
        "changed_seq": next_seq(connection),
    }
    if "text" in changed:
        store_bands(connection, before["id"], reading.near_signature)
    else:
        columns |= {name: before[name] for name in ("near_signature", "near_scheme")}
    settings = ", ".join(f"{name} = ?" for name in columns)
    sql = f"UPDATE articles SET {settings} WHERE id = ?"  # noqa: S608  # our own column names
    connection.execute(sql, (*columns.values(), before["id"]))
    store_version(
        connection,
        before["id"],
        columns,
        kind=whose_change(before, columns, changed, reading.article, reading.rereading),
        changed=changed,
        announced=_is_later(columns["modified"], before["modified"]),
    )


def _copied(before: dict[str, Any], reading: _Reading) -> str | None:
    return None if reading.copy_of == before["url"] else reading.copy_of  # whoever looks for a copy may find itself


def _is_later(after: str | None, before: str | None) -> bool:
    return after is not None and (before is None or instant_of(after) > instant_of(before))


def _stored_url(connection: sqlite3.Connection, url: str | None) -> str | None:
    row = find_article(connection, url) if url else None
    return row["url"] if row else None
