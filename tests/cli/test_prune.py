"""`newscrawl prune`: what goes, what is only told, and when it refuses."""

import os
from pathlib import Path

import pytest

from newscrawl.crawl.locks import run_lock
from tests.cli.conftest import Invoke
from tests.cli.test_status_and_why import data

__all__ = ["data"]


@pytest.fixture
def old_log(data: Path) -> Path:
    """A log of 2001 and one of today."""
    folder = data / "logs"
    folder.mkdir()
    (folder / "20260101T000000Z.log").write_text("new\n")
    old = folder / "20010101T000000Z.log"
    old.write_text("old\n")
    os.utime(old, (978_307_200, 978_307_200))
    return old


def test_old_logs_go_and_new_ones_stay(invoke: Invoke, data: Path, old_log: Path) -> None:
    told = invoke("prune", "--dry-run", "--data", data)
    assert "logs: 1, 4 bytes would go" in told.stdout
    assert old_log.exists()
    done = invoke("prune", "--data", data)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "logs: 1, 4 bytes deleted" in done.stdout
    assert [path.read_text() for path in old_log.parent.iterdir()] == ["new\n"]


def test_captures_are_kept_unless_told(invoke: Invoke, data: Path) -> None:
    assert "archive files with 0 captures: 0, 0 bytes deleted" in invoke("prune", "--data", data).stdout


def test_a_run_under_way_is_left_alone(invoke: Invoke, data: Path, old_log: Path) -> None:
    with run_lock(data):
        result = invoke("prune", "--data", data)
    assert result.exit_code == 75
    assert old_log.exists()


@pytest.mark.parametrize("length", ["", "30", "d", "30 days", "-1d", "1y", "1d1"])
def test_a_length_of_time_that_is_none_is_said(invoke: Invoke, data: Path, length: str) -> None:
    result = invoke("prune", "--logs", length, "--data", data)
    assert result.exit_code == 2
    assert "is no length of time" in result.stderr
