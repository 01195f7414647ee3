"""`newscrawl demo`: two visits as a newcomer makes them."""

import re
import sqlite3
from pathlib import Path

import pytest

from newscrawl.cli.demo_state import DemoState, read_state, write_state
from tests.cli.conftest import Child, Invoke

COLUMN = {"stored": 2, "updated": 3, "not modified": 7, "problems": 8}


def rows(output: str) -> list[list[str]]:
    """The cells of the table's lines."""
    return [[*re.split(r" {2,}", line.strip()), ""] for line in output.splitlines() if line.startswith("demo_")]


def total(output: str, column: str) -> int:
    """The sum of a column."""
    return sum(int(cells[COLUMN[column]] or 0) for cells in rows(output))


def asked(folder: Path, question: str) -> list[tuple[object, ...]]:
    """What the demo's database answers."""
    connection = sqlite3.connect(folder / "newscrawl.db")
    answer = connection.execute(question).fetchall()
    connection.close()
    return answer


@pytest.mark.timeout(240)
def test_two_visits(child: Child, repository: Path, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "demo", tmp_path / "elsewhere"
    environment = {"NEWSCRAWL_DATA": str(elsewhere)}
    first = child("demo", "--data", folder, cwd=repository, environment=environment)
    assert total(first.stdout, "problems") == 0, first.stdout
    assert (first.returncode, first.stderr) == (0, "")
    assert len(rows(first.stdout)) >= 4
    articles = asked(folder, "SELECT count(*), count(DISTINCT site) FROM articles")[0]
    assert articles == (total(first.stdout, "stored"), len(rows(first.stdout)))
    assert {"ru", "kk", "en", "ky", "uz"} <= {row[0] for row in asked(folder, "SELECT DISTINCT language FROM articles")}
    assert asked(folder, "SELECT count(*) FROM articles WHERE script = 'Latn' AND language = 'kk'") > [(0,)]
    assert "make demo" in first.stdout
    assert "make demo" not in child("demo", "--help", cwd=repository).stdout

    second = child("demo", "--data", folder, cwd=repository, environment=environment)
    assert total(second.stdout, "problems") == 0, second.stdout
    assert (second.returncode, second.stderr) == (0, "")
    assert (total(second.stdout, "stored"), total(second.stdout, "updated")) == (0, 1)
    assert total(second.stdout, "not modified") > 0
    assert asked(folder, "SELECT count(*), count(DISTINCT site) FROM articles")[0] == articles
    assert asked(folder, "SELECT count(*) FROM article_versions WHERE kind = 'edit'") == [(1,)]
    assert asked(folder, "SELECT count(*), sum(exit_code) FROM runs WHERE command = 'demo'") == [(2, 0)]
    assert not elsewhere.exists(), "the demo's data lies in a folder of its own"
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["archive", "locks", "logs"]


def test_a_database_that_is_not_the_demos_is_left_alone(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "newscrawl.db").write_bytes(b"news of years")
    for arguments in (["demo"], ["demo", "--fresh"]):
        result = invoke(*arguments, "--data", tmp_path)
        assert result.exit_code == 2
        assert f"{tmp_path} holds a database that is not the demo's" in result.stderr
    assert (tmp_path / "newscrawl.db").read_bytes() == b"news of years"


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"base": "x", "ports": "y", "visits": 1}', "\x00"])
def test_a_state_that_is_no_use_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "demo.json").write_text(content, encoding="utf-8")
    assert read_state(tmp_path) is None


def test_the_state_comes_back_as_it_was_written(tmp_path: Path) -> None:
    state = DemoState("2026-11-24T12:00:00+00:00", (8471, 8472), 2)
    write_state(tmp_path / "demo", state)
    assert read_state(tmp_path / "demo") == state
    assert state.now.isoformat() == "2026-11-25T02:00:00+00:00"
