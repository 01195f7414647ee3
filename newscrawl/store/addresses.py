"""An address -> its one row in table urls, however it was spelt.

Two keys are unique. `canonical` is the queue's identity: it is what makes two spellings (tracking parameters, amp, m.) one
page that is fetched once, and the database itself must hold that against two listings in one moment. `url`, the address as
first listed, is what is fetched: a canonical form is a name, and some sites do not answer under it.
A source's canonical form is its own address, unfolded: folding two feeds into one row would mix up their ETags, and a feed
that is told "not modified" for the other's tag is lost in silence.
"""

import sqlite3
from datetime import datetime
from functools import lru_cache

from newscrawl.page import Fate
from newscrawl.store.columns import instant, storable, storable_or_none
from newscrawl.store.sites import ensure_site
from newscrawl.urls import canonical_url

# Each step that takes a listed address in asks for its form anew, and making it was half of what that cost: a sitemap of 50,000
# was 13 s of one transaction after the other. Kept for as many as are written at a time.
_canonical = lru_cache(maxsize=4096)(canonical_url)


def find_address(connection: sqlite3.Connection, url: str) -> sqlite3.Row | None:
    """The row of that address: by its spelling, else by its canonical form."""
    url = storable(url)
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM urls WHERE url = ?1 OR canonical IN (?1, ?2) ORDER BY url = ?1 DESC, canonical = ?1 DESC LIMIT 1",
        (url, _canonical(url)),
    ).fetchone()
    return row


def insert_address(
    connection: sqlite3.Connection,
    url: str,
    *,
    kind: str,
    site: str | None,
    found_at: datetime,
    fate: Fate,
    found_in: str | None = None,
    evidence: str = "{}",
    run_id: int | None = None,
) -> int | None:
    """Make the address's row; its id, or None when the address is known."""
    url, at = storable(url), instant(found_at)
    if site is not None:
        ensure_site(connection, site)
    canonical = url if kind == "source" else _canonical(url)
    cursor = connection.execute(
        "INSERT INTO urls (url, canonical, site, kind, found_in, found_at, fate, fate_at, evidence, run_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (url, canonical, site, kind, storable_or_none(found_in), at, fate, at, evidence, run_id),
    )
    return cursor.lastrowid if cursor.rowcount else None


def link_address(connection: sqlite3.Connection, url: str, article_id: int, *, site: str, seen_at: datetime) -> None:
    """Note that the address leads to the article. An address nobody listed gets its row here; one that leads to an article
    already keeps it: the reader of a withdrawn article may be sent on to another one."""
    row = find_address(connection, url)
    if row is None:
        insert_address(connection, url, kind="article", site=site, found_at=seen_at, fate=Fate.STORED)
        row = find_address(connection, url)
        assert row is not None
    if row["article_id"] is None:
        connection.execute("UPDATE urls SET article_id = ? WHERE id = ?", (article_id, row["id"]))
