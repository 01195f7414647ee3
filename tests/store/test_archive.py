"""What goes into the archive comes back, other tools read it, and a full disk or a second writer harms nothing."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.store import archive
from newscrawl.store.archive import ArchiveError, iter_captures, read_capture, recover

from .archive_samples import candidate, is_valid_warc, page, pages_in, segments, writer


def test_pages_come_back_as_they_were_also_while_the_segment_is_open(tmp_path: Path) -> None:
    pages = [page(1), page(2, candidate=candidate(2)), page(3, final_url="https://example.kz/moved/3"), page(4)]
    archive = writer(tmp_path)
    refs = archive.append(pages)
    assert [read_capture(tmp_path, ref.file, ref.offset) for ref in refs] == pages
    archive.close()
    assert [read_capture(tmp_path, ref.file, ref.offset) for ref in refs] == pages
    assert [ref for ref, _ in iter_captures(tmp_path / refs[0].file)] == refs
    assert [(ref.url, ref.final_url, ref.status) for ref in refs] == [(p.url, p.final_url, p.status) for p in pages]


def test_iteration_goes_on_from_any_capture(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    refs = archive.append([page(n, candidate=candidate(n)) for n in range(4)]) + archive.append([page(4)])
    archive.close()
    for ref in refs:
        assert next(iter_captures(tmp_path / ref.file, ref.offset))[0] == ref
    assert list(iter_captures(tmp_path / refs[0].file, refs[-1].end)) == []


def test_warcio_finds_valid_records_under_the_addresses_and_the_offsets_of_the_refs(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    refs = archive.append([page(1, candidate=candidate(1)), page(2)])
    archive.close()
    path = tmp_path / refs[0].file
    assert is_valid_warc(path)
    with path.open("rb") as stream:
        records = ArchiveIterator(stream, check_digests=True)
        kinds = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), records.get_record_offset()) for r in records
        ]
    assert kinds == [
        ("warcinfo", None, 0),
        ("response", "https://example.kz/news/1", refs[0].offset),
        ("metadata", "https://example.kz/news/1", kinds[2][2]),
        ("response", "https://example.kz/news/2", refs[1].offset),
    ]
    assert path.read_bytes()[refs[0].offset : refs[0].end][:2] == b"\x1f\x8b"


def test_metadata_names_its_response_and_the_response_names_its_metadata(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    [ref] = archive.append([page(1, candidate=candidate(1))])
    archive.close()
    with (tmp_path / ref.file).open("rb") as stream:
        _, response, metadata = [record.rec_headers for record in ArchiveIterator(stream)]
    assert metadata["WARC-Refers-To"] == response["WARC-Record-ID"]
    assert response["WARC-Concurrent-To"] == metadata["WARC-Record-ID"]
    assert response["WARC-Payload-Digest"] == ref.body_hash
    assert response["WARC-Date"] == metadata["WARC-Date"] == "2024-05-02T09:05:01.000120Z"


def test_a_segment_is_open_and_locked_until_it_is_closed(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    [ref] = archive.append([page(1)])
    assert segments(tmp_path) == [ref.file + ".open"]
    assert recover(tmp_path, {}) == []
    assert segments(tmp_path) == [ref.file + ".open"]
    archive.close()
    assert segments(tmp_path) == [ref.file]
    archive.close()
    with pytest.raises(ArchiveError, match="closed already"):
        archive.append([page(2)])


def test_what_the_database_does_not_know_yet_is_left_for_the_next_start(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    refs = archive.append([page(1), page(2)])
    archive.close(indexed=False)
    assert segments(tmp_path) == [refs[0].file + ".open"]
    assert recover(tmp_path, {refs[0].file: refs[0].end}) == refs[1:]


def test_a_run_without_pages_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "archive"
    archive = writer(folder)
    assert archive.append([]) == []
    archive.close()
    assert segments(folder) == []


def test_a_segment_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SEGMENT_MAX_BYTES", 2000)
    full = writer(tmp_path)
    refs = [ref for n in range(6) for ref in full.append([page(n, body=os.urandom(900))])]
    assert {ref.file + ".open" for ref in refs} == set(segments(tmp_path))
    full.close()
    assert segments(tmp_path) == sorted({ref.file for ref in refs})
    assert len(segments(tmp_path)) == 3
    assert [read_capture(tmp_path, ref.file, ref.offset).url for ref in refs] == [ref.url for ref in refs]
    assert all(is_valid_warc(tmp_path / name) for name in segments(tmp_path))


def test_two_writers_and_many_threads_never_mix(tmp_path: Path) -> None:
    archives = [writer(tmp_path), writer(tmp_path)]

    def append(archive: archive.ArchiveWriter, first: int) -> None:
        for number in range(first, first + 10):
            archive.append([page(number, candidate=candidate(number)), page(number + 1000)])

    threads = [threading.Thread(target=append, args=(one, first)) for one in archives for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in archives:
        one.close()
    assert len(segments(tmp_path)) == 2
    for name in segments(tmp_path):
        assert is_valid_warc(tmp_path / name)
        assert sorted(p.url for p in pages_in(tmp_path / name)) == sorted(
            page(n + extra).url for first in (0, 100, 200) for n in range(first, first + 10) for extra in (0, 1000)
        )


@pytest.mark.parametrize("failing", ["pwrite", "fsync"])
def test_a_full_disk_costs_the_group_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    archive = writer(tmp_path)
    kept = archive.append([page(1)])
    path = tmp_path / f"{kept[0].file}.open"
    size, real_pwrite = path.stat().st_size, os.pwrite

    def half_then_full(descriptor: int, content: bytes, offset: int) -> int:
        if len(content) < 50:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real_pwrite(descriptor, content[: len(content) // 2], offset)

    def no_sync(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, failing, half_then_full if failing == "pwrite" else no_sync)
        with pytest.raises(ArchiveError) as raised:
            archive.append([page(2), page(3)])
    assert "\n" not in str(raised.value)
    assert str(path) in str(raised.value)
    assert "no space left on device" in str(raised.value)
    assert path.stat().st_size == size
    kept += archive.append([page(4)])
    archive.close()
    assert is_valid_warc(tmp_path / kept[0].file)
    assert [p.url for p in pages_in(tmp_path / kept[0].file)] == [page(1).url, page(4).url]


def test_a_limit_of_the_system_is_met_as_a_full_disk_is(tmp_path: Path) -> None:
    script = f"""
import resource, pathlib
from tests.store.archive_samples import page, writer
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
archive = writer(pathlib.Path({str(tmp_path)!r}))
try:
    for number in range(100):
        archive.append([page(number, body=__import__("os").urandom(3000))])
except Exception as error:
    print(number, type(error).__name__, error)
archive.close()
"""
    root = Path(__file__).parents[2]
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root).stdout
    stored = int(told.split()[0])
    assert told.split()[1] == "ArchiveError"
    assert 3 < stored < 8
    [name] = segments(tmp_path)
    assert is_valid_warc(tmp_path / name)
    assert [p.url for p in pages_in(tmp_path / name)] == [page(n).url for n in range(stored)]


def test_a_folder_that_cannot_be_written_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file, not a folder")
    with pytest.raises(ArchiveError, match="archive: cannot write the archive") as raised:
        writer(tmp_path / "archive")
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_removed_during_the_run_is_noticed_at_the_next_page(tmp_path: Path) -> None:
    archive = writer(tmp_path / "archive")
    archive.append([page(1)])
    shutil.rmtree(tmp_path / "archive")
    with pytest.raises(ArchiveError, match="somebody removed the file while it was written"):
        archive.append([page(2)])


def test_a_missing_file_and_a_wrong_offset_are_plain_lines(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    [ref] = archive.append([page(1)])
    archive.close()
    for offset in (ref.offset + 7, ref.end, ref.end + 1000):
        with pytest.raises(ArchiveError, match=rf"{ref.file}: no whole record at byte {offset}"):
            read_capture(tmp_path, ref.file, offset)
    (tmp_path / ref.file).unlink()
    with pytest.raises(ArchiveError, match=r"the archive file is missing; restore it"):
        read_capture(tmp_path, ref.file, ref.offset)
