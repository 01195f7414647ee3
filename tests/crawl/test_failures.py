"""What an answer or a failure of the network means for an address."""

import zlib
from gzip import BadGzipFile

import pytest
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Request, Response
from twisted.internet.error import ConnectionLost, NoRouteError

from newscrawl.crawl.failures import answer_fate, failure_fate, unreadable_fate
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.resolver import PublicAddressResolver
from newscrawl.page import OPEN_FATES, Fate
from newscrawl.store.schedule import RETRIED_FATES

URL = "https://vesti.example/1"

STATUSES = [
    (200, None), (203, None), (304, Fate.NOT_MODIFIED), (404, Fate.GONE), (410, Fate.GONE), (401, Fate.BLOCKED),
    (402, Fate.BLOCKED), (403, Fate.BLOCKED), (407, Fate.BLOCKED), (451, Fate.BLOCKED), (429, Fate.THROTTLED),
    (500, Fate.SERVER_ERROR), (502, Fate.SERVER_ERROR), (503, Fate.SERVER_ERROR), (599, Fate.SERVER_ERROR),
    (300, Fate.BAD_RESPONSE), (302, Fate.BAD_RESPONSE), (400, Fate.BAD_RESPONSE), (418, Fate.BAD_RESPONSE),
    (999, Fate.SERVER_ERROR),
]  # fmt: skip


@pytest.mark.parametrize(("status", "fate"), STATUSES)
def test_every_status_has_a_fate_and_a_reason_that_names_it(status: int, fate: Fate | None) -> None:
    said = answer_fate(Response(URL, status=status, body=b"<p>x</p>"))
    if fate is None:
        assert said is None
        return
    assert said is not None
    assert said[0] == fate
    assert str(status) in said[1]


@pytest.mark.parametrize("status", [200, 204])
def test_an_answer_without_a_body_is_empty(status: int) -> None:
    said = answer_fate(Response(URL, status=status))
    assert said is not None
    assert said[0] == Fate.EMPTY


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_the_server_asks_for_is_told(status: int) -> None:
    said = answer_fate(Response(URL, status=status, headers={"Retry-After": "3600"}))
    assert said is not None
    assert "Retry-After: 3600" in said[1]


def test_where_a_redirect_leads_that_is_not_followed_is_told() -> None:
    said = answer_fate(Response(URL, status=302, headers={"Location": "file:///etc/passwd"}))
    assert said == (Fate.BAD_RESPONSE, "the server answered 302 and sends to 'file:///etc/passwd'")


FAILURES = [
    (DownloadTimeoutError("took longer than 45 s"), Fate.TIMEOUT),
    (DownloadConnectionRefusedError("refused"), Fate.CONNECT_ERROR),
    (DownloadCancelledError("larger than download max size"), Fate.TOO_LARGE),
    (ResponseDataLossError(), Fate.BAD_RESPONSE),
    (DownloadFailedError("reset"), Fate.CONNECT_ERROR),
    (UnsupportedURLSchemeError("ftp"), Fate.UNSAFE),
    (CannotResolveHostError("no such name"), Fate.DNS_ERROR),
    (RefusedRequest(Fate.ROBOTS, "robots.txt forbids this address"), Fate.ROBOTS),
    (RefusedRequest(Fate.OFFSITE, "another host"), Fate.OFFSITE),
    (IgnoreRequest("Response body size ... larger than DOWNLOAD_MAXSIZE"), Fate.TOO_LARGE),
    (IgnoreRequest("max redirections reached"), Fate.BAD_RESPONSE),
    (IgnoreRequest("something else"), Fate.BAD_RESPONSE),
    (zlib.error("incorrect header check"), Fate.BAD_RESPONSE),
    (EOFError("ended before the end-of-stream marker"), Fate.BAD_RESPONSE),
    (BadGzipFile("Not a gzipped file"), Fate.BAD_RESPONSE),
    (TunnelError("Could not open CONNECT tunnel with proxy"), Fate.CONNECT_ERROR),
    (NoRouteError(), Fate.CONNECT_ERROR),
    (ConnectionLost(), Fate.CONNECT_ERROR),
    (OSError(24, "Too many open files"), Fate.CONNECT_ERROR),
    (ValueError("nobody has seen this one"), Fate.BAD_RESPONSE),
    (RuntimeError(), Fate.BAD_RESPONSE),
]


@pytest.mark.parametrize(("error", "fate"), FAILURES, ids=[f"{type(e).__name__} {f}" for e, f in FAILURES])
def test_every_failure_has_a_fate_and_a_reason_in_one_line(error: Exception, fate: Fate) -> None:
    said, why = failure_fate(error, URL)
    assert said == fate
    assert said not in OPEN_FATES
    assert why
    assert "\n" not in why


def test_what_scrapy_says_in_many_lines_is_told_in_one_short_one() -> None:
    _, why = failure_fate(DownloadFailedError("reset\nby\n" + "peer " * 1000), URL)
    assert "\n" not in why
    assert len(why) < 300


def test_a_name_that_was_refused_for_its_address_is_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicAddressResolver, "refused_names", {"vesti.example": "10.0.0.7"})
    fate, why = failure_fate(CannotResolveHostError("vesti.example"), URL)
    assert fate == Fate.UNSAFE
    assert "10.0.0.7" in why
    assert failure_fate(CannotResolveHostError("x"), "https://other.example/")[0] == Fate.DNS_ERROR


TYPES = [
    ("text/html; charset=utf-8", None),
    ("TEXT/HTML", None),
    ("text/plain", None),
    ("application/xhtml+xml", None),
    ("application/rss+xml", None),
    ("", None),
    (None, None),
    ("application/pdf", Fate.FILTERED),
    ("Image/JPEG; q=1", Fate.FILTERED),
    ("application/x-rar-compressed", Fate.FILTERED),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Fate.FILTERED),
    ("video/mp4", Fate.FILTERED),
    ("application/octet-stream", Fate.BAD_RESPONSE),
    ("application/json", Fate.BAD_RESPONSE),
]


@pytest.mark.parametrize(("stated", "fate"), TYPES)
def test_a_file_is_no_page_and_an_odd_type_may_be_a_mistake(stated: str | None, fate: Fate | None) -> None:
    said = unreadable_fate(Response(URL, headers={"Content-Type": stated} if stated is not None else {}))
    assert (said[0] if said else None) == fate
    assert said is None or (stated or "").partition(";")[0].lower() in said[1]


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x1f\x8b\x08..."]
)
@pytest.mark.parametrize("stated", ["text/html", "application/octet-stream", ""])
def test_a_file_is_told_by_its_first_bytes_whatever_the_server_calls_it(body: bytes, stated: str) -> None:
    said = unreadable_fate(Response(URL, headers={"Content-Type": stated}, body=body))
    assert said is not None
    assert said[0] is Fate.FILTERED


def test_a_file_is_not_asked_for_again() -> None:
    assert Fate.FILTERED not in RETRIED_FATES


def test_an_unchanged_page_is_believed_only_of_a_request_that_asked() -> None:
    asked = Request("https://vesti.example/1", headers={"If-None-Match": '"x"'})
    assert answer_fate(Response(asked.url, status=304, request=asked)) == (
        Fate.NOT_MODIFIED,
        "304: unchanged since the last visit",
    )
    plain = Request("https://vesti.example/1")
    unasked = answer_fate(Response(plain.url, status=304, request=plain))
    assert unasked is not None
    assert unasked[0] is Fate.BAD_RESPONSE


def test_a_part_of_a_page_is_no_page() -> None:
    part = answer_fate(Response("https://vesti.example/1", status=206, body=b"<p>x</p>"))
    assert part is not None
    assert part[0] is Fate.BAD_RESPONSE
