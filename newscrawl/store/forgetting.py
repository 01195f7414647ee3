"""An address -> nothing of its page left in database and archive, and the address refused from then on.

Three steps, each of which may be done again: the address is refused, the captures are blanked in the archive, the rows are
deleted. A kill between them leaves an address that is refused already, and the same command finishes the rest. The order
matters: deleted rows no longer say where in the archive the page lies.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.page import Fate
from newscrawl.store.addresses import find_address, insert_address
from newscrawl.store.capture import CaptureRef
from newscrawl.store.captures import find_capture, find_captures
from newscrawl.store.columns import instant, require_transaction, to_json
from newscrawl.store.errors import store_errors
from newscrawl.store.records import find_article
from newscrawl.store.versions import next_seq
from newscrawl.urls import canonical_url

FORGOTTEN = "forgotten on request: the page is never fetched or stored again"


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of a page: every address that leads to it, its article's id, its captures and its site's name."""

    urls: tuple[str, ...]
    article_id: int | None
    captures: tuple[CaptureRef, ...]
    site: str | None
    capture_ids: tuple[int, ...] = ()


def trace_of(connection: sqlite3.Connection, url: str) -> Trace:
    """Everything that is kept of the page at that address, whichever of its addresses is given."""
    row, article = find_address(connection, url), find_article(connection, url)
    article_id = article["id"] if article else row["article_id"] if row else None
    urls = [row["url"]] if row else [url]
    site = row["site"] if row else None
    if article_id is not None:
        stored = connection.execute("SELECT url, site FROM articles WHERE id = ?", (article_id,)).fetchone()
        leading = connection.execute("SELECT url FROM urls WHERE article_id = ? ORDER BY id", (article_id,))
        urls, site = [stored["url"], *(r["url"] for r in leading), *urls], stored["site"]
    addresses = tuple(dict.fromkeys(urls))
    captures = _captures_of(connection, addresses, site)
    return Trace(addresses, article_id, tuple(captures.values()), site, tuple(captures))


def _captures_of(connection: sqlite3.Connection, addresses: Iterable[str], site: str | None) -> dict[int, CaptureRef]:
    """All captures of these addresses in whatever spelling: an address is one row, and each of its spellings may be archived."""
    names = {canonical_url(url) for url in addresses}
    rows = connection.execute(
        "SELECT id, url, final_url FROM captures WHERE site IS ? OR site IS NULL", (site,)
    ).fetchall()
    ids = [row["id"] for row in rows if names & {canonical_url(row["url"]), canonical_url(row["final_url"])}]
    ids += [stored.id for url in addresses for stored in find_captures(connection, url)]
    found = (find_capture(connection, capture_id) for capture_id in dict.fromkeys(ids))
    return {stored.id: stored.ref for stored in found if stored is not None}


def refuse_for_ever(connection: sqlite3.Connection, trace: Trace, at: datetime) -> None:
    """Step one: no crawl fetches or stores these addresses again; what sources said of them is dropped."""
    require_transaction(connection)
    for url in trace.urls:
        insert_address(connection, url, kind="article", site=trace.site, found_at=at, fate=Fate.FILTERED)
        row = find_address(connection, url)
        assert row is not None
        connection.execute(
            "UPDATE urls SET fate = ?, fate_at = ?, detail = ?, due_at = NULL, evidence = '{}', body_hash = NULL, etag = NULL,"
            " last_modified = NULL, forgotten_at = coalesce(forgotten_at, ?) WHERE id = ?",
            (Fate.FILTERED, instant(at), FORGOTTEN, instant(at), row["id"]),
        )
        connection.execute("DELETE FROM url_events WHERE url_id = ?", (row["id"],))


def delete_rows(connection: sqlite3.Connection, trace: Trace) -> None:
    """Step three: article, versions, search index and captures. A number of `changed_seq` is spent, so that a reader who
    counts numbers sees that something is missing."""
    require_transaction(connection)
    connection.execute(
        "DELETE FROM captures WHERE id IN (SELECT value FROM json_each(?))", (to_json(trace.capture_ids),)
    )
    if trace.article_id is not None:
        next_seq(connection)
        connection.execute("DELETE FROM articles WHERE id = ?", (trace.article_id,))


def wipe_free_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Overwrite what deleted rows left in the file: in the search index (merging it drops what is deleted) and the write-ahead
    log. Before `delete_rows`, `PRAGMA secure_delete=ON` has the rows' own pages overwritten."""
    with store_errors(path):
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")


def forgotten_addresses(connection: sqlite3.Connection) -> frozenset[str]:
    """The canonical forms of all addresses that are refused for ever: few, and asked for before each page is archived."""
    rows = connection.execute("SELECT canonical FROM urls WHERE forgotten_at IS NOT NULL")
    return frozenset(row["canonical"] for row in rows)
