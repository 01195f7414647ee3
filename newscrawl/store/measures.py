"""What a visit's health is judged by -> table visit_measures, and back: the site's history."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.store.columns import instant, instant_of, require_transaction, to_json

# Of an article whose language nobody could tell.
NO_LANGUAGE = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """One visit in numbers. pages: article pages that answered; with_text, with_date, with_author: of those; fresh: new articles
    of the last two days by language; low: what was fewer than normal, None when there is no normal yet; failing: source ->
    since when it fails; clock_off_s: how far the server's clock lies from ours."""

    pages: int = 0
    with_text: int = 0
    with_date: int = 0
    with_author: int = 0
    fresh: Mapping[str, int] = field(default_factory=dict)
    low: tuple[str, ...] | None = None
    failing: Mapping[str, datetime] = field(default_factory=dict)
    clock_off_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit that ended. Of one by a version that did not measure, `measures` knows only how many articles it stored."""

    ended_at: datetime
    verdict: str
    complete: bool
    measures: Measures


def keep_measures(connection: sqlite3.Connection, site_run_id: int, measures: Measures) -> None:
    """Note what a visit's health was judged by."""
    require_transaction(connection)
    connection.execute(
        "INSERT OR REPLACE INTO visit_measures (site_run_id, pages, with_text, with_date, with_author, fresh, low, failing,"
        " clock_off_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(site_run_id, measures.pages, measures.with_text, measures.with_date, measures.with_author),
            to_json(dict(sorted(measures.fresh.items()))),
            None if measures.low is None else to_json(measures.low),
            to_json({url: instant(since) for url, since in sorted(measures.failing.items())}),
            measures.clock_off_s,
        ),
    )


def past_visits(connection: sqlite3.Connection, sites: Iterable[str], since: datetime) -> list[PastVisit]:
    """The visits to these sites that ended after that instant, the earliest first."""
    rows = connection.execute(
        "SELECT r.ended_at, r.verdict, r.complete, r.stored + r.copies AS new, m.* FROM site_runs AS r"
        " LEFT JOIN visit_measures AS m ON m.site_run_id = r.id"
        " WHERE r.site IN (SELECT value FROM json_each(?)) AND r.ended_at > ? ORDER BY r.ended_at, r.id",
        (to_json(list(sites)), instant(since)),
    )
    return [_past(row) for row in rows]


def first_visit_at(connection: sqlite3.Connection, site: str) -> datetime | None:
    """When the site's first visit ended; None before that."""
    row = connection.execute(
        "SELECT min(ended_at) FROM site_runs WHERE site = ? AND ended_at IS NOT NULL", (site,)
    ).fetchone()
    return instant_of(row[0]) if row[0] else None


def other_sites(connection: sqlite3.Connection, site: str) -> list[str]:
    """The sites beside this one."""
    return [row[0] for row in connection.execute("SELECT name FROM sites WHERE name <> ? AND enabled", (site,))]


def _past(row: sqlite3.Row) -> PastVisit:
    return PastVisit(
        ended_at=instant_of(row["ended_at"]),
        verdict=row["verdict"] or "",
        complete=bool(row["complete"]),
        measures=_measures(row) if row["site_run_id"] is not None else Measures(fresh={NO_LANGUAGE: row["new"]}),
    )


def _measures(row: sqlite3.Row) -> Measures:
    return Measures(
        pages=row["pages"],
        with_text=row["with_text"],
        with_date=row["with_date"],
        with_author=row["with_author"],
        fresh=json.loads(row["fresh"]),
        low=None if row["low"] is None else tuple(json.loads(row["low"])),
        failing={url: instant_of(since) for url, since in json.loads(row["failing"]).items()},
        clock_off_s=row["clock_off_s"],
    )
