"""A page survives its way through WARC records, however hostile its headers are."""

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.page import Page
from newscrawl.store.archive import iter_captures, read_capture
from newscrawl.store.warc_records import capture_records

from .archive_samples import candidate, is_valid_warc, page, pages_in, writer


def through_the_archive(folder: Path, one: Page) -> Page:
    archive = writer(folder)
    [ref] = archive.append([one])
    archive.close()
    assert is_valid_warc(folder / ref.file)
    return read_capture(folder, ref.file, ref.offset)


EXACT = {
    "no headers": page(headers=()),
    "empty body": page(body=b""),
    "empty body and candidate": page(body=b"", candidate=candidate()),
    "binary body that looks like records": page(body=b"\r\n\r\nWARC/1.1\r\n\x1f\x8b\x08\x00" * 20),
    "gone": page(status=410),
    "a status that HTTP does not know": page(status=799),
    "encodings": page(headers=(("content-encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("X", "1"))),
    "a length that was true before decoding": page(headers=(("Content-Length", "17"), ("Vary", "Accept"))),
    "a length that is true": page(body=b"four", headers=(("Content-Length", "4"),)),
    "two headers of one name": page(headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
    "Cyrillic and Latin-1 values": page(headers=(("Content-Disposition", "filename=Жаңа.html; é Ð\x9f"),)),
    "an empty value": page(headers=(("X-Empty", ""), ("Y", "2"))),
    "200 kB of header": page(headers=(("X-Long", "ы" * 100_000),)),
    "1,000 headers": page(headers=tuple((f"X-{n}", str(n)) for n in range(1000))),
    "moved": page(url="https://example.kz/?p=1", final_url="https://example.kz/news/1"),
    "addresses that are no URI": page(url="https://example.kz/жаңа a", final_url="https://example.kz/<«a» b>\n|"),
    "candidate": page(candidate=candidate()),
    "bare candidate": page(candidate=candidate(title=None, language=None, evidence=(), alternates=())),
    "candidate with a lone surrogate and control characters": page(candidate=candidate(title="\ud83d \x00 \u202e <b>")),
    "candidate of another address": page(candidate=candidate(77)),
    "redirect without candidate to itself": page(final_url="https://example.kz/news/1#top"),
}


@pytest.mark.parametrize("one", EXACT.values(), ids=EXACT.keys())
def test_page_comes_back_exactly(tmp_path: Path, one: Page) -> None:
    assert through_the_archive(tmp_path, one) == one


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("X", "one\r\nSet-Cookie: forged=1", ("X", "one Set-Cookie: forged=1")),
        ("X", "one\n\n<html>", ("X", "one <html>")),
        ("X", "nul\x00and space \t", ("X", "nul and space")),
        ("X", "lone \udce9", ("X", "lone ?")),
        ("Имя", "1", ("___", "1")),
        ("A: b\r\nC", "1", ("A__b__C", "1")),
        ("", "1", ("_", "1")),
    ],
)
def test_a_header_cannot_forge_another(tmp_path: Path, name: str, value: str, kept: tuple[str, str]) -> None:
    read = through_the_archive(tmp_path, page(headers=(("A", "a"), (name, value), ("Z", "z"))))
    assert read.headers == (("A", "a"), kept, ("Z", "z"))
    assert read.body == page().body


def test_other_readers_see_the_decoded_body_and_its_true_length(tmp_path: Path) -> None:
    archive = writer(tmp_path)
    one = page(headers=(("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "17")))
    [ref] = archive.append([one])
    archive.close()
    with (tmp_path / ref.file).open("rb") as stream:
        response = next(record for record in ArchiveIterator(stream) if record.rec_type == "response")
        assert response.content_stream().read() == one.body
    assert response.http_headers.headers == [
        ("X-Crawler-Content-Encoding", "gzip"),
        ("X-Crawler-Transfer-Encoding", "chunked"),
        ("X-Crawler-Content-Length", "17"),
        ("Content-Length", str(len(one.body))),
    ]
    assert response.http_headers.statusline == "200 OK"


def test_instants_of_any_zone_are_kept_in_utc(tmp_path: Path) -> None:
    almaty = datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=6)))
    read = through_the_archive(tmp_path, page(fetched_at=almaty))
    assert read.fetched_at == almaty
    assert read.fetched_at.tzinfo is UTC


def test_a_page_that_needs_no_metadata_has_none() -> None:
    records, digest = capture_records(page())
    assert gzip.decompress(records).count(b"WARC/1.1\r\n") == 1
    assert digest.startswith("sha256:")
    assert len(digest) == len("sha256:") + 64


def test_files_of_other_crawlers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    with path.open("wb") as stream:
        foreign = WARCWriter(stream, gzip=True)
        stream_of = lambda content: {"payload": BytesIO(content), "length": len(content)}  # noqa: E731
        foreign.write_record(foreign.create_warcinfo_record("other.warc.gz", {"software": "other"}))
        asked = foreign.create_warc_record(
            "https://example.kz/", "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
        )
        answer = foreign.create_warc_record(
            "https://example.kz/",
            "response",
            **stream_of(gzip.compress(b"<p>packed</p>")),
            http_headers=StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2024-05-02T09:05:00Z"},
        )
        foreign.write_request_response_pair(asked, answer)
        foreign.write_record(
            foreign.create_warc_record("https://example.kz/", "metadata", **stream_of(json.dumps({}).encode()))
        )
    [read] = pages_in(path)
    assert (read.url, read.status, read.body) == ("https://example.kz/", 200, b"<p>packed</p>")
    assert [ref.file for ref, _ in iter_captures(path)] == ["other.warc.gz"]
