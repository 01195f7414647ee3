"""Candidates -> the queue, and every address's fate: table urls.

An address is `queued` when it is found, `fetching` while a run holds it, and then has its fate. Newest found are taken first,
in their source's order: this hour's news go before the rest of a long backfill. What failed in a way that may pass comes
back by itself when it is due, at longer and longer intervals. All functions that write want an open `write_transaction`.
"""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.page import Candidate, Fate
from newscrawl.store.addresses import find_address, insert_address
from newscrawl.store.columns import instant, instant_of, require_transaction, storable, to_json
from newscrawl.store.evidence import candidate_of, evidence_json, merged_evidence
from newscrawl.store.fates import LIVE_FATES, note_event, set_fate
from newscrawl.store.schedule import RETRIED_FATES, RETRY_AFTER
from newscrawl.store.story import UrlStory, tell_url

__all__ = [
    "QueuedUrl", "UrlStory", "add_candidates", "add_source", "counts_by_fate", "due_revisits", "last_asked", "listed_as", "pending", "put_back", "put_back_out_of_range",
    "requeue_abandoned", "set_fate", "source_state", "take", "tell_url",
]  # fmt: skip

_LIVE = to_json(sorted(LIVE_FATES))
# A rule of robots.txt has no time at which it ends; a file that could not be had has: only then there is a due_at.
_RETRIED = to_json(sorted({*RETRIED_FATES, Fate.ROBOTS}))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUrl:
    """An address to fetch, with what its source said of it and what its server said last time."""

    url: str
    candidate: Candidate
    tries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


def add_candidates(
    connection: sqlite3.Connection,
    site: str,
    candidates: Iterable[Candidate],
    found_at: datetime,
    run_id: int | None = None,
) -> int:
    """Queue what is new and return how many that are; a known address keeps its fate and gains what the source now says more."""
    require_transaction(connection)
    new = 0
    for candidate in candidates:
        inserted = insert_address(
            connection,
            candidate.url,
            kind="article",
            site=site,
            found_at=found_at,
            fate=Fate.QUEUED,
            found_in=candidate.found_in,
            evidence=evidence_json(candidate),
            run_id=run_id,
        )
        new += inserted is not None
        if inserted is None:
            _learn(connection, candidate)
    return new


def _learn(connection: sqlite3.Connection, candidate: Candidate) -> None:
    row = find_address(connection, candidate.url)
    if row is None or row["kind"] != "article" or row["forgotten_at"]:
        return
    evidence = merged_evidence(row["evidence"], candidate)
    if evidence != row["evidence"]:
        connection.execute(
            "UPDATE urls SET evidence = ?, found_in = coalesce(found_in, ?) WHERE id = ?",
            (evidence, storable(candidate.found_in), row["id"]),
        )


def take(
    connection: sqlite3.Connection,
    site: str,
    limit: int,
    now: datetime,
    run_id: int | None,
    but_hosts: Collection[str] = (),
) -> list[QueuedUrl]:
    """The next addresses to fetch, now `fetching` in that run: newest found first, then what failed and is due again. What
    lies on `but_hosts` stays where it is."""
    require_transaction(connection)
    at, hosts = instant(now), to_json([f"{scheme}://{host}/" for host in but_hosts for scheme in ("http", "https")])
    elsewhere = "NOT EXISTS (SELECT 1 FROM json_each(?) WHERE lower(substr(url, 1, length(value))) = value)"
    queued = connection.execute(
        "SELECT * FROM urls WHERE site = ? AND fate = ? AND kind = 'article' AND (due_at IS NULL OR due_at <= ?)"  # noqa: S608 - ours
        f" AND {elsewhere} ORDER BY found_at DESC, id LIMIT ?",
        (site, Fate.QUEUED, at, hosts, limit),
    ).fetchall()
    failed = connection.execute(
        "SELECT * FROM urls WHERE site = ? AND due_at <= ? AND kind = 'article' AND article_id IS NULL"  # noqa: S608 - ours
        f" AND fate IN (SELECT value FROM json_each(?)) AND {elsewhere} ORDER BY due_at, id LIMIT ?",
        (site, at, _RETRIED, hosts, limit - len(queued)),
    ).fetchall()
    connection.executemany(
        "UPDATE urls SET fate = ?, fate_at = ?, due_at = NULL, tries = tries + 1, run_id = ? WHERE id = ?",
        [(Fate.FETCHING, at, run_id, row["id"]) for row in (*queued, *failed)],
    )
    return [_queued(row) for row in (*queued, *failed)]


def put_back(connection: sqlite3.Connection, site: str) -> int:
    """Queue again what a run that ends cleanly has taken and not fetched, as if it had never been taken. How many that are."""
    require_transaction(connection)
    return connection.execute(
        "UPDATE urls SET fate = ?, tries = max(tries - 1, 0) WHERE site = ? AND fate = ?",
        (Fate.QUEUED, site, Fate.FETCHING),
    ).rowcount


def put_back_out_of_range(connection: sqlite3.Connection, site: str, run_id: int) -> int:
    """Queue again what that run's window left out and an earlier visit had found: a window is a view of its own visit, and what
    waits for the next crawl without one must not be lost to it. How many that are."""
    require_transaction(connection)
    return connection.execute(
        "UPDATE urls SET fate = :queued, due_at = NULL WHERE run_id = :run AND site = :site AND fate = :out AND article_id IS NULL"
        " AND found_at < (SELECT started_at FROM site_runs WHERE run_id = :run AND site = :site ORDER BY id LIMIT 1)",
        {"queued": Fate.QUEUED, "out": Fate.OUT_OF_RANGE, "run": run_id, "site": site},
    ).rowcount


def requeue_abandoned(connection: sqlite3.Connection, site: str) -> int:
    """Queue again what a killed run left `fetching`; an address that was there each time is given up. The number queued."""
    require_transaction(connection)
    left = connection.execute("SELECT * FROM urls WHERE site = ? AND fate = ?", (site, Fate.FETCHING)).fetchall()
    queued = 0
    for row in left:
        poison = row["tries"] > len(RETRY_AFTER)  # a page that kills the process must not do so for ever
        fate = Fate.READ_ERROR if poison else Fate.QUEUED
        detail = "given up: the run ended each time" if poison else "a run ended while it was fetched"
        connection.execute("UPDATE urls SET fate = ?, detail = ? WHERE id = ?", (fate, detail, row["id"]))
        note_event(connection, row["id"], row["fate_at"], fate, detail, row["run_id"])
        queued += not poison
    return queued


def add_source(connection: sqlite3.Connection, site: str, url: str, kind: str, at: datetime) -> None:
    """Make the row of a source (`kind`: feed, sitemap ...); an address that was queued as an article's becomes a source."""
    require_transaction(connection)
    evidence = to_json({"kind": kind})
    if insert_address(connection, url, kind="source", site=site, found_at=at, fate=Fate.FOUND, evidence=evidence):
        return
    connection.execute(
        "UPDATE urls SET kind = 'source', evidence = ?2, due_at = NULL WHERE (url = ?1 OR canonical = ?1)"
        " AND kind <> 'source'",
        (storable(url), evidence),
    )


def source_state(connection: sqlite3.Connection, url: str) -> tuple[str | None, str | None, str | None] | None:
    """ETag, Last-Modified and body hash of a source's last answer; None for an address nobody knows."""
    row = find_address(connection, url)
    return (row["etag"], row["last_modified"], row["body_hash"]) if row else None


def last_asked(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, tuple[datetime, Fate]]:
    """When each of these sources was last asked and what came of it; those that never were are left out."""
    rows = connection.execute(
        "SELECT u.url, u.fate_at, u.fate FROM json_each(?) AS asked JOIN urls AS u ON u.url = asked.value"
        " WHERE u.kind = 'source' AND u.fate <> 'found'",
        (to_json([storable(url) for url in urls]),),
    )
    return {row["url"]: (instant_of(row["fate_at"]), Fate(row["fate"])) for row in rows}


def due_revisits(connection: sqlite3.Connection, site: str, now: datetime, limit: int) -> list[QueuedUrl]:
    """Known articles whose time has come to be looked at again, the longest overdue first. Their fate stays as it is."""
    rows = connection.execute(
        "SELECT * FROM urls WHERE site = ? AND due_at <= ? AND kind = 'article'"
        " AND (article_id IS NOT NULL OR fate IN (SELECT value FROM json_each(?)))"
        " AND fate NOT IN ('found', 'queued', 'fetching') ORDER BY due_at, id LIMIT ?",
        (site, instant(now), _LIVE, limit),
    ).fetchall()
    return [_queued(row) for row in rows]


def listed_as(connection: sqlite3.Connection, url: str) -> Candidate | None:
    """What sources have said of an address up to now; None when nobody has listed it."""
    row = find_address(connection, url)
    return candidate_of(row) if row else None


def pending(connection: sqlite3.Connection, site: str) -> int:
    """How many of the site's addresses wait to be fetched or are being fetched."""
    question = (
        "SELECT count(*) FROM urls WHERE site = ? AND fate IN ('found', 'queued', 'fetching') AND kind = 'article'"
    )
    return int(connection.execute(question, (site,)).fetchone()[0])


def counts_by_fate(connection: sqlite3.Connection, site: str, run_id: int | None = None) -> dict[Fate, int]:
    """How many of the site's addresses have which fate: all that are known, or those that run dealt with last."""
    if run_id is None:
        rows = connection.execute("SELECT fate, count(*) FROM urls WHERE site = ? GROUP BY fate", (site,))
    else:
        rows = connection.execute(
            "SELECT fate, count(*) FROM urls WHERE run_id = ? AND site = ? GROUP BY fate", (run_id, site)
        )
    return {Fate(fate): count for fate, count in rows}


def _queued(row: sqlite3.Row) -> QueuedUrl:
    return QueuedUrl(
        url=row["url"],
        candidate=candidate_of(row),
        tries=row["tries"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
    )
