"""A host -> what it has asked of us: its robots.txt, and until when it wants to be left alone. Table hosts."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.page import Fate
from newscrawl.store.columns import instant, instant_of, require_transaction, storable, to_json
from newscrawl.store.sites import ensure_site


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsCopy:
    """robots.txt as it was last had. status: of the answer; None: it led away from the site, or could not be read."""

    status: int | None
    text: str = ""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHost:
    """What is remembered of a host. paused_until: nothing is asked of it before that; paused_why: in words."""

    host: str
    robots: RobotsCopy | None = None
    paused_until: datetime | None = None
    paused_why: str = ""

    def is_paused(self, now: datetime) -> bool:
        """Whether the host wants to be left alone at that instant."""
        return self.paused_until is not None and now < self.paused_until


def read_hosts(connection: sqlite3.Connection, hosts: Iterable[str]) -> dict[str, KnownHost]:
    """What is remembered of these hosts; one that was never asked is not among them."""
    rows = connection.execute(
        "SELECT * FROM hosts WHERE host IN (SELECT value FROM json_each(?))", (to_json(sorted(hosts)),)
    )
    return {row["host"]: _known(row) for row in rows}


def _known(row: sqlite3.Row) -> KnownHost:
    fetched_at, paused_until = row["robots_fetched_at"], row["paused_until"]
    robots = (
        RobotsCopy(status=row["robots_status"], text=row["robots_text"], fetched_at=instant_of(fetched_at))
        if fetched_at
        else None
    )
    return KnownHost(
        host=row["host"],
        robots=robots,
        paused_until=instant_of(paused_until) if paused_until else None,
        paused_why=row["paused_why"],
    )


def keep_robots(connection: sqlite3.Connection, site: str, host: str, copy: RobotsCopy) -> None:
    """Remember a host's robots.txt in place of the copy before."""
    _ensure_host(connection, site, host)
    connection.execute(
        "UPDATE hosts SET robots_status = ?, robots_text = ?, robots_fetched_at = ? WHERE host = ?",
        (copy.status, storable(copy.text), instant(copy.fetched_at), host),
    )


def pause_host(connection: sqlite3.Connection, site: str, host: str, until: datetime, why: str) -> None:
    """Remember that the host is to be left alone until then, also by later runs."""
    _ensure_host(connection, site, host)
    connection.execute(
        "UPDATE hosts SET paused_until = ?, paused_why = ? WHERE host = ?", (instant(until), storable(why), host)
    )


def postpone(connection: sqlite3.Connection, site: str, host: str, until: datetime) -> int:
    """Let the host's queued addresses wait: they stay queued, in their order, and are due at that instant. How many."""
    require_transaction(connection)
    name = _in_like(host)
    return connection.execute(
        "UPDATE urls SET due_at = max(coalesce(due_at, ''), ?) WHERE site = ? AND fate = ? AND kind = 'article'"
        " AND (url LIKE ? ESCAPE '\\' OR url LIKE ? ESCAPE '\\')",
        (instant(until), site, Fate.QUEUED, f"http://{name}/%", f"https://{name}/%"),
    ).rowcount


def paused_hosts(connection: sqlite3.Connection, now: datetime) -> list[sqlite3.Row]:
    """The hosts that want to be left alone at that instant: site, host, paused_until, paused_why."""
    return connection.execute(
        "SELECT site, host, paused_until, paused_why FROM hosts WHERE paused_until > ? ORDER BY paused_until, host",
        (instant(now),),
    ).fetchall()


def lift_pause(connection: sqlite3.Connection, host: str, now: datetime) -> int | None:
    """Forget that the host wants to be left alone; its queued addresses are due at once. How many those are; None for a host
    that is not paused."""
    require_transaction(connection)
    row = connection.execute("SELECT site, paused_until FROM hosts WHERE host = ?", (host,)).fetchone()
    if row is None or row["paused_until"] is None or instant_of(row["paused_until"]) <= now:
        return None
    connection.execute("UPDATE hosts SET paused_until = NULL, paused_why = '' WHERE host = ?", (host,))
    http, https = (f"{scheme}://{_in_like(host)}/%" for scheme in ("http", "https"))
    return connection.execute(
        "UPDATE urls SET due_at = NULL WHERE site = ? AND fate = ? AND kind = 'article' AND due_at <= ?"
        " AND (url LIKE ? ESCAPE '\\' OR url LIKE ? ESCAPE '\\')",
        (row["site"], Fate.QUEUED, row["paused_until"], http, https),
    ).rowcount


def _in_like(host: str) -> str:
    return host.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ensure_host(connection: sqlite3.Connection, site: str, host: str) -> None:
    require_transaction(connection)
    ensure_site(connection, site)
    connection.execute(
        "INSERT INTO hosts (host, site) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET site = excluded.site",
        (host, site),
    )
