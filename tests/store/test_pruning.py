"""Old files of the archive and old runs go; everything that was read stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.store.archive import ArchiveWriter, index_capture
from newscrawl.store.capture import Unchanged
from newscrawl.store.captures import captures_by_time
from newscrawl.store.pruning import PRUNED_SUFFIX, old_files, prune_files, prune_runs
from newscrawl.store.runs import start_run, start_site_run
from tests.store.archive_samples import OPENED_AT, SOFTWARE, page
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, article, store


@pytest.fixture
def folder(db: Opened) -> Path:
    """An archive of two files: one of old pages, one with an old and a new page; an article rests on the first."""
    folder = db.path.parent / "archive"
    for days in ((0, 0), (0, 100)):
        archive = ArchiveWriter(folder, SOFTWARE, OPENED_AT)
        pages = [page(n + 1, fetched_at=OPENED_AT + timedelta(days=d, seconds=n)) for n, d in enumerate(days)]
        for ref in archive.append(pages):
            with db.writing():
                capture_id = index_capture(db.connection, ref, None)
                if days == (0, 0):
                    store(db.connection, article(), capture_id=capture_id)
        archive.close()
    return folder


def test_a_file_goes_when_all_its_captures_are_old(db: Opened, folder: Path) -> None:
    before = OPENED_AT + timedelta(days=50)
    chosen = old_files(db.connection, folder, before)
    assert [file.captures for file in chosen] == [2]
    prune_files(db.connection, db.path, folder, chosen)
    assert len(list(folder.iterdir())) == 1
    assert db.rows("SELECT count(*) FROM captures") == [(2,)]
    assert db.rows("SELECT count(*), max(capture_id) FROM articles") == [(1, None)]
    assert old_files(db.connection, folder, before) == []


def test_a_file_stays_whose_bodies_a_later_revisit_has(db: Opened, folder: Path) -> None:
    before = OPENED_AT + timedelta(days=50)
    [original, _] = [ref.ref for ref in captures_by_time(db.connection)][:2]
    archive = ArchiveWriter(folder, SOFTWARE, OPENED_AT)
    repeated = page(1, fetched_at=OPENED_AT + timedelta(days=90))
    for ref in archive.append([Unchanged(repeated, original)]):
        with db.writing():
            index_capture(db.connection, ref, None)
    archive.close()
    assert original.file not in {file.name for file in old_files(db.connection, folder, before)}


def test_what_was_killed_half_way_is_finished(db: Opened, folder: Path) -> None:
    before = OPENED_AT + timedelta(days=50)
    path = folder / old_files(db.connection, folder, before)[0].name
    path.rename(path.with_name(path.name + PRUNED_SUFFIX))
    prune_files(db.connection, db.path, folder, old_files(db.connection, folder, before))
    assert len(list(folder.iterdir())) == 1
    assert db.rows("SELECT count(*) FROM captures") == [(2,)]


def test_a_file_that_is_missing_is_no_reason_to_forget_its_captures(db: Opened, folder: Path) -> None:
    before = OPENED_AT + timedelta(days=50)
    (folder / old_files(db.connection, folder, before)[0].name).unlink()
    assert old_files(db.connection, folder, before) == []


def test_old_runs_go_but_for_each_sites_latest_visit(db: Opened) -> None:
    with db.writing():
        for days in range(1200):
            run = start_run(db.connection, NOON + timedelta(days=days), "run", 1)
            start_site_run(db.connection, run, SITE, NOON)
            if not days:
                start_site_run(db.connection, run, "asleep_example", NOON)
    assert prune_runs(db.connection, db.path, NOON + timedelta(days=1100), dry=True) == 1099
    assert db.rows("SELECT count(*) FROM runs") == [(1200,)]
    assert prune_runs(db.connection, db.path, NOON + timedelta(days=1100)) == 1099
    assert db.rows("SELECT count(*) FROM runs") == [(101,)]
    assert db.rows("SELECT count(*) FROM site_runs WHERE site = 'asleep_example'") == [(1,)]
