"""A visit's beginning and end -> its rows: what it found open, what it leaves to the next, its counts and its verdict."""

import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.crawl.health import WELL, Visit, exit_code, judge, judge_in_time
from newscrawl.crawl.history import history_of
from newscrawl.site import Site
from newscrawl.store import frontier, runs
from newscrawl.store.measures import keep_measures
from newscrawl.store.near import drop_bands
from newscrawl.store.removal import settle_missing

# Beyond the window in which copies are looked for, the bands that find them are dead weight.
COPIES_REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Begun:
    """A visit that has begun: its run and its row; whether it is the site's first; whether the one before walked its sources to
    the end; how many addresses a killed run had left unfinished."""

    run_id: int
    site_run_id: int
    first: bool
    last_was_complete: bool
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What is known of a visit's end. whole: nothing cut it short; complete: its sources were read to their end."""

    at: datetime
    requests: int
    bytes: int
    whole: bool
    complete: bool
    ends_run: bool


def begin_visit(connection: sqlite3.Connection, site: Site, run_id: int | None, now: datetime) -> Begun:
    """Note that a visit begins, in a run of its own where it is given none."""
    runs.upsert_site(connection, site, now)
    first = not runs.last_site_runs(connection, site.name, 1)
    complete = runs.last_visit_was_complete(connection, site.name)
    run = run_id if run_id is not None else runs.start_run(connection, now, "crawl", os.getpid())
    left = frontier.requeue_abandoned(connection, site.name)
    return Begun(run, runs.start_site_run(connection, run, site.name, now), first, complete, left)


def end_visit(connection: sqlite3.Connection, site: Site, visit: Visit, begun: Begun, end: Ended) -> None:
    """Judge the visit, put back what it did not come to, count what it missed, and write it all down."""
    history = history_of(connection, site.name, end.at)
    measures = judge_in_time(visit, site, history, end.at, whole=end.whole).measures
    verdict, why = judge(visit)
    frontier.put_back(connection, site.name)
    frontier.put_back_out_of_range(connection, site.name, begun.run_id)
    drop_bands(connection, end.at - COPIES_REMEMBERED)
    if verdict in WELL and not visit.internal_error:  # what fails with all the rest is not withdrawn
        settle_missing(connection, site.name, begun.run_id, end.at)
    runs.finish_site_run(
        connection,
        begun.site_run_id,
        end.at,
        counts=visit.sources + visit.articles + visit.refused + visit.retried,
        verdict=str(verdict),
        requests=end.requests,
        bytes=end.bytes,
        problem=visit.problem or why,
        complete=end.complete,
    )
    keep_measures(connection, begun.site_run_id, measures)
    if end.ends_run:
        code = exit_code([verdict], visit.internal_error)
        runs.finish_run(connection, begun.run_id, end.at, code, f"{site.name}: {verdict}")
