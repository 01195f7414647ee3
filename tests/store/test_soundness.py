"""What is wrong with a data folder is found, and nothing is said of one that is whole."""

import os
from datetime import timedelta
from pathlib import Path

from newscrawl.store.archive import ArchiveWriter, index_capture
from newscrawl.store.runs import finish_run, start_run
from newscrawl.store.soundness import (
    archive_faults,
    archived_a_day,
    database_faults,
    latest_moment,
    left_by_killed_runs,
    rebuild_search_index,
    search_index_faults,
)
from tests.store.archive_samples import OPENED_AT, SOFTWARE, page
from tests.store.conftest import Opened
from tests.store.samples import NOON, after, article, store


def archived(db: Opened, folder: Path) -> ArchiveWriter:
    archive = ArchiveWriter(folder, SOFTWARE, OPENED_AT)
    for ref in archive.append([page(1), page(2)]):
        with db.writing():
            index_capture(db.connection, ref, None)
    return archive


def test_a_whole_folder_has_no_faults(db: Opened, tmp_path: Path) -> None:
    with db.writing():
        store(db.connection, article())
    archive = archived(db, tmp_path)
    assert list(archive_faults(db.connection, tmp_path)) == [], "a file that is being written is there, too"
    archive.close()
    assert database_faults(db.connection, db.path) == []
    assert search_index_faults(db.connection, db.path) == []
    assert list(archive_faults(db.connection, tmp_path)) == []
    assert left_by_killed_runs(tmp_path) == []


def test_a_row_that_refers_to_nothing_is_a_fault(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
    db.connection.execute("PRAGMA foreign_keys=OFF")
    with db.writing():
        db.connection.execute("UPDATE article_versions SET article_id = 99")
    assert database_faults(db.connection, db.path) == [
        "a row of article_versions refers to a row of articles that is not there"
    ]


def test_a_search_index_that_says_something_else_is_found_and_made_anew(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
        db.connection.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (7, 'призрак', 'призрак')")
    assert search_index_faults(db.connection, db.path) == ["the full-text index does not agree with the articles"]
    rebuild_search_index(db.connection, db.path)
    assert search_index_faults(db.connection, db.path) == []


def test_archive_files_that_are_missing_or_cut_are_named(db: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    archived(db, folder).close()
    path = next(folder.iterdir())
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-5])
    assert list(archive_faults(db.connection, folder)) == [
        f"{path}: has {size - 5:,} bytes, and captures up to byte {size:,} are known"
    ]
    path.unlink()
    assert list(archive_faults(db.connection, folder)) == [f"{path}: is missing"]


def test_files_of_killed_runs_are_told_from_those_of_living_ones(db: Opened, tmp_path: Path) -> None:
    archive = archived(db, tmp_path)
    assert left_by_killed_runs(tmp_path) == [], "its writer lives"
    archive.close(indexed=False)
    assert len(left_by_killed_runs(tmp_path)) == 1


def test_growth_is_counted_by_the_day(db: Opened, tmp_path: Path) -> None:
    assert archived_a_day(db.connection, OPENED_AT) == 0.0
    archived(db, tmp_path).close()
    size = sum(length for (length,) in db.rows("SELECT length FROM captures"))
    assert archived_a_day(db.connection, OPENED_AT + timedelta(hours=1)) == size, (
        "a first hour is not taken for a day's 24th"
    )
    assert abs(archived_a_day(db.connection, OPENED_AT + timedelta(days=10)) - size / 10) < 1
    assert archived_a_day(db.connection, OPENED_AT + timedelta(days=100)) == 0.0


def test_the_latest_moment_is_that_of_the_runs(db: Opened) -> None:
    assert latest_moment(db.connection) is None
    with db.writing():
        finish_run(db.connection, start_run(db.connection, NOON, "run", os.getpid()), after(hours=1), 0)
    assert latest_moment(db.connection) == after(hours=1)
