"""`newscrawl status` and `newscrawl why`: what a database tells, and what is said when it cannot."""

import json
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from newscrawl.page import Fate
from newscrawl.site import Site
from newscrawl.store.capture import CaptureRef
from newscrawl.store.captures import index_capture
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates, add_source, set_fate
from newscrawl.store.removal import settle_missing
from newscrawl.store.runs import finish_run, finish_site_run, start_run, start_site_run, upsert_site
from tests.cli.conftest import STEERS_A_TERMINAL, Invoke
from tests.store.samples import NOON, SITE, URL, after, article, candidate, store

VESTI = Site(name=SITE, home="https://vesti.example/", timezone="Asia/Almaty", languages=("ru",))
FEED = "https://vesti.example/feed"
BLOCKED = "https://vesti.example/2024/05/02/closed"
HOSTILE_TITLES = [
    "<script>alert('x')</script>[bold]rich[/bold]",
    "\x1b[31mкрасный\x1b[0m \x1b]0;title\x07 \x9b2J",
    "\u202eписьмо\u202c \u2066x\u2069 \u200f \u061c",
    "нуль\x00посередине\r\nи строка\u2028ещё",
    "=HYPERLINK(1)",
    "слон " * 40_000,
    "\ud800 одинокий",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder after one run: an article that was stored and edited, a page that was refused, a feed."""
    folder = tmp_path / "news"
    path = folder / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        upsert_site(connection, VESTI, NOON)
        run = start_run(connection, NOON, "run", 1)
        visit = start_site_run(connection, run, SITE, NOON)
        add_source(connection, SITE, FEED, "feed", NOON)
        set_fate(connection, FEED, Fate.LISTING, NOON, "2 listed, 2 new", run_id=run)
        add_candidates(connection, SITE, [candidate(), candidate(BLOCKED)], NOON, run)
        store(connection, article())
        set_fate(connection, URL, Fate.STORED, NOON, run_id=run)
        store(connection, article(text="Движение по мосту началось вечером."), after(hours=2))
        set_fate(connection, URL, Fate.UPDATED, after(hours=2), run_id=run)
        set_fate(connection, BLOCKED, Fate.BLOCKED, NOON, "the server answered 403", run_id=run)
        counts = Counter({Fate.STORED: 1, Fate.BLOCKED: 1, Fate.LISTING: 1})
        finish_site_run(connection, visit, after(minutes=1), counts, "healthy", requests=4, bytes=9000)
        finish_run(connection, run, after(minutes=1), 0)
    connection.close()
    return folder


def test_status_shows_a_line_a_site(invoke: Invoke, data: Path) -> None:
    result = invoke("status", "--data", data)
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = [line for line in result.stdout.splitlines() if SITE in line]
    assert re.split(r" {2,}", line.strip()) == [
        SITE,
        "healthy",
        "2024-05-02 12:01",
        "2024-05-02 12:01",
        "0",
        "0",
        "1",
        "0",
    ]


def test_status_is_json_for_programs(invoke: Invoke, data: Path) -> None:
    (line,) = invoke("status", SITE, "--json", "--data", data).stdout.splitlines()
    record = json.loads(line)
    assert (record["site"], record["verdict"], record["articles"], record["requests"]) == (SITE, "healthy", 1, 4)
    assert record["counts"] == {"stored": 1, "blocked": 1, "listing": 1}


def test_the_environment_names_the_data_too(invoke: Invoke, data: Path) -> None:
    assert SITE in invoke("status", env={"NEWSCRAWL_DATA": str(data)}).stdout
    assert "stored" in invoke("why", URL, env={"NEWSCRAWL_DATA": str(data)}).stdout
    other = invoke("status", "--data", data, env={"NEWSCRAWL_DATA": "/nowhere"})
    assert SITE in other.stdout, "what is typed outweighs the environment"


def test_status_of_a_site_that_was_never_visited_is_a_usage_error(invoke: Invoke, data: Path) -> None:
    result = invoke("status", "nowhere_kz", "--data", data)
    assert result.exit_code == 2
    assert "'nowhere_kz' was never visited; `scrapy list` names the sites there are" in result.stderr


def test_status_before_any_visit_says_so(invoke: Invoke, tmp_path: Path) -> None:
    open_database(tmp_path / "newscrawl.db").close()
    assert invoke("status", "--data", tmp_path).stdout == "no site was visited yet\n"
    assert invoke("status", "--json", "--data", tmp_path).stdout == ""


def test_why_tells_an_articles_story_from_first_to_next(invoke: Invoke, data: Path) -> None:
    lines = invoke("why", URL, "--data", data).stdout.splitlines()
    assert lines[0] == URL
    wanted = [
        "found      2024-05-02T12:00:00+00:00 in https://vesti.example/feed (site vesti_example)",
        "said       published 'Thu, 02 May 2024 11:50:00 GMT' by its feed",
        "tried      2024-05-02T12:00:00+00:00 stored",
        "tried      2024-05-02T14:00:00+00:00 updated",
        f"article    Мост через Ишим открыли [ru] {URL}",
        "published  2024-05-02T11:50:00+00:00 from json-ld ('2024-05-02T16:50:00+05:00')",
        "version 1  2024-05-02T12:00:00+00:00, the first",
        "version 2  2024-05-02T14:00:00+00:00, changed: text",
        "fate       updated since 2024-05-02T14:00:00+00:00",
        f"           {Fate.UPDATED.meaning}",
        "next       it is asked for again from 2024-05-02T17:50:00+00:00 on",
    ]
    assert [line for line in lines if line in wanted] == wanted


def test_why_tells_a_refusal_and_when_it_is_tried_again(invoke: Invoke, data: Path) -> None:
    lines = invoke("why", BLOCKED + "?utm_source=x", "--data", data).stdout.splitlines()
    assert "fate       blocked since 2024-05-02T12:00:00+00:00: the server answered 403" in lines
    assert f"           {Fate.BLOCKED.meaning}" in lines
    assert lines[-1] == "next       it is asked for again from 2024-05-02T13:00:00+00:00 on"


def test_why_tells_where_a_page_is_archived_and_what_became_of_a_copy(invoke: Invoke, data: Path) -> None:
    copy, path = "https://vesti.example/2024/05/02/wire", data / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        ref = CaptureRef(
            url=copy, final_url=copy, fetched_at=after(hours=1), status=200, file="a.warc.gz", offset=295, length=10,
            body_hash="sha256:" + "0" * 64,
        )  # fmt: skip
        capture_id = index_capture(connection, ref, SITE)
        store(connection, article(url=copy), after(hours=1), copy_of=URL, capture_id=capture_id)
        set_fate(connection, copy, Fate.COPY, after(hours=1))
        for hours in (24, 30, 48):
            missing = start_run(connection, after(hours=hours), "run", 1)
            set_fate(connection, copy, Fate.GONE, after(hours=hours), run_id=missing)
            settle_missing(connection, SITE, missing, after(hours=hours))
    connection.close()
    lines = invoke("why", copy, "--data", data).stdout.splitlines()
    assert "archived   2024-05-02T13:00:00+00:00 a.warc.gz at 295" in lines
    assert (
        f"cite as    {copy}, as seen at 2024-05-02T13:00:00+00:00, sha256:{'0' * 64} in a.warc.gz at 295, 10 bytes"
        in lines
    )
    assert f"copy of    {URL}" in lines
    assert "withdrawn  between 2024-05-02T13:00:00+00:00 and 2024-05-03T12:00:00+00:00" in lines


def test_why_takes_an_address_without_its_scheme(invoke: Invoke, data: Path) -> None:
    assert invoke("why", URL.removeprefix("https://"), "--data", data).stdout.splitlines()[0] == URL


def test_why_tells_a_sources_story(invoke: Invoke, data: Path) -> None:
    lines = invoke("why", FEED, "--data", data).stdout.splitlines()
    assert "fate       listing since 2024-05-02T12:00:00+00:00: 2 listed, 2 new" in lines
    assert lines[-1] == "next       it is asked in each visit"


def test_why_of_an_address_nobody_saw_is_one_line_and_1(invoke: Invoke, data: Path) -> None:
    result = invoke("why", "https://vesti.example/\x1b[31mnever", "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "was never seen" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not STEERS_A_TERMINAL.search(result.stderr.rstrip("\n"))


@pytest.mark.parametrize("title", HOSTILE_TITLES, ids=range(len(HOSTILE_TITLES)))
def test_a_hostile_title_comes_out_harmless(invoke: Invoke, data: Path, title: str) -> None:
    path = data / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        store(connection, article(title=title, published_raw=title), after(hours=3))
        set_fate(connection, URL, Fate.READ_ERROR, after(hours=3), title)
        run = start_run(connection, after(hours=3), "run", 1)
        visit = start_site_run(connection, run, SITE, after(hours=3))
        finish_site_run(connection, visit, after(hours=3), {}, "down", problem=title)
    connection.close()
    for arguments in (["why", URL], ["status"], ["status", "--json"]):
        result = invoke(*arguments, "--data", data)
        assert result.exit_code == 0
        assert not STEERS_A_TERMINAL.search(result.stdout), arguments
        if arguments == ["status", "--json"]:
            assert json.loads(result.stdout)["problem"] == kept(title), "in JSON nothing is lost"
        else:
            assert all(len(line) < 1200 for line in result.stdout.splitlines())
            assert kept(title)[:4].strip("\x1b\u202e") in result.stdout


def kept(title: str) -> str:
    """The title as the store keeps it."""
    return title.replace("\x00", "").replace("\ud800", "\ufffd")


@pytest.mark.parametrize("arguments", [["status"], ["why", URL]])
def test_a_missing_database_is_one_line_that_names_it(invoke: Invoke, tmp_path: Path, arguments: list[str]) -> None:
    result = invoke(*arguments, "--data", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"newscrawl: {tmp_path / 'none' / 'newscrawl.db'}: there is no database yet")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists(), "a reader makes nothing"


@pytest.mark.parametrize("arguments", [["status"], ["why", URL]])
def test_a_database_of_a_newer_version_is_refused(invoke: Invoke, data: Path, arguments: list[str]) -> None:
    raw = sqlite3.connect(data / "newscrawl.db")
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    result = invoke(*arguments, "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "newscrawl.db: was written by a newer newscrawl" in result.stderr
    assert result.stderr.count("\n") == 1


def no_database(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 3])


def damaged_pages(path: Path) -> None:
    """The header is whole and every later page is rubbish: it opens, and fails while it is read."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


@pytest.mark.parametrize("arguments", [["status"], ["why", URL]])
@pytest.mark.parametrize("damage", [no_database, cut_off, damaged_pages])
def test_a_damaged_database_is_one_line(invoke: Invoke, data: Path, arguments: list[str], damage: object) -> None:
    assert callable(damage)
    damage(data / "newscrawl.db")
    result = invoke(*arguments, "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "newscrawl.db: the file is damaged or no database: move it aside" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--data", "--project"])
def test_a_folder_that_is_a_file_is_a_usage_error(invoke: Invoke, data: Path, option: str) -> None:
    result = invoke("status", option, data / "newscrawl.db")
    assert result.exit_code == 2
    assert "is a file" in result.stderr
