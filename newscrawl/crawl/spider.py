"""A `Site` -> its pages: walks the sources, then the queue. A site's file declares; all that happens is here."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import nullcontext
from functools import partial
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.crawl.answers import conditional_headers, page_of, validators_of
from newscrawl.crawl.arguments import COMMON_ARGUMENTS, CrawlArguments, read_arguments
from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.enlist import Enlister
from newscrawl.crawl.failures import answer_fate, unreadable_fate
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.front_page import front_page_fate
from newscrawl.crawl.item import Reading
from newscrawl.crawl.itinerary import Asked, Itinerary
from newscrawl.crawl.queue import VisitQueue
from newscrawl.crawl.reading_pool import ReadersUnusable, ReadingStopped
from newscrawl.crawl.sources import SourcePage, first_pages, may_be_empty, next_pages, read_source, today_at
from newscrawl.crawl.stand_ins import WALLS, may_be_stand_in, stand_in_fate
from newscrawl.page import Candidate, Discovery, Fate
from newscrawl.site import Site, Sitemap
from newscrawl.store import frontier
from newscrawl.store.archive import ArchiveError
from newscrawl.store.errors import StoreError

logger = logging.getLogger(__name__)
SOURCE_PRIORITY = 10
# Revisits of known articles in one visit: a site that was left alone for months does not have its archive asked for at once.
MOST_REVISITS = 50
LARGE_SOURCE_BYTES = 300_000
# How long nothing may move before the crawl looks whether it lost sight of an address.
STALL_CHECK_S = 5.0


class NewsSpider(Spider):
    """The spider of every site. A subclass names itself and holds its `site`."""

    site: Site
    enlister: Enlister
    itinerary: Itinerary
    queue: VisitQueue
    known_arguments: ClassVar[dict[str, str]] = COMMON_ARGUMENTS

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.arguments: CrawlArguments = read_arguments(self.name, given, self.known_arguments)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The site's own delay and the contact in the User-Agent."""
        super().update_settings(settings)
        site = getattr(cls, "site", None)
        if isinstance(site, Site):
            settings.set("DOWNLOAD_DELAY", site.delay_s, priority="spider")
        contact = settings.get("NEWSCRAWL_CONTACT")
        if contact:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "NewsSpider":
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if not crawler.settings.get("NEWSCRAWL_CONTACT") and not getattr(spider.site, "private", False):
            logger.warning(
                "%s: no contact is set; a site's owner cannot tell who is asking (NEWSCRAWL_CONTACT=https://... or an "
                "e-mail address, in the environment or with -s)",
                spider.name,
            )
        return spider

    @property
    def recorder(self) -> FateRecorder:
        """The extension that writes down what becomes of every address."""
        recorder = self.crawler.get_extension(FateRecorder)
        if recorder is None:
            raise RuntimeError(
                "the extension newscrawl.crawl.fates.FateRecorder is not enabled; no address would have a fate"
            )
        return recorder

    # --- what is asked for -----------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Sources first, then the queue until it is empty and nothing is under way."""
        try:
            await self.recorder.open(self.site, self.crawler.settings.get("NEWSCRAWL_RUN_ID"))
        except (StoreError, ArchiveError, ReadersUnusable) as error:
            self.recorder.give_up(error)
            return
        bounds = Bounds.from_settings(self.crawler.settings)
        self.enlister = Enlister(self.site, self.arguments, self.recorder, bounds)
        self.itinerary = Itinerary(bounds, whole=self._asks_all)
        self.queue = VisitQueue(self.site, self.arguments, self.recorder, bounds)
        await self.begin()
        async for request in self._requests():
            yield request
        if self.arguments == CrawlArguments():
            async for request in self._revisit_requests():
                yield request

    async def begin(self) -> None:
        """What a visit begins with: the addresses that a person gave, else the site's sources."""
        if self.arguments.urls is not None:
            given = [Candidate(url=url, found_in="urls", kind="urls") for url in self.arguments.urls]
            await self.enlister.enlist(given, again=True)
            return
        self.recorder.visit.sourceless = not self.site.sources
        await self.ask_for(first_pages(self.site, self.arguments, self.recorder.now()))

    async def ask_for(self, places: Iterable[SourcePage]) -> None:
        """Let the visit ask for these sources, in order of preference, as far as its bounds and their hosts allow."""
        places = list(places)
        self.itinerary.add(places, await self._last_asked(places))
        self.recorder.changed.set()

    async def _last_asked(self, places: Iterable[SourcePage]) -> Asked:
        if self._asks_all:
            return {}
        urls = [place.url for place in places]
        return await self.recorder.write(lambda connection: frontier.last_asked(connection, urls))

    async def _source_request(self, place: SourcePage) -> Request:
        now = self.recorder.now()

        def known(connection: Any) -> Any:
            frontier.add_source(connection, self.site.name, place.url, place.source.kind, now)
            return None if self._asks_all else frontier.source_state(connection, place.url)

        etag, last_modified, known_hash = await self.recorder.write(known) or (None, None, None)
        self.recorder.take_up(place.url, source=True)
        return self._request(
            place.url,
            self.parse_source,
            headers=conditional_headers(etag, last_modified),
            priority=SOURCE_PRIORITY,
            cb_kwargs={"place": place, "known_hash": known_hash},
        )

    @property
    def _asks_all(self) -> bool:
        """Whether sources are read whole and followed on: a window or `again` is asked for, or the last visit broke off."""
        asked = self.arguments.since or self.arguments.until or self.arguments.again
        return bool(asked) or not self.recorder.last_visit_complete

    def _request(self, url: str, callback: Any, **more: Any) -> Request:
        # dont_filter: the table of addresses is the queue, what it hands out is to be fetched.
        return Request(
            url,
            callback=callback,
            errback=self.recorder.record_failure,
            dont_filter=True,
            meta={"address": url},
            **more,
        )

    async def _requests(self) -> AsyncIterator[Request]:
        """Sources first, then the queue, as each host has room: one that is held does not take the others' places."""
        while True:
            # Cleared before anything is looked at: what changes from here on must end the wait below.
            self.recorder.changed.clear()
            idle = not self.recorder.under_way
            place = self.itinerary.next(self.queue.has_room)
            if place is not None:
                yield await self._source_request(place)
                continue
            self.recorder.sources_asked = not self.itinerary.waits
            queued, moved = await self.queue.take()
            for address in queued:
                self.recorder.take_up(address.url, retry=address.tries > 0)
                yield self._request(address.url, self.parse_article, cb_kwargs={"candidate": address.candidate})
            if moved:
                continue
            if idle or self.queue.limit_reached:
                return
            await self._wait_for_change()

    async def _revisit_requests(self) -> AsyncIterator[Request]:
        """Known articles whose time has come to be looked at again: were they edited, are they still there?"""
        site, now = self.site.name, self.recorder.now()
        due = await self.recorder.write(lambda connection: frontier.due_revisits(connection, site, now, MOST_REVISITS))
        while due:
            self.recorder.changed.clear()
            address = next((known for known in due if self.queue.has_room(known.url)), None)
            if address is None:
                await self._wait_for_change()
                continue
            due.remove(address)
            self.recorder.take_up(address.url)
            yield self._request(
                address.url,
                self.parse_article,
                headers=conditional_headers(address.etag, address.last_modified),
                cb_kwargs={"candidate": address.candidate},
            )

    async def _wait_for_change(self) -> None:
        try:
            await asyncio.wait_for(self.recorder.changed.wait(), STALL_CHECK_S)
        except TimeoutError:
            engine = self.crawler.engine
            scraper, scheduler = engine.scraper.slot, engine.scheduler
            moving = engine.downloader.active or (scraper and not scraper.is_idle())
            if not moving and not (scheduler and scheduler.has_pending_requests()):
                await self.recorder.settle_lost()

    # --- what comes back -------------------------------------------------------------------------------------------

    async def parse_source(self, response: Response, place: SourcePage, known_hash: str | None = None) -> None:
        """The answer of a source: its candidates go into the queue, what continues it is asked for."""
        refused = answer_fate(response)
        if refused:
            await self.recorder.record(place.url, *(await self._stand_in(response, *refused) or refused))
            return
        state = validators_of(response)
        if state["body_hash"] == known_hash:
            await self.recorder.record(place.url, Fate.NOT_MODIFIED, "the same bytes as on the last visit", **state)
            return
        # One at a time of all the process's crawlers: an index's sitemaps come all at once, and would be in memory together.
        async with self.recorder.shared.large_source if _is_large(response) else nullcontext():
            await self._take_in(response, place, state)

    async def _take_in(self, response: Response, place: SourcePage, state: dict[str, str | None]) -> None:
        reading = partial(read_source, response, place, self.site, self.arguments)
        # A sitemap of 50,000 addresses takes seconds: other crawlers of the process go on meanwhile.
        found = await asyncio.to_thread(reading) if _is_large(response) else reading()
        if not found.candidates and not found.more:
            failed = await self._why_empty(response, place, found)
            if failed:
                await self.recorder.record(place.url, *failed)
                return
        new, passed_window = await self.enlister.enlist(found.candidates)
        # Before the fate is written: a source that is still under way keeps the visit from ending.
        stopped = await self._follow(place, found, new, ended=passed_window)
        if found.more and isinstance(place.source, Sitemap):
            # What an index leads to can change while the index does not: it is asked for whole each time.
            state = dict.fromkeys(state, "")
        await self.recorder.record(place.url, Fate.LISTING, _told(found, new, stopped), **state)

    async def _why_empty(self, response: Response, place: SourcePage, found: Discovery) -> tuple[Fate, str] | None:
        """The fate of a source that lists nothing; None where that is normal."""
        stand_in = await self._stand_in(response)
        if may_be_empty(place):
            return stand_in if stand_in and stand_in[0] in WALLS else None
        return stand_in or ((Fate.BAD_RESPONSE, found.problem) if found.problem else None)

    async def _stand_in(
        self, response: Response, fate: Fate | None = None, detail: str = ""
    ) -> tuple[Fate, str] | None:
        """What kind of page came in place of a source, read like a page, by the readers; None where it is none of those."""
        if not may_be_stand_in(response, fate):
            return None
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        try:
            draft = await self.recorder.shared.pool.read(
                response.body, response.url, self.recorder.now(), None, content_type
            )
        except ReadingStopped:  # the crawl is being ended: what the answer's form says has to do
            return None
        return stand_in_fate(draft, fate, detail)

    async def _follow(self, place: SourcePage, found: Discovery, new: int, *, ended: bool) -> str:
        """Ask for what continues a source; in words why that is not done, or ""."""
        today = today_at(self.site, self.recorder.now())
        goes_on = bool(new) or self._asks_all
        following, why = next_pages(place, found, today, self.arguments.since, goes_on=goes_on, ended=ended)
        if self.enlister.full:
            following, why = [], "as many new addresses are queued as one visit may: not followed further"
        asked = await self._last_asked(following)
        stopped = self.itinerary.take_in(place, (c.url for c in found.candidates), new, following, asked)
        return stopped or why

    async def parse_article(self, response: Response, candidate: Candidate | None = None) -> AsyncIterator[Reading]:
        """The answer of an article's address: a page for the pipelines, or its fate."""
        address = response.meta["address"]
        refused = (
            answer_fate(response) or unreadable_fate(response) or front_page_fate(address, response.url, self.site)
        )
        if refused:
            await self.recorder.record(address, *refused)
            return
        # While the address waited, another source may have told its date.
        latest = await self.recorder.write(lambda connection: frontier.listed_as(connection, address))
        yield Reading(page=page_of(response, address, latest or candidate, self.recorder.now()))


def _is_large(response: Response) -> bool:
    return len(response.body) > LARGE_SOURCE_BYTES


def _told(found: Discovery, new: int, stopped: str) -> str:
    words = [f"{len(found.candidates)} listed, {new} new", found.problem, found.limited, *found.notes, stopped]
    return "; ".join(word for word in words if word)
