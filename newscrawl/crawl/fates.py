"""Every signal of a crawl -> the fate of an address, in the table `urls`. Nothing is lost between the signals.

An address that this crawl takes up ends in exactly one of these doors:

    callback of the spider ........ record()          answers that are no page (304, 404, 403, 5xx ...), sources
    errback of the spider ......... record_failure()  network, refusals of our own, bodies that cannot be decoded
    pipeline drops the page ....... item_dropped      no article, out of the window
    pipeline fails ................ item_error        read_error, store_error
    pipeline stores the article ... item_scraped      the fate was committed together with the article
    callback raises ............... spider_error      read_error
    none of them .................. settle_lost()     a gap in this list: read_error, and an error in the log

A crawl that is ended early leaves what it did not get to as it was: in the queue.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.failures import failure_fate
from newscrawl.crawl.health import SOURCE_WORKED, Visit
from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.patterns import BarrenPatterns
from newscrawl.crawl.reading_pool import ReadingStopped
from newscrawl.crawl.refusals import StoppedRequest
from newscrawl.crawl.shared import Shared
from newscrawl.crawl.visit_rows import Begun, Ended, begin_visit, end_visit
from newscrawl.page import KEPT_FATES, OPEN_FATES, Fate
from newscrawl.site import Site
from newscrawl.store import frontier
from newscrawl.store.archive import ArchiveError
from newscrawl.store.errors import StoreError

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
# Scrapy's reason for a crawl that ended because nothing could be kept any more.
STORE_FAILED = "store_error"
NOT_STARTED = "the crawl could not be started; the log says why"


def visit_of(crawler: Crawler, site: str) -> Visit:
    """What came of a crawl; one that ended before its visit began (a component that cannot be made, a setting that makes no
    sense) has failed, and is not quiet."""
    try:
        recorder = crawler.get_extension(FateRecorder)
    except RuntimeError:  # not even the extensions were made
        recorder = None
    if recorder is None:
        return Visit(site=site, problem=NOT_STARTED, internal_error=True)
    if not recorder.visit.begun and not recorder.visit.problem:
        recorder.visit.problem, recorder.visit.internal_error = NOT_STARTED, True
    return recorder.visit


class FateRecorder:
    """Extension. Knows which addresses are under way in this crawl and writes down what becomes of each."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.visit = Visit(site="")
        self.run_id: int | None = None
        self._shared: Shared | None = None
        self._site: Site | None = None
        self._begun: Begun | None = None
        self._owns_run = False
        self._opening: asyncio.Future[None] | None = None
        self._ended = False
        # Whether every source has at least been asked for, so that what is under way tells which are not read yet.
        self.sources_asked = False
        self._closing: asyncio.Future[None] | None = None
        self._writing: list[asyncio.Future[None]] = []
        self.under_way: dict[str, bool] = {}
        self._retries: set[str] = set()
        self.barren = BarrenPatterns(Bounds.from_settings(crawler.settings).barren_pages)
        self.changed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FateRecorder":
        """As Scrapy makes it."""
        recorder = cls(crawler)
        site = getattr(crawler.spider, "site", None)
        recorder.visit.site = site.name if isinstance(site, Site) else crawler.spidercls.name
        crawler.signals.connect(recorder.item_scraped, signals.item_scraped)
        crawler.signals.connect(recorder.item_dropped, signals.item_dropped)
        crawler.signals.connect(recorder.item_error, signals.item_error)
        crawler.signals.connect(recorder.spider_error, signals.spider_error)
        crawler.signals.connect(recorder.spider_closed, signals.spider_closed)
        return recorder

    @property
    def shared(self) -> Shared:
        """Database, archive and reading pool; there from `open()` on."""
        assert self._shared is not None
        return self._shared

    def now(self) -> datetime:
        """The crawl's clock."""
        return self.shared.clock.now()

    async def open(self, site: Any, run_id: int | None) -> None:
        """Begin a visit: shared things made ready, addresses that a killed run left put back into the queue."""
        # A stop that comes meanwhile cancels who waits here; the visit begins all the same, and `spider_closed` ends it.
        self._opening = asyncio.ensure_future(self._open(site, run_id))
        await asyncio.shield(self._opening)

    async def _open(self, site: Any, run_id: int | None) -> None:
        self._shared = await Shared.acquire(self._crawler.settings)
        self.visit.site = site.name
        self._site = site
        self.visit.begun = True
        begin = partial(begin_visit, site=site, run_id=run_id, now=self.now())
        begun = self._begun = await self.shared.writer.write(begin)
        self.run_id, self.visit.first, self._owns_run = begun.run_id, begun.first, run_id is None
        if begun.left:
            logger.info("%s: %d pages that an earlier run left unfinished are back in the queue", site.name, begun.left)

    @property
    def last_visit_complete(self) -> bool:
        """Whether the last visit walked its sources to the end: only then does "not modified" mean that nothing is missed."""
        return self._begun is not None and self._begun.last_was_complete

    async def write(self, operation: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run an operation in the one writer. Where the store cannot be used, that is said once and the crawl ends here."""
        if self._ended:
            # asyncio.wait_for() swallows a cancellation that comes with its answer: start() went on and took addresses that
            # nobody put back.
            raise asyncio.CancelledError
        try:
            return await self.shared.writer.write(operation)
        except StoreError as error:
            self.give_up(error)
            raise CloseSpider(STORE_FAILED) from None

    def take_up(self, url: str, *, source: bool = False, retry: bool = False) -> None:
        """An address goes under way: from here on exactly one fate is expected for it. `retry`: it has failed before."""
        self.under_way[url] = source
        if retry:
            self._retries.add(url)

    async def record(self, url: str, fate: Fate, detail: str = "", **more: Any) -> None:
        """Write the fate of an address down; more: what `frontier.set_fate` also takes (etag, last_modified, body_hash ...)."""
        now, run_id = self.now(), self.run_id

        def settle(connection: Any) -> None:
            frontier.set_fate(connection, url, fate, now, detail, site=self.visit.site, run_id=run_id, **more)

        await self.write(settle)
        self._settled(url, fate, detail)

    def _settled(self, url: str, fate: Fate, detail: str = "") -> None:
        if fate in OPEN_FATES:
            return
        told = {"site": self.visit.site, "url": url, "fate": str(fate)}
        logger.info("%s: %s %s%s", self.visit.site, fate, url, f" ({detail})" if detail else "", extra=told)
        source = self.under_way.pop(url, False)
        if not source:
            self.barren.note(url, fate)
        if url in self._retries and fate not in KEPT_FATES:
            # That what failed before fails again says nothing new of the site.
            self.visit.retried[fate] += 1
        else:
            (self.visit.sources if source else self.visit.articles)[fate] += 1
        if source:
            self.visit.note_source(url, fate, worked=fate in SOURCE_WORKED)
        self._retries.discard(url)
        self._crawler.stats.inc_value(f"newscrawl/{'sources' if source else 'articles'}/{fate}")
        self.changed.set()

    async def record_failure(self, failure: Failure) -> None:
        """The errback of every request of a site's spider."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        if isinstance(failure.value, StoppedRequest):
            return
        fate, detail = failure_fate(failure.value, request.url)
        await self.record(request.meta["address"], fate, detail, due_at=getattr(failure.value, "due_at", None))

    async def item_scraped(self, item: Any, response: Response | None, spider: Spider) -> None:
        """An article was stored, changed or seen again: its fate is committed already."""
        if response is not None and isinstance(item, dict):
            self._settled(response.meta["address"], Fate(item["fate"]))

    async def item_dropped(self, item: Any, response: Response | None, spider: Spider, exception: Exception) -> None:
        """A page ended in a pipeline by a rule."""
        if not isinstance(item, Reading):
            return
        if isinstance(exception, DropPage):
            if exception.committed:
                self._settled(item.page.url, exception.fate, exception.detail)
                return
            await self.record(item.page.url, exception.fate, exception.detail)
        else:
            await self.record(item.page.url, Fate.FILTERED, str(exception))

    async def item_error(self, item: Any, response: Response | None, spider: Spider, failure: Failure) -> None:
        """A page ended in a pipeline by an error. An error of the store ends the crawl: nothing could be kept."""
        error = failure.value
        if isinstance(error, (StoreError, ArchiveError)):
            self.give_up(error)
            return
        if isinstance(error, ReadingStopped):
            return
        if isinstance(item, Reading):
            await self.record(item.page.url, Fate.READ_ERROR, f"{type(error).__name__}: {error}")

    def spider_error(self, failure: Failure, response: Response | Failure | None, spider: Spider) -> None:
        """A callback raised, or start() did. Scrapy sends this one signal without waiting: a coroutine would never run."""
        if isinstance(failure.value, (StoreError, ArchiveError)):
            self.give_up(failure.value)
            return
        self.visit.internal_error = True
        self.visit.problem = f"{type(failure.value).__name__}: {failure.value}"
        address = response.meta.get("address") if isinstance(response, Response) else None
        if address and address in self.under_way:
            self._writing.append(asyncio.ensure_future(self.record(address, Fate.READ_ERROR, self.visit.problem)))

    def give_up(self, error: Exception) -> None:
        """The store or the archive cannot be used: say so once, and end the crawl."""
        if self.visit.internal_error:
            return
        self.visit.internal_error = True
        self.visit.problem = str(error)
        logger.error("%s", error)
        self._crawler.stats.set_value("newscrawl/problem", str(error))
        self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=STORE_FAILED))
        self.changed.set()

    def ends_early(self, why: str) -> None:
        """Note why the visit ends before its queue is empty, for its line."""
        self.visit.problem = self.visit.problem or why

    async def stop_reading(self) -> None:
        """Give up the pages that are still being read, in this crawl and in all that share its readers."""
        if self._shared is not None:
            await self._shared.stop_reading()

    async def settle_lost(self) -> None:
        """Give a fate to what is under way although nothing moves any more."""
        for url in list(self.under_way):
            logger.error("%s: %s ended without a fate; that is an error in newscrawl", self.visit.site, url)
            await self.record(url, Fate.READ_ERROR, "the crawl lost sight of this address")

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """The visit is over: what is still open goes back into the queue, the visit's counts are written down."""
        if self._opening is not None:
            await asyncio.wait({self._opening})
        if self._shared is None:
            return
        try:
            await asyncio.gather(*self._writing)
            if self._begun is not None:
                await self._finish(reason)
        except (StoreError, ArchiveError) as error:
            self._note_failure(error)
        finally:
            shared, self._shared = self._shared, None
            await self._release(shared)

    async def _release(self, shared: Shared) -> None:
        try:
            await shared.release()
        except (StoreError, ArchiveError) as error:
            self._note_failure(error)

    def _note_failure(self, error: Exception) -> None:
        self.visit.internal_error = True
        self.visit.problem = self.visit.problem or str(error)
        logger.error("%s: %s", self.visit.site, error)

    async def _finish(self, reason: str) -> None:
        self._ended = True
        visit = self.visit
        if reason not in {"finished", "limit"} and not visit.problem:
            visit.problem = f"ended early: {reason}"
        assert self._site is not None
        assert self._begun is not None
        stats, finished = self._crawler.stats, reason == "finished"
        end = Ended(
            at=self.now(),
            requests=stats.get_value("downloader/request_count", 0),
            bytes=stats.get_value("downloader/response_bytes", 0),
            whole=finished and not visit.internal_error,
            complete=not visit.internal_error and (finished or self._all_sources_read()),
            ends_run=self._owns_run,
        )
        await self.shared.writer.write(partial(end_visit, site=self._site, visit=visit, begun=self._begun, end=end))
        await self.shared.note_changes_of_status()

    def _all_sources_read(self) -> bool:
        # A visit that was ended among its articles needs no second walk through its sources: the queue knows the rest.
        return self.sources_asked and not any(self.under_way.values())
