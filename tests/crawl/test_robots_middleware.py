"""Requests that wait for a host's robots.txt: one fetches it, all obey it."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl.crawl.politeness import RefusedRequest
from newscrawl.crawl.robots import RobotsMiddleware
from newscrawl.page import Fate
from newscrawl.site import Site

SITE = Site(name="vesti_example", home="https://vesti.example/", hosts=("en.vesti.example",))
FORBIDS = b"User-agent: *\nDisallow: /private/\n"
Download = Callable[[Request], Awaitable[Response]]


class Engine:
    """What the middleware needs of Scrapy's engine: a downloader that counts, and one slot a host."""

    def __init__(self, download: Download) -> None:
        self.asked: list[str] = []
        self._download = download
        self._slots: dict[str, Any] = {}
        self.downloader = SimpleNamespace(_get_slot=self._slot)

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request.url)
        await asyncio.sleep(0)
        return await self._download(request)

    def _slot(self, request: Request) -> tuple[str, Any]:
        host = request.url.split("/")[2]
        return host, self._slots.setdefault(host, SimpleNamespace(delay=1.0))

    def delay_of(self, host: str) -> float:
        return float(self._slots[host].delay) if host in self._slots else 1.0


def answers(body: bytes, status: int = 200) -> Download:
    async def download(request: Request) -> Response:
        return Response(request.url, status=status, body=body)

    return download


def fails(error: Exception) -> Download:
    async def download(request: Request) -> Response:
        raise error

    return download


def asked(download: Download, *urls: str) -> tuple[list[str], Engine]:
    """ "passed" or the fate and reason of each of these requests, that all come at once; and the engine."""
    engine = Engine(download)
    crawler: Any = SimpleNamespace(
        engine=engine, spider=SimpleNamespace(site=SITE), settings=Settings({"NEWSCRAWL_CRAWL_DELAY_MAX_S": 60})
    )

    async def run() -> list[str]:
        middleware = RobotsMiddleware.from_crawler(crawler)
        waiting = [middleware.process_request(Request(url)) for url in urls]
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        return [
            f"{o.fate}: {o.detail}" if isinstance(o, RefusedRequest) else "passed" if o is None else repr(o)
            for o in outcomes
        ]

    return asyncio.run(run()), engine


def paths(*tails: str) -> list[str]:
    return [f"https://vesti.example/{tail}" for tail in tails]


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
    crawler: Any = SimpleNamespace(engine=None, spider=object(), settings=Settings({"NEWSCRAWL_CRAWL_DELAY_MAX_S": 60}))
    middleware = RobotsMiddleware.from_crawler(crawler)
    asyncio.run(middleware.process_request(Request("https://other.example/")))
    crawler.spider = SimpleNamespace(site=SITE)
    asyncio.run(middleware.process_request(Request("https://vesti.example/robots.txt", meta={"robots_file": True})))


def test_the_text_is_there_for_who_looks_for_sitemaps() -> None:
    engine = Engine(answers(b"Sitemap: https://vesti.example/map.xml\n"))
    crawler: Any = SimpleNamespace(
        engine=engine, spider=SimpleNamespace(site=SITE), settings=Settings({"NEWSCRAWL_CRAWL_DELAY_MAX_S": 60})
    )

    async def run() -> tuple[str | None, str | None]:
        middleware = RobotsMiddleware.from_crawler(crawler)
        before = middleware.text_of("https://vesti.example/")
        await middleware.process_request(Request("https://vesti.example/"))
        return before, middleware.text_of("https://vesti.example/")

    assert asyncio.run(run()) == (None, "Sitemap: https://vesti.example/map.xml\n")
