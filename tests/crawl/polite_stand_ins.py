"""What the middleware of politeness needs of a crawl, without a network behind it."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet.defer import Deferred

from newscrawl.crawl.health import Visit
from newscrawl.crawl.politeness import Politeness
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.site import Site
from newscrawl.store.hosts import KnownHost

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SITE = Site(name="vesti_example", home="https://vesti.example/", hosts=("vesti.example:8443", "en.vesti.example"))


class Memory:
    """What the middleware needs of `HostMemory`."""

    def __init__(self, *known: KnownHost) -> None:
        self.hosts = {host.host: host for host in known}
        self.recorder = SimpleNamespace(visit=Visit(site=SITE.name))
        self.unwritten: list[str] = []
        self.written: list[str] = []

    async def known(self, host: str) -> KnownHost:
        return self.hosts.get(host) or KnownHost(host=host)

    def pause(self, host: str, until: datetime, why: str) -> None:
        self.hosts[host] = KnownHost(host=host, paused_until=until, paused_why=why)
        self.unwritten.append(host)

    async def write_down(self, put_off_after: datetime) -> None:
        self.written += self.unwritten
        self.unwritten = []


class Crawl:
    """A crawl of SITE whose middleware has no network behind it: one queue a name, as in Scrapy."""

    def __init__(self, *known: KnownHost, now: datetime = NOON, delay_s: float = 1.0, **settings: Any) -> None:
        self.memory = Memory(*known)
        self.slots: dict[str, Slot] = {}
        self.delay_s = delay_s
        stated = {"NEWSCRAWL_RETRY_AFTER_MAX_S": 120.0, "NEWSCRAWL_NOW": now.isoformat(), **settings}
        downloader = SimpleNamespace(_get_slot=self.slot_of)
        crawler: Any = SimpleNamespace(
            spider=SimpleNamespace(site=SITE),
            settings=Settings(stated),
            engine=SimpleNamespace(downloader=downloader),
            get_extension=lambda _: self.memory,
            signals=SimpleNamespace(connect=lambda *_: None),
        )
        self.crawler = crawler
        self.politeness = Politeness.from_crawler(crawler)

    def slot_of(self, request: Request) -> tuple[str, Slot]:
        name = request.url.split("/")[2].partition(":")[0]
        return name, self.slots.setdefault(name, Slot(concurrency=1, delay=self.delay_s, jitter=0.0))

    def answer(self, status: int, retry_after: str | None = None, url: str = "https://vesti.example/1") -> Request:
        request = Request(url)
        headers = {"Retry-After": retry_after} if retry_after else {}
        self.politeness.answer_came(request, Response(url, status=status, headers=headers))
        return request

    def wait_s(self, host: str = "vesti.example") -> float:
        """Seconds until the host's queue lets the next request go, beyond now."""
        slot = self.slots.get(host)
        return slot.lastseen + slot.delay - monotonic() if slot and slot.lastseen else 0.0

    def pause_of(self, host: str = "vesti.example") -> timedelta | None:
        known = self.memory.hosts.get(host)
        return known.paused_until - NOON if known and known.paused_until else None

    def refusal_of(self, url: str) -> RefusedRequest | None:
        try:
            asyncio.run(self.politeness.process_request(Request(url)))
        except RefusedRequest as refused:
            return refused
        return None

    def enqueue(self, *urls: str) -> list[Any]:
        """Put requests into their queues; what came of each so far is collected in the list."""
        outcomes: list[Any] = [None] * len(urls)
        for n, url in enumerate(urls):
            answered: Deferred[Response] = Deferred()
            answered.addBoth(lambda outcome, n=n: outcomes.__setitem__(n, outcome))
            request = Request(url)
            self.slot_of(request)[1].queue.append((request, answered))
        return outcomes
