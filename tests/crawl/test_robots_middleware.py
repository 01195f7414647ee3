"""Requests that wait for a host's robots.txt: one fetches it, all obey it."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest, StopDownload

from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.robots import MAX_UNFOLDED_BYTES, RobotsMiddleware
from newscrawl.crawl.robots_file import MAX_FILE_BYTES
from newscrawl.page import Fate
from tests.crawl.robots_stand_ins import (
    FORBIDS,
    SITE,
    Download,
    Engine,
    answers,
    asked,
    crawler_of,
    fails,
    paths,
)


def test_ten_requests_that_wait_ask_once_and_all_obey() -> None:
    said, engine = asked(answers(FORBIDS), *paths(*(f"private/{n}" for n in range(9)), "news/1"))
    assert said == ["robots: robots.txt forbids this address"] * 9 + ["passed"]
    assert engine.asked == ["https://vesti.example/robots.txt"]


def test_each_host_has_a_file_of_its_own() -> None:
    said, engine = asked(
        answers(b""), "https://vesti.example/1", "https://en.vesti.example/1", "http://vesti.example:8080/1"
    )
    assert said == ["passed"] * 3
    assert sorted(engine.asked) == [
        "http://vesti.example:8080/robots.txt",
        "https://en.vesti.example/robots.txt",
        "https://vesti.example/robots.txt",
    ]


@pytest.mark.parametrize(
    ("download", "words"),
    [
        (answers(b"", 500), "robots.txt answered 500"),
        (answers(b"", 503), "robots.txt answered 503"),
        (answers(b"", 429), "robots.txt answered 429"),
        (fails(DownloadTimeoutError("took too long")), "robots.txt could not be fetched (DownloadTimeoutError"),
        (fails(RuntimeError("nobody knows")), "robots.txt could not be fetched (RuntimeError"),
    ],
)
def test_without_rules_nothing_of_the_host_is_fetched(download: Download, words: str) -> None:
    said, _ = asked(download, *paths("1", "2"))
    assert all(one.startswith(f"{Fate.ROBOTS}: ") and words in one for one in said)


@pytest.mark.parametrize(
    "download",
    [
        answers(FORBIDS, 404),
        answers(b""),
        fails(RefusedRequest(Fate.OFFSITE, "redirected")),
        fails(IgnoreRequest("larger than DOWNLOAD_MAXSIZE")),
    ],
    ids=["not there", "empty", "redirected off the site", "without an end"],
)
def test_a_host_without_rules_of_its_own_has_no_restrictions(download: Download) -> None:
    assert asked(download, *paths("private/1"))[0] == ["passed"]


@pytest.mark.parametrize(("stated", "kept_s"), [("3", 3.0), ("0.5", 1.0), ("3600", 60.0), ("soon", 1.0)])
def test_a_crawl_delay_slows_the_host_down_and_never_speeds_it_up(stated: str, kept_s: float) -> None:
    _, engine = asked(answers(f"User-agent: *\nCrawl-delay: {stated}\n".encode()), *paths("1"))
    assert engine.delay_of("vesti.example") == kept_s


def test_a_delay_that_is_cut_is_told_once_a_host(caplog: pytest.LogCaptureFixture) -> None:
    asked(answers(b"User-agent: *\nCrawl-delay: 3600\n"), *paths("1", "2", "3"))
    assert [r.getMessage() for r in caplog.records if "Crawl-delay" in r.getMessage()] == [
        "vesti.example asks for a Crawl-delay of 3600 s; 60 s are kept"
    ]


def test_the_file_itself_and_other_spiders_are_let_through() -> None:
    crawler = crawler_of(None, spider=object())
    middleware = RobotsMiddleware.from_crawler(crawler)
    asyncio.run(middleware.process_request(Request("https://other.example/")))
    crawler.spider = SimpleNamespace(site=SITE)
    asyncio.run(middleware.process_request(Request("https://vesti.example/robots.txt", meta={"robots_file": True})))


def test_the_text_is_there_for_who_looks_for_sitemaps() -> None:
    engine = Engine(answers(b"Sitemap: https://vesti.example/map.xml\n"))
    crawler = crawler_of(engine)

    async def run() -> tuple[str | None, str | None]:
        middleware = RobotsMiddleware.from_crawler(crawler)
        before = middleware.text_of("https://vesti.example/")
        await middleware.process_request(Request("https://vesti.example/"))
        return before, middleware.text_of("https://vesti.example/")

    assert asyncio.run(run()) == (None, "Sitemap: https://vesti.example/map.xml\n")


# --- how much is read ---------------------------------------------------------------------------------------------------


def test_of_a_long_file_the_download_ends_where_enough_is_there() -> None:
    middleware = RobotsMiddleware.from_crawler(crawler_of(None))
    request = Request("https://vesti.example/robots.txt", meta={"robots_file": True})
    asyncio.run(middleware.process_request(request))
    assert request.meta["download_maxsize"] == 0
    middleware.bytes_came(b"x" * (MAX_FILE_BYTES - 1), request)
    assert request.meta["download_maxsize"] == MAX_UNFOLDED_BYTES
    with pytest.raises(StopDownload) as stopped:
        middleware.bytes_came(b"x", request)
    assert stopped.value.fail is False


def test_a_page_is_read_to_its_end() -> None:
    middleware = RobotsMiddleware.from_crawler(crawler_of(None))
    request = Request("https://vesti.example/1")
    middleware.bytes_came(b"x" * (MAX_FILE_BYTES * 2), request)
    assert request.meta == {}
