"""An Article -> its row, and a version for every text that was seen.

A copy (`copy_of`) is stored like any article: that a site printed the wire's text is news about the site, and whoever wants
each text once asks for `copy_of IS NULL`. All functions that write want an open `write_transaction`.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.store.addresses import link_address
from newscrawl.store.changes import article_columns, changed_fields, is_rereading, next_columns
from newscrawl.store.columns import instant, instant_of, require_transaction, to_json
from newscrawl.store.near import NearCandidate, near_candidates, scheme_of, store_bands
from newscrawl.store.records import article_record, find_article, find_by_text_hash, recent, version_records
from newscrawl.store.sites import ensure_site

__all__ = [
    "NearCandidate", "article_record", "find_by_text_hash", "mark_gone", "near_candidates", "recent", "store_article",
    "version_records",
]  # fmt: skip


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
) -> Fate:
    """Store what was read. STORED: a new article; COPY: a new one whose text another has; UPDATED: a known one has changed,
    and has a new version; UNCHANGED: it was seen again; EMPTY: a known one came without its text, and nothing is touched.

    copy_of: address of the stored article whose text this is; known_as: further addresses that led here (redirects).
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
    )
    before = _known_article(connection, reading, known_as)
    if before is None:
        article_id = _insert(connection, reading)
        fate = Fate.COPY if reading.copy_of else Fate.STORED
    else:
        article_id = before["id"]
        fate = _see_again(connection, dict(before), reading)
    for url in dict.fromkeys((article.url, *known_as)):
        link_address(connection, url, article_id, site=site, seen_at=fetched_at)
    return fate


def _known_article(connection: sqlite3.Connection, reading: _Reading, known_as: Sequence[str]) -> sqlite3.Row | None:
    own = find_article(connection, reading.article.url)
    if own is not None:
        return own
    for url in (*known_as, reading.article.canonical_url):
        other = find_article(connection, url) if url else None
        # Some sites name their front page as canonical on every page, or send a withdrawn article's readers to another
        # one: only the same text makes two addresses one article.
        if other is not None and other["site"] == reading.site and other["text_hash"] == reading.text_hash:
            return other
    return None


def _insert(connection: sqlite3.Connection, reading: _Reading) -> int:
    ensure_site(connection, reading.site)
    seen_at, seq = instant(reading.fetched_at), _next_seq(connection)
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
    _store_version(connection, cursor.lastrowid, columns, kind="first", changed=(), announced=None)
    return cursor.lastrowid


def _see_again(connection: sqlite3.Connection, before: dict[str, Any], reading: _Reading) -> Fate:
    article, seen_at = reading.article, instant(reading.fetched_at)
    if before["text"] and not article.text:
        return Fate.EMPTY
    # max: a clock that was set back must not make an article older than it is.
    connection.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?), status = 'live', gone_at = NULL WHERE id = ?",
        (seen_at, before["id"]),
    )
    changed = changed_fields(before, article, reading.text_hash)
    changed += ("status",) if before["status"] == "gone" else ()
    if not changed:
        return Fate.UNCHANGED
    columns = {
        **next_columns(before, article, changed),
        **reading.origin,
        "copy_of": _copied(before, reading) if "text" in changed else before["copy_of"],
        "changed_seq": _next_seq(connection),
    }
    if "text" in changed:
        store_bands(connection, before["id"], reading.near_signature)
    else:
        columns |= {name: before[name] for name in ("near_signature", "near_scheme")}
    settings = ", ".join(f"{name} = ?" for name in columns)
    sql = f"UPDATE articles SET {settings} WHERE id = ?"  # noqa: S608  # our own column names
    connection.execute(sql, (*columns.values(), before["id"]))
    _store_version(
        connection,
        before["id"],
        columns,
        kind="re-read" if is_rereading(before, columns, changed) else "edit",
        changed=changed,
        announced=_is_later(columns["modified"], before["modified"]),
    )
    return Fate.UPDATED


def _copied(before: dict[str, Any], reading: _Reading) -> str | None:
    return None if reading.copy_of == before["url"] else reading.copy_of  # whoever looks for a copy may find itself


def _store_version(
    connection: sqlite3.Connection,
    article_id: int,
    columns: dict[str, Any],
    *,
    kind: str,
    changed: tuple[str, ...],
    announced: bool | None,
) -> None:
    connection.execute(
        "INSERT INTO article_versions (article_id, kind, changed, announced, seen_at, title, text, published, authors,"
        " modified, text_hash, extractor, capture_id, changed_seq) VALUES (:article_id, :kind, :changed, :announced,"
        " :updated_at, :title, :text, :published, :authors, :modified, :text_hash, :extractor, :capture_id, :changed_seq)",
        {**columns, "article_id": article_id, "kind": kind, "changed": to_json(changed), "announced": announced},
    )


def _next_seq(connection: sqlite3.Connection) -> int:
    # A counter of its own: max(changed_seq) + 1 would give the number of a forgotten article a second time.
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'changed_seq'")
    return int(connection.execute("SELECT value FROM counters WHERE name = 'changed_seq'").fetchone()[0])


def _is_later(after: str | None, before: str | None) -> bool:
    return after is not None and (before is None or instant_of(after) > instant_of(before))


def _stored_url(connection: sqlite3.Connection, url: str | None) -> str | None:
    row = find_article(connection, url) if url else None
    return row["url"] if row else None


def mark_gone(connection: sqlite3.Connection, url: str, gone_at: datetime) -> bool:
    """Note that the article is missing since then; False when it is not stored or known to be gone."""
    require_transaction(connection)
    row = find_article(connection, url)
    if row is None or row["status"] == "gone":
        return False
    connection.execute(
        "UPDATE articles SET status = 'gone', gone_at = ?1, updated_at = ?1, changed_seq = ?2 WHERE id = ?3",
        (instant(gone_at), _next_seq(connection), row["id"]),
    )
    return True
