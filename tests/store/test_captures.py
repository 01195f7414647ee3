"""Places in the archive are found again by address, by instant and by file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.store.capture import CaptureRef
from newscrawl.store.captures import capture_at, committed_offsets, find_capture, find_captures, index_capture
from newscrawl.store.database import open_database, write_transaction

from .archive_samples import OPENED_AT

REF = CaptureRef(
    url="https://example.kz/a",
    final_url="https://example.kz/b",
    fetched_at=OPENED_AT,
    status=200,
    file="one.warc.gz",
    offset=400,
    length=100,
    body_hash="sha256:00",
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_database(tmp_path / "newscrawl.db")
    yield opened
    opened.close()


def index(
    connection: sqlite3.Connection, tmp_path: Path, *refs: CaptureRef, site: str | None = "example_kz"
) -> list[int]:
    with write_transaction(connection, tmp_path / "newscrawl.db"):
        return [index_capture(connection, ref, site) for ref in refs]


def test_a_capture_is_found_by_id_and_by_address(connection: sqlite3.Connection, tmp_path: Path) -> None:
    later = replace(REF, offset=500, fetched_at=OPENED_AT + timedelta(hours=1))
    ids = index(connection, tmp_path, later, REF)
    found = find_capture(connection, ids[0])
    assert found is not None
    assert (found.ref, found.site) == (later, "example_kz")
    assert [(one.id, one.ref) for one in find_captures(connection, REF.url)] == [(ids[1], REF), (ids[0], later)]
    assert find_capture(connection, 99) is None
    assert find_captures(connection, "https://example.kz/none") == []


def test_taking_a_capture_in_twice_keeps_its_row_and_learns_its_site(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    [first] = index(connection, tmp_path, REF, site=None)
    [again] = index(connection, tmp_path, REF)
    [third] = index(connection, tmp_path, REF, site=None)
    assert first == again == third
    [stored] = find_captures(connection, REF.url)
    assert stored.site == "example_kz"


def test_the_page_as_it_was_at_an_instant(connection: sqlite3.Connection, tmp_path: Path) -> None:
    later = replace(REF, offset=500, fetched_at=OPENED_AT + timedelta(hours=1))
    index(connection, tmp_path, REF, later)
    at = {
        minutes: capture_at(connection, REF.url, OPENED_AT + timedelta(minutes=minutes)) for minutes in (-1, 0, 59, 60)
    }
    assert {minutes: one and one.ref for minutes, one in at.items()} == {-1: None, 0: REF, 59: REF, 60: later}


def test_committed_offsets_are_the_last_end_of_each_file(connection: sqlite3.Connection, tmp_path: Path) -> None:
    assert committed_offsets(connection) == {}
    refs = [replace(REF, file=f"{name}.warc.gz", offset=n * 100) for name in "cab" for n in (3, 1, 2)]
    index(connection, tmp_path, *refs)
    assert committed_offsets(connection) == {"a.warc.gz": 400, "b.warc.gz": 400, "c.warc.gz": 400}


def test_committed_offsets_read_no_whole_table(connection: sqlite3.Connection) -> None:
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    committed_offsets(connection)
    connection.set_trace_callback(None)
    plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any("COVERING INDEX" in step or "USING INDEX" in step for step in plan)
    assert [step for step in plan if step.startswith("SCAN captures") and "INDEX" not in step] == []


def test_writing_needs_a_transaction(connection: sqlite3.Connection) -> None:
    with pytest.raises(RuntimeError, match="write_transaction"):
        index_capture(connection, REF, None)
