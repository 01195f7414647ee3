"""The database -> how each site is doing: verdict, since when, today against normal, what to do. `newscrawl status` shows it."""

import json
import os
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.cli.what_next import next_for_verdict
from newscrawl.crawl.normal import DAY, WEEK, WEEKS_COMPARED, Series, volume_in
from newscrawl.crawl.verdicts import WELL, Verdict
from newscrawl.store import runs
from newscrawl.store.hosts import paused_hosts
from newscrawl.store.measures import first_visit_at, past_visits

SiteState = dict[str, Any]


def now() -> datetime:
    """This instant, or the one that NEWSCRAWL_NOW of the environment hands in."""
    given = os.environ.get("NEWSCRAWL_NOW")
    at = datetime.fromisoformat(given) if given else datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def site_states(connection: sqlite3.Connection, names: Iterable[str], at: datetime) -> list[SiteState]:
    """The row of each site (all, where none is named) as `status_rows` tells it, and what follows from its history."""
    wanted = set(names)
    under_way = runs.visits_under_way(connection)
    paused = [dict(row) for row in paused_hosts(connection, at)]
    return [
        _state(connection, row, at)
        | {"visiting": _visiting(under_way.get(row["site"]))}
        | {"paused": [{k: v for k, v in host.items() if k != "site"} for host in paused if host["site"] == row["site"]]}
        for row in runs.status_rows(connection)
        if not wanted or row["site"] in wanted
    ]


def _state(connection: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> SiteState:
    state: SiteState = dict(row)
    state["counts"] = json.loads(row["counts"]) if row["counts"] else {}
    verdict = next((v for v in Verdict if v == row["verdict"]), None)
    same = [str(v) for v in WELL] if verdict in WELL else [row["verdict"] or ""]
    before = runs.last_other_verdict(connection, row["site"], same)
    state["since"] = runs.first_ended_after(connection, row["site"], before["ended_at"] if before else "")
    state["before"] = before["verdict"] if before else None
    state["next"] = next_for_verdict(verdict) if verdict else ""
    state["today"], state["normal"] = _today(connection, row, at)
    return state


def _today(connection: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> tuple[int, float | None]:
    """New articles on this day of the site's calendar, and how many are normal on a whole day of this weekday."""
    zone = ZoneInfo(row["timezone"]) if row["timezone"] else UTC
    end = datetime.combine(at.astimezone(zone).date(), time(), zone) + timedelta(days=1)
    visits = past_visits(connection, [row["site"]], end - WEEK * WEEKS_COMPARED - 2 * DAY)
    series = Series((visit.ended_at, sum(visit.measures.fresh.values())) for visit in visits)
    since = first_visit_at(connection, row["site"])
    volume = volume_in(series, end, DAY, since) if since else None
    return series.between(end - DAY, end), volume.normal if volume else None


def _visiting(row: sqlite3.Row | None) -> SiteState | None:
    if row is None or not _is_running(row["pid"]):
        return None
    return {"since": row["started_at"], "pid": row["pid"]}


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process, and there
        return True
    return True
