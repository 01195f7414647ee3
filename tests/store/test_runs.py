"""Runs and site_runs: what status and the health verdicts ask."""

import json
from datetime import date, timedelta

from newscrawl.page import Fate
from newscrawl.site import Site
from newscrawl.store.articles import recent
from newscrawl.store.frontier import add_candidates
from newscrawl.store.runs import (
    finish_run,
    finish_site_run,
    last_ended_at,
    last_site_runs,
    last_visit_was_complete,
    start_run,
    start_site_run,
    status_rows,
    upsert_site,
)
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, after, article, candidate, store

VESTI = Site(
    name=SITE,
    home="https://vesti.example/",
    languages=("ru", "kk"),
    timezone="Asia/Almaty",
    every=timedelta(hours=2),
    verified_on=date(2024, 4, 30),
)


def visit(db: Opened, hours: float, stored: int = 0, verdict: str = "healthy", site: str = SITE) -> int:
    with db.writing():
        run = start_run(db.connection, after(hours=hours), "run", 1)
        site_run = start_site_run(db.connection, run, site, after(hours=hours))
        counts = {Fate.STORED: stored, Fate.UNCHANGED: 2, Fate.PAYWALL: 1, Fate.TIMEOUT: 0}
        finish_site_run(
            db.connection, site_run, after(hours=hours, seconds=90), counts, verdict, 7, 4096, "one feed is broken"
        )
        finish_run(db.connection, run, after(hours=hours, minutes=2), 3, "1 of 1 sites unhealthy")
    return run


def test_run_is_kept_with_its_outcome(db: Opened) -> None:
    run = visit(db, 0, stored=4)
    assert db.rows("SELECT id, command, pid, ended_at, exit_code, summary FROM runs") == [
        (run, "run", 1, "2024-05-02T12:02:00+00:00", 3, "1 of 1 sites unhealthy")
    ]
    (row,) = last_site_runs(db.connection, SITE, 5)
    kept = ("verdict", "stored", "updated", "unchanged", "copies", "seen", "requests", "bytes", "seconds", "problem")
    assert [row[name] for name in kept] == ["healthy", 4, 0, 2, 0, 7, 7, 4096, 90.0, "one feed is broken"]
    assert json.loads(row["counts"]) == {"stored": 4, "unchanged": 2, "paywall": 1}


def test_last_runs_are_those_that_ended_the_latest_first(db: Opened) -> None:
    for hours in range(3):
        visit(db, hours, stored=hours)
    visit(db, 9, site="drugie_example")
    with db.writing():  # killed: it never ended
        start_site_run(db.connection, start_run(db.connection, after(hours=5), "run", 1), SITE, after(hours=5))
    assert [row["stored"] for row in last_site_runs(db.connection, SITE, 2)] == [2, 1]
    assert len(last_site_runs(db.connection, SITE, 9)) == 3
    assert last_ended_at(db.connection, SITE) == after(hours=2, seconds=90)
    assert last_ended_at(db.connection, "unknown_example") is None


def test_clock_that_jumps_back_gives_no_negative_span(db: Opened) -> None:
    with db.writing():
        site_run = start_site_run(db.connection, start_run(db.connection, NOON, "run", 1), SITE, NOON)
        finish_site_run(db.connection, site_run, after(hours=-1), {}, "clock_wrong")
    assert last_site_runs(db.connection, SITE, 1)[0]["seconds"] == 0.0


def test_status_shows_each_site_its_last_run_and_when_it_last_worked(db: Opened) -> None:
    with db.writing():
        upsert_site(db.connection, VESTI, NOON)
        upsert_site(db.connection, Site(name="drugie_example", home="https://drugie.example/"), NOON)
        store(db.connection, article())
        add_candidates(db.connection, SITE, [candidate("https://vesti.example/b")], NOON)
    visit(db, 1, stored=3)
    visit(db, 2, verdict="down")
    new, known = status_rows(db.connection)
    assert (new["site"], new["verdict"], new["worked_at"], new["articles"]) == ("drugie_example", None, None, 0)
    assert (known["site"], known["verdict"], known["stored"], known["problem"]) == (
        SITE,
        "down",
        0,
        "one feed is broken",
    )
    assert (known["worked_at"], known["ended_at"]) == ("2024-05-02T13:01:30+00:00", "2024-05-02T14:01:30+00:00")
    assert (known["articles"], known["waiting"], known["verified_on"]) == (1, 1, "2024-04-30")


def test_sites_row_follows_its_file(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())  # made a bare row
        upsert_site(db.connection, VESTI, NOON)
        upsert_site(db.connection, Site(name=SITE, home="https://vesti.example/", enabled=False), after(hours=1))
    assert db.rows("SELECT name, home, hosts, languages, timezone, enabled, every_s, verified_on FROM sites") == [
        (SITE, "https://vesti.example/", '["vesti.example","www.vesti.example"]', "[]", None, 0, 3600, None)
    ]
    assert recent(db.connection, 1)[0]["site"] == SITE


def test_visit_that_was_killed_or_cut_short_was_not_complete(db: Opened) -> None:
    assert not last_visit_was_complete(db.connection, SITE)
    visit(db, 0)
    assert last_visit_was_complete(db.connection, SITE)
    with db.writing():
        run = start_run(db.connection, after(hours=1), "run", 1)
        cut_short = start_site_run(db.connection, run, SITE, after(hours=1))
    assert not last_visit_was_complete(db.connection, SITE)
    with db.writing():
        finish_site_run(db.connection, cut_short, after(hours=2), {}, "healthy", complete=False)
    assert not last_visit_was_complete(db.connection, SITE)
