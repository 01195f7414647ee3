"""What the middleware of robots.txt needs of a crawl, without a network behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl.crawl.health import Visit
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.robots import RobotsMiddleware
from newscrawl.site import Site
from newscrawl.store.hosts import KnownHost, RobotsCopy

SITE = Site(name="vesti_example", home="https://vesti.example/", hosts=("en.vesti.example",))
FORBIDS = b"User-agent: *\nDisallow: /private/\n"
NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
Download = Callable[[Request], Awaitable[Response]]


class Memory:
    """What the middleware needs of `HostMemory`, and of the recorder: its visit."""

    def __init__(self, *known: KnownHost) -> None:
        self.hosts = {host.host: host for host in known}
        self.kept: dict[str, RobotsCopy] = {}
        self.put_off: dict[str, datetime] = {}
        self.visit = Visit(site="vesti_example")

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
