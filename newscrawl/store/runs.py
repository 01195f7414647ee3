"""What a run did -> tables runs and site_runs, and the rows that `newscrawl status` shows."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from newscrawl.page import Fate
from newscrawl.store.columns import instant, instant_of, require_transaction, storable, to_json
from newscrawl.store.sites import ensure_site, upsert_site

__all__ = [
    "finish_run", "finish_site_run", "first_ended_after", "last_ended_at", "last_other_verdict", "last_site_runs",
    "last_visit_was_complete", "start_run", "start_site_run", "status_rows", "upsert_site", "visits_under_way",
]  # fmt: skip


def start_run(connection: sqlite3.Connection, started_at: datetime, command: str, pid: int) -> int:
    """Note that a run begins; its id."""
    require_transaction(connection)
    cursor = connection.execute(
        "INSERT INTO runs (started_at, command, pid) VALUES (?, ?, ?)", (instant(started_at), storable(command), pid)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(
    connection: sqlite3.Connection, run_id: int, ended_at: datetime, exit_code: int, summary: str = ""
) -> None:
    """Note how a run ended."""
    require_transaction(connection)
    connection.execute(
        "UPDATE runs SET ended_at = ?, exit_code = ?, summary = ? WHERE id = ?",
        (instant(ended_at), exit_code, storable(summary), run_id),
    )


def start_site_run(connection: sqlite3.Connection, run_id: int, site: str, started_at: datetime) -> int:
    """Note that a run begins with a site; the id of its row."""
    require_transaction(connection)
    ensure_site(connection, site)
    cursor = connection.execute(
        "INSERT INTO site_runs (run_id, site, started_at) VALUES (?, ?, ?)", (run_id, site, instant(started_at))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_site_run(
    connection: sqlite3.Connection,
    site_run_id: int,
    ended_at: datetime,
    counts: Mapping[Fate, int],
    verdict: str,
    requests: int = 0,
    bytes: int = 0,  # noqa: A002  # the column's name
    problem: str = "",
    *,
    complete: bool = True,
) -> None:
    """Note what a run did with a site. counts: how many addresses got which fate in it; complete: it walked all sources."""
    require_transaction(connection)
    (started_at,) = connection.execute("SELECT started_at FROM site_runs WHERE id = ?", (site_run_id,)).fetchone()
    kept = (counts.get(fate, 0) for fate in (Fate.STORED, Fate.UPDATED, Fate.UNCHANGED, Fate.COPY))
    connection.execute(
        "UPDATE site_runs SET ended_at = ?, seconds = ?, counts = ?, seen = ?, verdict = ?, requests = ?, bytes = ?,"
        " problem = ?, complete = ?, stored = ?, updated = ?, unchanged = ?, copies = ? WHERE id = ?",
        (
            instant(ended_at),
            max((ended_at - instant_of(started_at)).total_seconds(), 0.0),  # the clock may have been set back
            to_json({str(fate): count for fate, count in sorted(counts.items()) if count}),
            sum(counts.values()),
            verdict,
            requests,
            bytes,
            storable(problem),
            int(complete),
            *kept,
            site_run_id,
        ),
    )


def last_site_runs(connection: sqlite3.Connection, site: str, n: int) -> list[sqlite3.Row]:
    """The site's last ended runs, the latest first."""
    return connection.execute(
        "SELECT * FROM site_runs WHERE site = ? AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ?",
        (site, n),
    ).fetchall()


def last_visit_was_complete(connection: sqlite3.Connection, site: str) -> bool:
    """Whether the visit that began last walked the site's sources to their end; False before the first one.

    Asked before a new visit's row is made. A visit that was killed never ended, and counts as what it was: incomplete.
    """
    row = connection.execute(
        "SELECT complete FROM site_runs WHERE site = ? ORDER BY id DESC LIMIT 1", (site,)
    ).fetchone()
    return bool(row and row["complete"])


def last_ended_at(connection: sqlite3.Connection, site: str) -> datetime | None:
    """When the site was last visited to the end; None for never. It is due when that lies `Site.every` back."""
    rows = last_site_runs(connection, site, 1)
    return instant_of(rows[0]["ended_at"]) if rows else None


def visits_under_way(connection: sqlite3.Connection) -> dict[str, sqlite3.Row]:
    """Site -> its latest visit when that has not ended: started_at and pid. A visit that was killed is among them: whoever asks
    looks whether the process is there."""
    rows = connection.execute(
        "SELECT v.site, v.started_at, r.pid FROM site_runs AS v JOIN runs AS r ON r.id = v.run_id WHERE v.ended_at IS NULL"
        " AND r.ended_at IS NULL AND v.id = (SELECT max(id) FROM site_runs AS l WHERE l.site = v.site)"
    )
    return {row["site"]: row for row in rows}


def last_other_verdict(connection: sqlite3.Connection, site: str, same: Iterable[str]) -> sqlite3.Row | None:
    """The site's last visit with another verdict than these: verdict, ended_at; None when there never was one."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT verdict, ended_at FROM site_runs WHERE site = ? AND ended_at IS NOT NULL"
        " AND verdict NOT IN (SELECT value FROM json_each(?)) ORDER BY ended_at DESC, id DESC LIMIT 1",
        (site, to_json(list(same))),
    ).fetchone()
    return row


def first_ended_after(connection: sqlite3.Connection, site: str, ended_at: str) -> str | None:
    """When the first visit after that one ended ("" stands for before all)."""
    row = connection.execute(
        "SELECT min(ended_at) FROM site_runs WHERE site = ? AND ended_at > ?", (site, ended_at)
    ).fetchone()
    return row[0] if row else None


def status_rows(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """One row a site: its last ended run (started_at, ended_at, verdict, problem, stored, updated, counts, requests, bytes),
    worked_at (the last run that stored something), articles, waiting (addresses in the queue)."""
    return connection.execute(
        "SELECT s.name AS site, s.home, s.enabled, s.verified_on, r.run_id, r.started_at, r.ended_at, r.seconds, r.verdict,"
        " r.problem, s.timezone, r.stored, r.updated, r.unchanged, r.copies, r.seen, r.counts, r.requests, r.bytes,"
        " (SELECT max(ended_at) FROM site_runs AS w WHERE w.site = s.name AND w.stored + w.copies > 0) AS worked_at,"
        " (SELECT count(*) FROM articles AS a WHERE a.site = s.name) AS articles,"
        " (SELECT count(*) FROM urls AS u WHERE u.site = s.name AND u.fate IN ('found', 'queued', 'fetching')"
        "  AND u.kind = 'article') AS waiting"
        " FROM sites AS s LEFT JOIN site_runs AS r ON r.id = (SELECT id FROM site_runs AS l WHERE l.site = s.name"
        "  AND l.ended_at IS NOT NULL ORDER BY l.ended_at DESC, l.id DESC LIMIT 1)"
        " ORDER BY s.name"
    ).fetchall()
