"""`newscrawl backup` and `newscrawl forget`: what they say, and when they refuse."""

import sqlite3
from pathlib import Path

import pytest

from newscrawl.crawl.locks import site_lock
from tests.cli.conftest import Invoke
from tests.cli.test_status_and_why import SITE, URL, data

__all__ = ["data"]


def test_backup_says_what_it_wrote(invoke: Invoke, data: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    result = invoke("backup", target, "--data", data)
    assert result.exit_code == 0
    assert result.stdout == f"{data / 'newscrawl.db'} -> {target}: {target.stat().st_size:,} bytes\n"
    again = invoke("backup", target, "--data", data)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == f"newscrawl: {target}: exists already; choose another name, or --force to replace it\n"
    assert invoke("backup", target, "--force", "--data", data).exit_code == 0


def test_forgetting_tells_what_goes_and_asks_first(invoke: Invoke, data: Path) -> None:
    asked = invoke("forget", URL, "--data", data, input="n\n")
    assert asked.exit_code == 1
    assert f"{URL}\nan article with all its versions, 0 captures\n" in asked.stdout
    assert count(data, "SELECT count(*) FROM articles") == 1
    done = invoke("forget", URL, "--data", data, "--yes")
    assert done.exit_code == 0, done.stderr
    assert count(data, "SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM article_versions)") == 0
    told = invoke("why", URL, "--data", data).stdout
    assert "forgotten on request" in told


def test_forgetting_twice_is_no_error(invoke: Invoke, data: Path) -> None:
    assert [invoke("forget", URL, "--data", data, "--yes").exit_code for _ in range(2)] == [0, 0]


def test_an_address_that_was_never_seen_is_refused_all_the_same(invoke: Invoke, data: Path) -> None:
    result = invoke("forget", "https://vesti.example/never", "--data", data, "--yes")
    assert result.exit_code == 0, result.stderr
    assert count(data, "SELECT count(*) FROM urls WHERE url LIKE '%/never' AND forgotten_at IS NOT NULL") == 1


def test_a_site_that_is_being_crawled_is_left_alone(invoke: Invoke, data: Path) -> None:
    with site_lock(data, SITE):
        result = invoke("forget", URL, "--data", data, "--yes")
    assert result.exit_code == 75
    assert f"a crawl of {SITE} is under way already" in result.stderr
    assert count(data, "SELECT count(*) FROM articles") == 1


@pytest.mark.parametrize("arguments", [("forget", "vesti.example/x", "--yes"), ("forget",), ("backup",)])
def test_wrong_use_is_said(invoke: Invoke, data: Path, arguments: tuple[str, ...]) -> None:
    assert invoke(*arguments, "--data", data).exit_code == 2


def test_a_folder_without_a_database_is_no_new_one(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("forget", URL, "--yes", "--data", tmp_path)
    assert result.exit_code == 1
    assert "there is no database yet" in result.stderr
    assert list(tmp_path.iterdir()) == []


def count(data: Path, sql: str) -> int:
    connection = sqlite3.connect(data / "newscrawl.db")
    try:
        return int(connection.execute(sql).fetchone()[0])
    finally:
        connection.close()
