"""`newscrawl status` over a history: since when, what is normal today, who is visiting, who wants to be left alone."""

import json
import os
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.page import Fate
from newscrawl.site import Site
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates
from newscrawl.store.hosts import pause_host, postpone
from newscrawl.store.measures import Measures, keep_measures
from newscrawl.store.runs import finish_run, finish_site_run, start_run, start_site_run, upsert_site
from tests.cli.conftest import Invoke
from tests.store.samples import NOON, SITE, after, candidate

VESTI = Site(name=SITE, home="https://vesti.example/", timezone="Asia/Almaty", languages=("ru",))
HOST = "vesti.example"
# 20:00 in Almaty: the day has begun at 19:00 UTC of the day before.
NOW = after(hours=3)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Five weeks of a visit an hour, each with two new articles; for the last three the site has refused us."""
    path = tmp_path / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        upsert_site(connection, VESTI, NOON)
        for hours in range(-36 * 24, 3):
            verdict, stored = ("blocked", 0) if hours >= 0 else ("healthy" if hours % 2 else "quiet", 2)
            run = start_run(connection, after(hours=hours), "run", 1)
            visit = start_site_run(connection, run, SITE, after(hours=hours))
            finish_site_run(connection, visit, after(hours=hours), Counter({Fate.STORED: stored}), verdict)
            keep_measures(connection, visit, Measures(fresh={"ru": stored}))
            finish_run(connection, run, after(hours=hours), 0)
    return tmp_path


def status(invoke: Invoke, data: Path, *more: str) -> str:
    result = invoke("status", *more, "--data", data, env={"NEWSCRAWL_NOW": NOW.isoformat()})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_verdict_is_told_with_its_begin_and_with_what_was_before(invoke: Invoke, data: Path) -> None:
    state = json.loads(status(invoke, data, "--json"))
    assert (state["verdict"], state["since"], state["before"]) == ("blocked", "2024-05-02T12:00:00+00:00", "healthy")
    assert state["worked_at"] == "2024-05-02T11:00:00+00:00"
    assert f"{SITE}: was healthy before 2024-05-02 12:00. Open the site in a browser." in status(invoke, data)


def test_today_is_a_day_of_the_sites_calendar_beside_its_normal(invoke: Invoke, data: Path) -> None:
    state = json.loads(status(invoke, data, "--json"))
    assert (state["today"], state["normal"]) == (32, 48), "two an hour, from 20:00 of the day before to 11:00"


def test_healthy_and_quiet_are_one_state(invoke: Invoke, data: Path) -> None:
    path = data / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        connection.execute("DELETE FROM site_runs WHERE verdict = 'blocked'")
    state = json.loads(status(invoke, data, "--json"))
    assert (state["since"], state["before"], state["next"]) == (after(hours=-36 * 24).isoformat(), None, "")


def begin_visit(data: Path, pid: int) -> None:
    path = data / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        start_site_run(connection, start_run(connection, NOW, "run", pid), SITE, NOW)


def test_a_visit_under_way_is_told_while_its_process_lives(invoke: Invoke, data: Path) -> None:
    begin_visit(data, os.getpid())
    assert f"{SITE}: visiting now, since 2024-05-02 15:00 (process {os.getpid()})" in status(invoke, data)
    begin_visit(data, 2**22 + 7)  # beyond what the kernel gives out
    assert json.loads(status(invoke, data, "--json"))["visiting"] is None


def test_a_first_visit_under_way_is_not_never_visited(invoke: Invoke, tmp_path: Path) -> None:
    open_database(tmp_path / "newscrawl.db").close()
    begin_visit(tmp_path, os.getpid())
    assert "never visited" not in status(invoke, tmp_path)


def pause(data: Path) -> None:
    path = data / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        urls = ["https://vesti.example/a", "https://vesti.example/b", "https://kz.vesti.example/c"]
        add_candidates(connection, SITE, [candidate(url) for url in urls], NOON)
        until = NOW + timedelta(days=3650)
        for host in (HOST, "kz.vesti.example"):
            pause_host(connection, SITE, host, until, "answered 429 with Retry-After: 315360000")
            postpone(connection, SITE, host, until)


def waiting(data: Path) -> list[str]:
    with closing(open_database(data / "newscrawl.db")) as connection:
        return [row[0] for row in connection.execute("SELECT url FROM urls WHERE due_at IS NOT NULL ORDER BY url")]


def test_a_paused_host_is_told_with_the_command_that_lifts_it(invoke: Invoke, data: Path) -> None:
    pause(data)
    told = status(invoke, data)
    assert f"{SITE}: {HOST} answered 429 with Retry-After: 315360000: left alone until 2034-04-30 15:00;" in told
    assert f"newscrawl unpause {HOST}" in told


def test_unpause_lifts_one_host_and_its_addresses_only(invoke: Invoke, data: Path) -> None:
    pause(data)
    result = invoke("unpause", HOST, "--data", data, env={"NEWSCRAWL_NOW": NOW.isoformat()})
    assert (result.exit_code, result.stdout) == (
        0,
        f"{HOST} is asked again in its site's next visit; 2 of its addresses waited\n",
    )
    assert waiting(data) == ["https://kz.vesti.example/c"]
    paused = json.loads(status(invoke, data, "--json"))["paused"]
    assert [host["host"] for host in paused] == ["kz.vesti.example"]
    again = invoke("unpause", HOST, "--data", data, env={"NEWSCRAWL_NOW": NOW.isoformat()})
    assert again.exit_code == 2
    assert f"'{HOST}' is not paused" in again.stderr


def test_unpause_makes_no_database(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("unpause", HOST, "--data", tmp_path / "none")
    assert result.exit_code == 1
    assert "there is no database yet" in result.stderr
    assert not (tmp_path / "none").exists()
