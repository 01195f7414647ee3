"""`newscrawl doctor` without a site: findings, each with what to do, and an exit code."""

import json
import sqlite3
from pathlib import Path

import pytest

from newscrawl.cli import doctor_machine
from newscrawl.cli.doctor_machine import disk_finding
from newscrawl.cli.findings import Level
from newscrawl.crawl.locks import run_lock
from tests.cli.conftest import Invoke
from tests.cli.test_status_and_why import data

__all__ = ["data"]


def findings(invoke: Invoke, data: Path, *arguments: str) -> dict[str, dict[str, str]]:
    told = json.loads(invoke("doctor", "--json", "--data", data, *arguments).stdout)
    return {finding["what"]: finding for finding in told}


def test_a_sound_installation_has_no_fault(invoke: Invoke, data: Path) -> None:
    result = invoke("doctor", "--thorough", "--data", data)
    assert result.exit_code == 0, result.stdout
    assert "ok      time zones: know the change of 2024-03-01" in result.stdout
    assert f"ok      database: {data / 'newscrawl.db'}: sound" in result.stdout
    assert "ok      search index: says what the articles say" in result.stdout
    assert "advice  contact: sites cannot see whom to ask" in result.stdout


def test_a_contact_is_told(invoke: Invoke, data: Path) -> None:
    found = findings(invoke, data, "-s", "NEWSCRAWL_CONTACT=news@example.kz")
    assert found["contact"]["level"] == Level.OK


def test_a_folder_that_is_not_there_is_no_fault_and_is_not_made(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("doctor", "--data", tmp_path / "none")
    assert result.exit_code == 0
    assert "is not there yet" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_a_fault_with_a_way_out(invoke: Invoke, data: Path) -> None:
    path = data / "newscrawl.db"
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100))
    result = invoke("doctor", "--data", data)
    assert result.exit_code == 1
    assert "fault   database: " in result.stdout
    assert "restore a backup or rebuild it from the archive" in result.stdout


def test_a_search_index_that_disagrees_is_mended(invoke: Invoke, data: Path) -> None:
    connection = sqlite3.connect(data / "newscrawl.db")
    connection.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (7, 'призрак', 'призрак')")
    connection.commit()
    connection.close()
    assert invoke("doctor", "--thorough", "--data", data).exit_code == 1
    assert invoke("doctor", "--mend", "--data", data).exit_code == 0


def test_a_clock_that_was_set_back_is_a_fault(invoke: Invoke, data: Path) -> None:
    connection = sqlite3.connect(data / "newscrawl.db")
    connection.execute("UPDATE runs SET ended_at = '2190-01-01T00:00:00+00:00'")
    connection.commit()
    connection.close()
    assert findings(invoke, data)["clock"]["level"] == Level.FAULT


def test_a_run_under_way_is_named(invoke: Invoke, data: Path) -> None:
    with run_lock(data):
        assert "is under way already (process " in findings(invoke, data)["lock"]["said"]


def test_time_that_stands_still_is_a_fault(invoke: Invoke, data: Path) -> None:
    assert findings(invoke, data, "-s", "NEWSCRAWL_NOW=2024-05-02")["clock"]["level"] == Level.FAULT


def test_zones_without_the_change_of_2024_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from zoneinfo import ZoneInfo

    monkeypatch.setattr(doctor_machine, "ZoneInfo", lambda _: ZoneInfo("Asia/Omsk"))
    found = {finding.what: finding for finding in doctor_machine.machine_findings()}
    assert found["time zones"].level is Level.FAULT
    assert "tzdata" in found["time zones"].then


@pytest.mark.parametrize(
    ("free", "bytes_a_day", "level"),
    [
        (10 << 20, 0.0, Level.FAULT),
        (100 << 30, 0.0, Level.OK),
        (100 << 30, 50e6, Level.OK),
        (100 << 30, 20e9, Level.ADVICE),
    ],
)
def test_room_is_told_with_the_days_that_it_lasts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, bytes_a_day: float, level: Level
) -> None:
    class Usage:
        pass

    usage = Usage()
    usage.free = free  # type: ignore[attr-defined]
    monkeypatch.setattr(doctor_machine.shutil, "disk_usage", lambda _: usage)
    assert disk_finding(tmp_path, bytes_a_day).level is level


def test_the_demos_own_clock_is_no_fault(invoke: Invoke, data: Path) -> None:
    connection = sqlite3.connect(data / "newscrawl.db")
    connection.execute("UPDATE runs SET ended_at = '2190-01-01T00:00:00+00:00', command = 'demo'")
    connection.commit()
    connection.close()
    assert "clock" not in findings(invoke, data)
