"""The table `hosts`, as one crawl sees it: read once, written through the one writer."""

import asyncio
import sqlite3
from datetime import datetime
from functools import partial

from scrapy.crawler import Crawler

from newscrawl.crawl.fates import FateRecorder
from newscrawl.store.hosts import KnownHost, RobotsCopy, keep_robots, pause_host, postpone, read_hosts


class HostMemory:
    """Extension. What the hosts of the spider's site have asked of us, in earlier runs and in this one.

    Every host belongs to one site and a site is crawled by one process at a time: what was read at the visit's first
    request stays true until this crawl itself learns more.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._reading: asyncio.Task[dict[str, KnownHost]] | None = None
        self._learnt: dict[str, KnownHost] = {}
        self._unwritten: dict[str, KnownHost] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostMemory":
        """As Scrapy makes it."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> "HostMemory":
        """The memory of a crawl."""
        memory = crawler.get_extension(cls)
        if memory is None:
            raise RuntimeError(
                "the extension newscrawl.crawl.hosts.HostMemory is not enabled; no host would be left alone"
            )
        return memory

    @property
    def recorder(self) -> FateRecorder:
        """The extension through which all is written."""
        recorder = self._crawler.get_extension(FateRecorder)
        assert recorder is not None
        return recorder

    async def known(self, host: str) -> KnownHost:
        """What is known of a host of the site."""
        if host in self._learnt:
            return self._learnt[host]
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read())
        remembered = await asyncio.shield(self._reading)
        return self._learnt.get(host) or remembered.get(host) or KnownHost(host=host)

    async def _read(self) -> dict[str, KnownHost]:
        site = self._crawler.spider.site  # type: ignore[union-attr]
        return await self.recorder.write(partial(read_hosts, hosts=site.all_hosts))

    async def keep_robots(self, host: str, copy: RobotsCopy) -> None:
        """Remember the host's robots.txt."""
        site = self.recorder.visit.site
        await self.recorder.write(partial(keep_robots, site=site, host=host, copy=copy))

    async def postpone(self, host: str, until: datetime) -> None:
        """Leave what is queued of the host in the queue until then."""
        site = self.recorder.visit.site
        await self.recorder.write(partial(postpone, site=site, host=host, until=until))

    def pause(self, host: str, until: datetime, why: str) -> None:
        """Leave the host alone, from this moment on. `write_down()` makes later runs know it."""
        self._learnt[host] = self._unwritten[host] = KnownHost(host=host, paused_until=until, paused_why=why)

    async def write_down(self, put_off_after: datetime) -> None:
        """Commit the pauses that are not written yet. The queue of a host whose pause ends later than that waits for its end."""
        while self._unwritten:
            _, known = self._unwritten.popitem()
            await self.recorder.write(partial(self._write_pause, known=known, put_off_after=put_off_after))

    def _write_pause(self, connection: sqlite3.Connection, known: KnownHost, put_off_after: datetime) -> None:
        assert known.paused_until is not None
        site = self.recorder.visit.site
        pause_host(connection, site, known.host, known.paused_until, known.paused_why)
        if known.paused_until > put_off_after:
            postpone(connection, site, known.host, known.paused_until)
