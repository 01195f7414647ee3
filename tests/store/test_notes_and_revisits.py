"""Notes and revisit records: written so that other tools read them, read back as they were, and cut with a torn tail."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.site import Site
from newscrawl.store.archive import ArchiveError, CaptureRef, index_capture, read_capture, recover
from newscrawl.store.archive_reading import Entry, iter_entries
from newscrawl.store.capture import Unchanged
from newscrawl.store.captures import captures_by_time, latest_body
from newscrawl.store.notes import site_note, site_of_note, status_note
from newscrawl.store.status_notes import apply_status_note, changes_of_status, remember_told
from tests.store.archive_samples import OPENED_AT, candidate, is_valid_warc, page, writer
from tests.store.conftest import Opened
from tests.store.samples import NOON, URL, after, article, store

EXAMPLE = Site(name="example_kz", home="https://example.kz/", languages=("kk", "ru"), timezone="Asia/Almaty")
GONE = status_note("https://example.kz/news/1", "gone", OPENED_AT, "2024-05-01T00:00:00+00:00", 3)


def entries(path: Path) -> list[Entry]:
    return list(iter_entries(path))


def written(folder: Path) -> tuple[Path, list[CaptureRef]]:
    archive = writer(folder)
    refs = archive.append([page(1), page(2)], [EXAMPLE])
    refs += archive.append([page(3)], [EXAMPLE])
    archive.note([GONE])
    archive.close()
    return folder / refs[0].file, refs


def test_a_site_is_noted_once_a_file_in_front_of_its_first_page(tmp_path: Path) -> None:
    path, refs = written(tmp_path)
    told = [entry.note or entry.ref for entry in entries(path) if entry.note or entry.ref]
    assert told == [site_note(EXAMPLE, OPENED_AT), *refs, GONE]
    assert site_of_note(site_note(EXAMPLE, OPENED_AT)) == replace(EXAMPLE, hosts=tuple(sorted(EXAMPLE.all_hosts)))
    assert is_valid_warc(path)


def test_notes_behind_the_last_page_survive_the_cut_of_a_torn_tail(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    [ref] = archive.append([page(1)])
    archive.note([GONE])
    archive.append([page(2)])
    archive.close(indexed=False)
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:-10])
    recover(tmp_path, {ref.file: ref.end})
    assert [entry.note for entry in entries(next(tmp_path.iterdir())) if entry.note] == [GONE]


def test_a_note_that_cannot_be_understood_is_no_note_of_ours(tmp_path: Path) -> None:
    assert site_of_note(replace(site_note(EXAMPLE, OPENED_AT), said={"name": "example_kz"})) is None


@pytest.mark.parametrize("candidates", [None, candidate()])
def test_a_body_that_is_there_already_is_not_written_again(tmp_path: Path, candidates: object) -> None:
    body = b"<p>" + b"".join(sha256(bytes([n])).digest() for n in range(256))
    archive = writer(tmp_path)
    [first] = archive.append([page(1, body=body, candidate=candidates)])
    again = page(1, body=body, fetched_at=OPENED_AT + timedelta(days=1), headers=(("ETag", "x"),), candidate=candidates)
    [second] = archive.append([Unchanged(again, first)])
    archive.close()
    assert second.length < first.length / 5
    assert second.body_hash == first.body_hash
    assert read_capture(tmp_path, second.file, second.offset) == again
    assert is_valid_warc(tmp_path / first.file)
    assert entries(tmp_path / first.file)[-1].ref == second


def test_a_revisit_whose_body_is_lost_says_so_and_the_pages_behind_it_are_read(tmp_path: Path) -> None:
    first_archive, archive = writer(tmp_path), writer(tmp_path)
    [first] = first_archive.append([page(1)])
    first_archive.close()
    [second, third] = archive.append([Unchanged(page(1), first), page(2)])
    archive.close()
    (tmp_path / first.file).unlink()
    assert [(entry.ref, entry.page) for entry in entries(tmp_path / second.file) if entry.ref] == [
        (second, None),
        (third, page(2)),
    ]
    with pytest.raises(ArchiveError, match=r"its body lies in another file: .*is missing"):
        read_capture(tmp_path, second.file, second.offset)


def test_the_table_knows_whose_body_a_revisit_has(db: Opened, tmp_path: Path) -> None:
    archive = writer(tmp_path)
    [first] = archive.append([page(1)])
    later = replace(page(1), fetched_at=OPENED_AT + timedelta(days=1))
    [second] = archive.append([Unchanged(later, first)])
    archive.close()
    with db.writing():
        ids = [index_capture(db.connection, ref, None) for ref in (first, second)]
    assert db.rows("SELECT refers_to FROM captures ORDER BY id") == [(None,), (ids[0],)]
    found = latest_body(db.connection, first.url)
    assert found is not None
    assert (found.file, found.offset) == (first.file, first.offset)
    assert latest_body(db.connection, "https://example.kz/never") is None
    assert [stored.id for stored in captures_by_time(db.connection)] == ids


def test_changes_of_status_are_told_once_and_can_be_applied_elsewhere(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
        store(db.connection, article(url="https://vesti.example/2", text="Другое."))
    assert changes_of_status(db.connection).notes == ()
    gone = status_note(URL, "gone", after(days=2), after(days=1).isoformat(), 3, after(hours=5).isoformat())
    with db.writing():
        assert apply_status_note(db.connection, gone)
        assert not apply_status_note(db.connection, gone), "it is gone already"
    changes = changes_of_status(db.connection)
    assert changes.notes == (gone,)
    with db.writing():
        remember_told(db.connection, changes)
    assert changes_of_status(db.connection).notes == ()
    assert db.rows("SELECT last_seen_at FROM articles WHERE url = ?", URL) == [(after(hours=5).isoformat(),)]
    back = status_note(URL, "live", after(days=3), None, 0, after(days=3).isoformat())
    with db.writing():
        assert apply_status_note(db.connection, back)
    assert changes_of_status(db.connection).notes == (back,)
    assert db.rows("SELECT status, missing_since FROM articles WHERE url = ?", URL) == [("live", None)]


def test_a_return_that_came_with_a_page_needs_no_note(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
        apply_status_note(db.connection, status_note(URL, "gone", after(days=2), after(days=1).isoformat(), 3))
        store(db.connection, article(text="Мост закрыли на ремонт до осени."), after(days=3))
    [note] = changes_of_status(db.connection).notes
    assert note.said["status"] == "gone"
    assert note.at == NOON.replace(day=4)


def test_a_note_of_an_article_that_nobody_knows_changes_nothing(db: Opened) -> None:
    with db.writing():
        assert not apply_status_note(db.connection, GONE)
