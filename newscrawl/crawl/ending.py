"""A visit that has to end before its queue is empty -> nothing more is asked, what is in flight ends or waits in the queue.

A crawl is ended early by a signal, by the deadline of its run, or by the bounds of its site. Scrapy's own stop waits for all
that is under way: for a download of 45 s, for the second between two requests, eight times over, for a Retry-After of two
minutes. Here:

    at once ................. requests that wait for their turn at a host are taken back; their addresses stay in the queue
    after DOWNLOADS_END_S ... downloads that still run are cut; their addresses stay in the queue
    after READING_ENDS_S .... pages that are still being read are left (only when the whole process ends); fetched again next time
"""

import asyncio
import logging
from time import monotonic

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.crawl.cut_downloads import downloads_end
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.refusals import StoppedRequest

logger = logging.getLogger(__name__)
# A page that is on its way is there within seconds, or the server hangs. Together with reading, writing and closing the
# files this stays under the ten seconds after which a service manager or an operator loses patience.
DOWNLOADS_END_S = 4.0
READING_ENDS_S = 6.0
LOOK_EVERY_S = 0.05


class VisitEnding:
    """Extension. Ends a visit early: `end()`; on its own when a visit of a run reaches a bound of its site."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        settings = crawler.settings
        in_a_run = settings.get("NEWSCRAWL_RUN_ID") is not None
        self._most_requests = settings.getint("NEWSCRAWL_RUN_SITE_REQUESTS") if in_a_run else 0
        self._most_s = settings.getfloat("NEWSCRAWL_RUN_SITE_S") if in_a_run else 0.0
        self._sent = 0
        self._timer: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        self.why = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "VisitEnding":
        """As Scrapy makes it."""
        ending = cls(crawler)
        crawler.signals.connect(ending.spider_opened, signals.spider_opened)
        crawler.signals.connect(ending.request_sent, signals.request_left_downloader)
        crawler.signals.connect(ending.spider_closed, signals.spider_closed)
        return ending

    def spider_opened(self, spider: Spider) -> None:
        """The visit's time begins to count."""
        if self._most_s:
            why = f"ended after {self._most_s:g} s, which a run gives a site (NEWSCRAWL_RUN_SITE_S)"
            self._timer = asyncio.get_running_loop().call_later(self._most_s, self.end, why)

    def request_sent(self) -> None:
        """One request more; the last one that a run gives a site ends the visit."""
        self._sent += 1
        if self._sent == self._most_requests:
            self.end(f"ended after {self._sent} requests, which a run gives a site (NEWSCRAWL_RUN_SITE_REQUESTS)")

    def spider_closed(self, spider: Spider) -> None:
        """The visit is over."""
        if self._timer is not None:
            self._timer.cancel()

    def end(self, why: str, *, everything: bool = False) -> None:
        """End the visit, for the reason that its line will tell. everything: the process ends, so that reading is stopped too.

        To be called in the crawl's own thread; the first reason counts, and a call in a visit that has ended does nothing.
        """
        if self._ending is not None or not self._crawler.crawling:
            return
        self.why = why
        recorder = self._crawler.get_extension(FateRecorder)
        if recorder is not None:
            recorder.ends_early(why)
        logger.info("%s: %s", self._crawler.spidercls.name, why)
        self._ending = asyncio.ensure_future(self._end(everything))

    async def _end(self, everything: bool) -> None:
        begun_s, cut, stopped = monotonic(), False, False
        stopping = asyncio.ensure_future(self._stop())
        while not stopping.done():
            past_s = monotonic() - begun_s
            self._take_back_what_waits()
            if past_s >= DOWNLOADS_END_S and not cut:
                cut = True
                self._crawler.signals.send_catch_log(downloads_end)
            if everything and past_s >= READING_ENDS_S and not stopped:
                stopped = True
                await self._stop_reading()
            await asyncio.wait({stopping}, timeout=LOOK_EVERY_S)
        await stopping

    async def _stop(self) -> None:
        # Scrapy's stop raises in the moment between a crawler's making and its start, and is not heeded there.
        while self._crawler.crawling and not self._crawler.engine.running:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(LOOK_EVERY_S)
        await self._crawler.stop_async()

    def _take_back_what_waits(self) -> None:
        for slot in self._crawler.engine.downloader.slots.values():
            while slot.queue:
                _, answered = slot.queue.popleft()
                answered.errback(Failure(StoppedRequest(self.why)))  # type: ignore[no-untyped-call]

    async def _stop_reading(self) -> None:
        recorder = self._crawler.get_extension(FateRecorder)
        if recorder is not None:
            await recorder.stop_reading()


def cut_short(crawler: Crawler) -> str:
    """Why a crawler's visit was ended before its queue was empty; "" where it was not."""
    try:
        ending = crawler.get_extension(VisitEnding)
    except RuntimeError:
        return ""
    return ending.why if ending is not None else ""


def end_visit(crawler: Crawler, why: str) -> None:
    """End a crawler's visit because its process is to end."""
    try:
        ending = crawler.get_extension(VisitEnding)
    except RuntimeError:  # its extensions are not made yet, or never were
        ending = None
    if ending is not None:
        ending.end(why, everything=True)
    else:
        asyncio.ensure_future(crawler.stop_async())  # noqa: RUF006 - the crawler holds what it waits for
