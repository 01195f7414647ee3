"""A capture is blanked in its file, and nothing else in it changes."""

import gzip
from pathlib import Path

import pytest

from newscrawl.store.archive import ArchiveError, CaptureRef, read_capture
from newscrawl.store.erasing import blank_member, erase_captures
from newscrawl.store.notes import Note, note_of
from newscrawl.store.warc_records import parse_record
from tests.store.archive_samples import OPENED_AT, candidate, is_valid_warc, page, pages_in, segments, writer

SECRET = b"<html><p>" + "Имя, которое надо забыть. ".encode() * 50 + b"</p></html>"


def written(folder: Path, *, closed: bool = True) -> list[CaptureRef]:
    archive = writer(folder)
    refs = archive.append([page(1), page(2, body=SECRET, candidate=candidate(2)), page(3)])
    if closed:
        archive.close()
    return refs


def test_page_is_gone_and_its_neighbours_are_where_they_were(tmp_path: Path) -> None:
    refs = written(tmp_path)
    path = tmp_path / refs[0].file
    before = path.stat().st_size
    assert erase_captures(tmp_path, [refs[1]], OPENED_AT) == refs[1].length
    assert path.stat().st_size == before
    assert is_valid_warc(path)
    assert [p.url for p in pages_in(path)] == [page(1).url, page(3).url]
    assert read_capture(tmp_path, refs[2].file, refs[2].offset) == page(3)
    assert "забыть".encode() not in gzip.decompress(path.read_bytes())
    assert segments(tmp_path) == [path.name]


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    refs = written(tmp_path)
    erase_captures(tmp_path, refs[:2], OPENED_AT)
    erase_captures(tmp_path, refs[:2], OPENED_AT)
    assert [p.url for p in pages_in(tmp_path / refs[0].file)] == [page(3).url]
    assert is_valid_warc(tmp_path / refs[0].file)


def test_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    refs = written(tmp_path, closed=False)
    with pytest.raises(ArchiveError, match="still being written"):
        erase_captures(tmp_path, [refs[1]], OPENED_AT)


def test_file_that_is_gone_holds_nothing_to_erase(tmp_path: Path) -> None:
    refs = written(tmp_path)
    (tmp_path / refs[0].file).unlink()
    erase_captures(tmp_path, refs, OPENED_AT)
    assert segments(tmp_path) == []


def test_file_that_is_shorter_than_it_should_be_is_not_touched(tmp_path: Path) -> None:
    refs = written(tmp_path)
    path = tmp_path / refs[0].file
    torn = path.read_bytes()[:-20]
    path.write_bytes(torn)
    with pytest.raises(ArchiveError, match=r"ends before byte"):
        erase_captures(tmp_path, [refs[2]], OPENED_AT)
    assert path.read_bytes() == torn
    assert segments(tmp_path) == [path.name]


@pytest.mark.parametrize(
    "length", [260, 300, 65_500, 65_535, 65_540, *range(65_551, 65_566), 131_090, 131_098, 131_099, 1_000_003]
)
def test_blank_is_exactly_as_long_as_what_it_replaces(length: int) -> None:
    note = Note("forgotten", "https://example.kz/news/2", OPENED_AT, {})
    member = blank_member(length, note)
    assert len(member) == length
    assert note_of(parse_record(gzip.decompress(member))) == (note if length >= 400 else None)


def test_capture_shorter_than_the_blank_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="too short"):
        blank_member(100, Note("forgotten", "https://example.kz/news/2", OPENED_AT, {}))
