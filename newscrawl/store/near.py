"""A MinHash signature -> the few stored articles that may be near-duplicates, by shared bands.

The signature is cut into bands of equal length; articles that share a whole band are candidates, and the caller compares
the signatures. With 16 bands of 8 values, texts that are 80 % alike share a band with a probability of 0.95, texts that are
40 % alike with 0.01. The cost follows the number of such texts, not the size of the database.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from newscrawl.store.columns import instant, to_json

BANDS = 16
NEAR_LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCandidate:
    """A stored article that shares a band with the signature asked for."""

    url: str
    site: str
    language: str | None
    text_hash: str
    near_signature: bytes


def store_bands(connection: sqlite3.Connection, article_id: int, signature: bytes | None, scheme: str | None) -> None:
    """Replace the article's bands by those of the signature."""
    connection.execute("DELETE FROM article_bands WHERE article_id = ?", (article_id,))
    if signature:
        bands = sorted(_bands(signature, scheme))
        connection.executemany("INSERT INTO article_bands VALUES (?, ?)", [(band, article_id) for band in bands])


def near_candidates(
    connection: sqlite3.Connection,
    signature: bytes,
    scheme: str | None = None,
    *,
    since: datetime | None = None,
    language: str | None = None,
    limit: int = NEAR_LIMIT,
) -> list[NearCandidate]:
    """Articles that may be near-duplicates, those that share most bands first. since: first seen at or after it; copies of
    other articles are left out: one of a cluster is enough to compare with."""
    rows = connection.execute(
        "SELECT a.url, a.site, a.language, a.text_hash, a.near_signature FROM article_bands AS b"
        " JOIN articles AS a ON a.id = b.article_id"
        " WHERE b.band IN (SELECT value FROM json_each(?)) AND a.copy_of IS NULL AND a.near_scheme IS ?"
        " AND a.first_seen_at >= ? AND (? IS NULL OR a.language IS NULL OR a.language = ?)"
        " GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT ?",
        (
            to_json(sorted(_bands(signature, scheme))),
            scheme,
            instant(since) if since else "",
            language,
            language,
            limit,
        ),
    )
    return [NearCandidate(**dict(row)) for row in rows]


def _bands(signature: bytes, scheme: str | None) -> set[int]:
    width = max(len(signature) // BANDS, 1)
    cut = [signature[start : start + width] for start in range(0, len(signature), width)]
    return {_number(f"{scheme}:{place}:".encode() + band) for place, band in enumerate(cut)}


def _number(key: bytes) -> int:
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True)
