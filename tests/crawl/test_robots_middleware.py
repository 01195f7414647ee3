"""Requests that wait for a host's robots.txt: one fetches it, all obey it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.robots import MAX_UNFOLDED_BYTES, RobotsMiddleware
from newscrawl.crawl.robots_file import MAX_FILE_BYTES
from newscrawl.page import Fate
from newscrawl.site import Site
from newscrawl.store.hosts import KnownHost, RobotsCopy

SITE = Site(name="vesti_example", home="https://vesti.example/", hosts=("en.vesti.example",))
FORBIDS = b"User-agent: *\nDisallow: /private/\n"
NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
Download = Callable[[Request], Awaitable[Response]]


class Memory:
    """What the middleware needs of `HostMemory`."""

    def __init__(self, *known: KnownHost) -> None:
        self.hosts = {host.host: host for host in known}
        self.kept: dict[str, RobotsCopy] = {}
        self.put_off: dict[str, datetime] = {}

    async def known(self, host: str) -> KnownHost:
        return self.hosts.get(host) or KnownHost(host=host)

    async def keep_robots(self, host: str, copy: RobotsCopy) -> None:
        self.kept[host] = copy

    async def postpone(self, host: str, until: datetime) -> None:
        self.put_off[host] = until


def crawler_of(engine: Any, memory: Memory | None = None, now: datetime = NOON, spider: Any = None) -> Any:
    """A crawl of SITE, without a network behind it."""
    settings = Settings({"NEWSCRAWL_CRAWL_DELAY_MAX_S": 60, "NEWSCRAWL_NOW": now.isoformat()})
    return SimpleNamespace(
        engine=engine,
        spider=spider or SimpleNamespace(site=SITE),
        settings=settings,
        signals=SimpleNamespace(connect=lambda *_: None),
        get_extension=lambda _: memory or Memory(),
    )


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


def asked(
    download: Download, *urls: str, memory: Memory | None = None, now: datetime = NOON
) -> tuple[list[str], Engine]:
    """ "passed" or the fate and reason of each of these requests, that all come at once; and the engine."""
    engine = Engine(download)
    crawler = crawler_of(engine, memory, now)

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


# --- remembered from run to run ----------------------------------------------------------------------------------------


def copied(text: str, ago: timedelta, status: int | None = 200) -> Memory:
    copy = RobotsCopy(status=status, text=text, fetched_at=NOON - ago)
    return Memory(KnownHost(host="vesti.example", robots=copy))


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(hours=23, minutes=59)])
def test_within_a_day_the_copy_counts_and_nothing_is_asked(ago: timedelta) -> None:
    memory = copied(FORBIDS.decode() + "Crawl-delay: 3\n", ago)
    said, engine = asked(answers(b"", 500), *paths("private/1", "news/1"), memory=memory)
    assert said == ["robots: robots.txt forbids this address", "passed"]
    assert engine.asked == []
    assert engine.delay_of("vesti.example") == 3.0


@pytest.mark.parametrize("status", [404, 403, None])
def test_a_host_that_had_none_is_not_asked_again_within_a_day(status: int | None) -> None:
    said, engine = asked(answers(FORBIDS), *paths("private/1"), memory=copied("", timedelta(hours=3), status))
    assert (said, engine.asked) == (["passed"], [])


@pytest.mark.parametrize("ago", [timedelta(days=1, seconds=1), timedelta(days=30), timedelta(hours=-1)])
def test_an_older_copy_or_one_from_the_future_is_asked_for_anew(ago: timedelta) -> None:
    memory = copied("", ago)
    said, engine = asked(answers(FORBIDS), *paths("private/1"), memory=memory)
    assert said == ["robots: robots.txt forbids this address"]
    assert len(engine.asked) == 1
    kept = memory.kept["vesti.example"]
    assert (kept.status, kept.text) == (200, FORBIDS.decode())
    assert kept.fetched_at - NOON < timedelta(seconds=5)


def test_an_older_copy_does_not_stand_in_for_a_file_that_cannot_be_had() -> None:
    memory = copied("", timedelta(days=2))
    said, _ = asked(answers(b"", 503), *paths("1"), memory=memory)
    assert said[0].startswith("robots: robots.txt answered 503")
    assert memory.kept == {}


@pytest.mark.parametrize(
    ("download", "status", "text"),
    [
        (answers(FORBIDS), 200, FORBIDS.decode()),
        (answers(FORBIDS, 404), 404, ""),
        (answers(b"<html>"), 200, ""),
        (fails(RefusedRequest(Fate.OFFSITE, "led away")), None, ""),
    ],
)
def test_every_answer_that_counts_is_kept(download: Download, status: int | None, text: str) -> None:
    memory = Memory()
    asked(download, *paths("1"), memory=memory)
    assert (memory.kept["vesti.example"].status, memory.kept["vesti.example"].text) == (status, text)
    assert memory.put_off == {}


def test_a_file_that_cannot_be_had_is_told_once_and_its_hosts_addresses_wait_for_the_next_run(
    caplog: pytest.LogCaptureFixture,
) -> None:
    memory = Memory()
    said, engine = asked(answers(b"", 503), *paths("1", "2", "3"), memory=memory)
    assert len(engine.asked) == 1
    assert memory.kept == {}
    assert timedelta(minutes=10) < memory.put_off["vesti.example"] - NOON < timedelta(hours=1)
    assert len([r for r in caplog.records if r.levelno == logging.WARNING]) == 1
    assert len(said) == 3


def test_what_is_kept_out_for_now_says_when_it_may_be_asked_for() -> None:
    async def run(download: Download) -> datetime | None:
        middleware = RobotsMiddleware.from_crawler(crawler_of(Engine(download)))
        with pytest.raises(RefusedRequest) as raised:
            await middleware.process_request(Request("https://vesti.example/private/1"))
        return raised.value.due_at

    due_at = asyncio.run(run(answers(b"", 503)))
    assert due_at is not None
    assert NOON < due_at < NOON + timedelta(hours=1)
    assert asyncio.run(run(answers(FORBIDS))) is None


def test_a_paused_host_is_no_host_without_rules() -> None:
    paused = RefusedRequest(Fate.THROTTLED, "vesti.example answered 429", due_at=NOON)
    memory = Memory()
    said, engine = asked(fails(paused), *paths("1", "2"), memory=memory)
    assert said == ["throttled: vesti.example answered 429"] * 2
    assert (memory.kept, memory.put_off) == ({}, {})
    assert len(engine.asked) == 1


def test_one_file_counts_for_http_and_https() -> None:
    _, engine = asked(answers(b""), "https://vesti.example/1", "http://vesti.example/1", "https://vesti.example:443/1")
    assert engine.asked == ["https://vesti.example/robots.txt"]


def test_a_text_that_could_not_be_had_is_none() -> None:
    async def run() -> str | None:
        middleware = RobotsMiddleware.from_crawler(crawler_of(Engine(answers(b"Sitemap: x\n", 503))))
        with pytest.raises(RefusedRequest):
            await middleware.process_request(Request("https://vesti.example/"))
        return middleware.text_of("https://vesti.example/")

    assert asyncio.run(run()) is None


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
