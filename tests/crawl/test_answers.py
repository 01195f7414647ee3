"""A response as a page, and what makes a later request conditional."""

from datetime import UTC, datetime

from scrapy.http import Headers, Response

from newscrawl.crawl.answers import conditional_headers, page_of, validators_of

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_page_keeps_what_was_asked_for_and_where_it_led() -> None:
    response = Response("https://vesti.example/b/", body=b"text", headers={"Content-Type": "text/html"})
    page = page_of(response, "https://vesti.example/a/", None, AT)
    assert (page.url, page.final_url, page.body, page.fetched_at) == (
        "https://vesti.example/a/",
        "https://vesti.example/b/",
        b"text",
        AT,
    )
    assert page.header("content-type") == "text/html"


def test_header_bytes_that_are_no_utf8_lose_nothing() -> None:
    headers = Headers({"X-City": "Алматы".encode(), "X-Old": b"caf\xe9"})
    page = page_of(Response("https://vesti.example/", headers=headers), "https://vesti.example/", None, AT)
    assert page.header("X-City") == "Алматы"
    assert page.header("X-Old") == "café"


def test_an_answer_is_known_again_by_its_bytes() -> None:
    hashes = [validators_of(Response("https://vesti.example/", body=body))["body_hash"] for body in (b"a", b"a", b"b")]
    assert hashes[0] == hashes[1] != hashes[2]


def test_only_validators_that_are_there_are_sent() -> None:
    assert conditional_headers('"x"', None) == {"If-None-Match": '"x"'}
    assert conditional_headers(None, None) == {}
