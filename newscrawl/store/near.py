"""A MinHash signature -> the few stored articles that may be near-duplicates, by shared bands.

A signature is its scheme's name, a colon and minima of four bytes. It is cut into 32 bands; articles that share a whole band
are candidates, and the caller compares the signatures. With bands of four minima, texts that have 60 % in common share one
with a probability of 0.99, texts that have 10 % in common with 0.003. The cost follows the number of such texts, not the
size of the database.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from newscrawl.store.columns import instant, require_transaction

BANDS = 32
NEAR_LIMIT = 50
PER_BAND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCandidate:
    """A stored article that shares a band with the signature asked for."""

    url: str
    site: str
    language: str | None
    text_hash: str
    near_signature: bytes


def scheme_of(signature: bytes | None) -> str | None:
    """The name in front of the signature: signatures of two schemes cannot be compared."""
    name, mark, _ = (signature or b"").partition(b":")
    return name.decode("ascii", "replace") if mark else None


def store_bands(connection: sqlite3.Connection, article_id: int, signature: bytes | None) -> None:
    """Replace the article's bands by those of the signature."""
    connection.execute("DELETE FROM article_bands WHERE article_id = ?", (article_id,))
    if signature:
        bands = sorted(_bands(signature))
        connection.executemany("INSERT INTO article_bands VALUES (?, ?)", [(band, article_id) for band in bands])


def near_candidates(
    connection: sqlite3.Connection,
    signature: bytes,
    *,
    since: datetime | None = None,
    language: str | None = None,
    limit: int = NEAR_LIMIT,
) -> list[NearCandidate]:
    """Articles that may be near-duplicates, those that share most bands first.

    since: first seen at or after it; language: in that one or in none. Copies of other articles are left out: one of a
    cluster is enough to compare with.
    """
    shared: Counter[int] = Counter()
    for band in _bands(signature):
        shared.update(_newest_in(connection, band))
    found = []
    for article_id, _ in shared.most_common():
        row = connection.execute(
            "SELECT url, site, language, text_hash, near_signature FROM articles WHERE id = ? AND copy_of IS NULL"
            " AND first_seen_at >= ? AND (? IS NULL OR language IS NULL OR language = ?)",
            (article_id, instant(since) if since else "", language, language),
        ).fetchone()
        found += [NearCandidate(**dict(row))] if row else []
        if len(found) == limit:
            break
    return found


def similarity(one: bytes | None, other: bytes | None) -> float | None:
    """The share of minima that two signatures have in common, which estimates that of their texts; None where one is missing
    (a text too short to tell) or they are of two schemes."""
    if not one or not other or scheme_of(one) != scheme_of(other) or len(one) != len(other):
        return None
    start = one.index(b":") + 1
    pairs = [(one[at : at + 4], other[at : at + 4]) for at in range(start, len(one), 4)]
    return sum(mine == theirs for mine, theirs in pairs) / len(pairs) if pairs else None


def _newest_in(connection: sqlite3.Connection, band: int) -> list[int]:
    # Bounded: a weather report in fixed words shares its bands with that of every day since the beginning.
    rows = connection.execute(
        "SELECT article_id FROM article_bands WHERE band = ? ORDER BY article_id DESC LIMIT ?", (band, PER_BAND)
    )
    return [row[0] for row in rows]


def drop_bands(connection: sqlite3.Connection, first_seen_before: datetime) -> int:
    """Forget the bands of articles first seen before that: a copy comes within days, and the table would outgrow the cache.
    The articles keep their signatures. How many rows went."""
    require_transaction(connection)
    return connection.execute(
        "DELETE FROM article_bands WHERE article_id < (SELECT min(id) FROM articles WHERE first_seen_at >= ?)",
        (instant(first_seen_before),),
    ).rowcount


def _bands(signature: bytes) -> set[int]:
    scheme, _, minima = signature.partition(b":")
    width = max(len(minima) // BANDS, 1)
    cut = [minima[start : start + width] for start in range(0, len(minima), width)]
    return {_number(scheme + b":%d:" % place + band) for place, band in enumerate(cut)}


def _number(key: bytes) -> int:
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)
