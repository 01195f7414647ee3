"""A run that was killed: whole captures are found again, a torn tail goes, a living run's segment is left alone."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.store.archive import ArchiveError, CaptureRef, iter_captures, recover
from newscrawl.store.archive_reading import TornArchiveError
from newscrawl.store.archive_recovery import abandoned_segments

from .archive_samples import candidate, is_valid_warc, page, pages_in, segments, writer


def abandoned(folder: Path, pages: int = 3) -> tuple[Path, list[CaptureRef]]:
    """A segment as a killed run leaves it: the lock has gone with its holder."""
    archive = writer(folder)
    refs = archive.append([page(n, candidate=candidate(n)) for n in range(1, pages + 1)])
    archive.close(indexed=False)
    return folder / f"{refs[0].file}.open", refs


def test_captures_behind_the_committed_one_are_returned_and_the_file_closed_once_they_are_known(tmp_path: Path) -> None:
    path, refs = abandoned(tmp_path)
    committed = {refs[0].file: refs[0].end}
    assert recover(tmp_path, committed) == refs[1:]
    assert recover(tmp_path, committed) == refs[1:], "killed before they were indexed: they are found again"
    assert segments(tmp_path) == [path.name]
    assert recover(tmp_path, {refs[0].file: refs[-1].end}) == []
    assert segments(tmp_path) == [refs[0].file]
    assert recover(tmp_path, {}) == [], "closed files are not read again"


def test_a_database_that_knows_nothing_of_the_file_gets_all_of_it(tmp_path: Path) -> None:
    _, refs = abandoned(tmp_path)
    assert recover(tmp_path, {}) == refs
    assert abandoned_segments(tmp_path) == [refs[0].file]


def test_a_record_torn_at_any_byte_is_cut_and_the_ones_before_it_stay(tmp_path: Path) -> None:
    path, refs = abandoned(tmp_path)
    whole, last = path.read_bytes(), refs[-1]
    for size in [*range(last.offset, last.end, 7), last.offset + 1, last.end - 1]:
        path.write_bytes(whole[:size])
        assert recover(tmp_path, {last.file: refs[0].end}) == refs[1:-1], size
        assert path.stat().st_size == last.offset
        assert [ref for ref, _ in iter_captures(path)] == refs[:-1]
    assert is_valid_warc(path)


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"\x1f\x8b\x08\x00" + b"\0" * 100, b"WARC/1.1\r\n", b"x"])
def test_junk_behind_the_last_record_is_cut(tmp_path: Path, tail: bytes) -> None:
    path, refs = abandoned(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    with pytest.raises(TornArchiveError, match="no whole record at byte"):
        pages_in(path)
    assert recover(tmp_path, {refs[0].file: refs[-1].end}) == []
    assert (tmp_path / refs[0].file).read_bytes() == whole


def test_bytes_that_changed_on_disk_are_no_whole_record(tmp_path: Path) -> None:
    path, refs = abandoned(tmp_path)
    broken = bytearray(path.read_bytes())
    broken[refs[-1].offset + refs[-1].length // 3] ^= 0xFF
    path.write_bytes(broken)
    assert recover(tmp_path, {}) == refs[:-1]


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_segment_without_a_whole_capture_is_removed(tmp_path: Path, size: int) -> None:
    path, _ = abandoned(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    assert recover(tmp_path, {}) == []
    assert segments(tmp_path) == []


def test_a_file_shorter_than_the_database_says_is_kept_as_it_is(tmp_path: Path) -> None:
    path, refs = abandoned(tmp_path)
    path.write_bytes(path.read_bytes()[: refs[-1].offset])
    assert recover(tmp_path, {refs[0].file: refs[-1].end}) == []
    assert (tmp_path / refs[0].file).stat().st_size == refs[-1].offset


def test_a_file_that_cannot_be_read_is_a_plain_line(tmp_path: Path) -> None:
    (tmp_path / "newscrawl-1.warc.gz.open").mkdir()
    with pytest.raises(ArchiveError, match=r"newscrawl-1.warc.gz.open: cannot be recovered \(is a directory\)"):
        recover(tmp_path, {})


def test_a_folder_that_is_not_there_yet_holds_nothing_to_recover(tmp_path: Path) -> None:
    assert recover(tmp_path / "archive", {}) == []


def test_recovery_beside_another_recovery_leaves_the_file_to_it(tmp_path: Path) -> None:
    path, refs = abandoned(tmp_path)
    with path.open("rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert recover(tmp_path, {}) == []
    assert recover(tmp_path, {}) == refs


ENDLESS_WRITER = """
import os, pathlib, sys
from tests.store.archive_samples import candidate, page, writer
archive = writer(pathlib.Path(sys.argv[1]))
number = 0
while True:
    group = [page(n, candidate=candidate(n), body=os.urandom(30_000)) for n in range(number, number + 3)]
    print(*[f"{ref.file} {ref.end}" for ref in archive.append(group)], sep="\\n", flush=True)
    number += 3
"""


def test_a_writer_killed_at_any_moment_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    for acknowledged in (1, 4, 9, 16, 25):
        folder = tmp_path / str(acknowledged)
        command = [sys.executable, "-c", ENDLESS_WRITER, str(folder)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            ends = [process.stdout.readline().split() for _ in range(acknowledged)]
            assert recover(folder, {}) == [], "its writer lives"
            os.kill(process.pid, signal.SIGKILL)
            ends += [line.split() for line in process.stdout if line.endswith("\n")]
        found = recover(folder, {})
        acknowledged_ends = [int(end) for _, end in ends]
        assert [ref.end for ref in found][: len(acknowledged_ends)] == acknowledged_ends
        assert recover(folder, {found[0].file: found[-1].end}) == []
        assert is_valid_warc(folder / found[0].file)
        assert len(pages_in(folder / found[0].file)) == len(found)
