"""What every item pipeline is given: the site, the crawl's arguments and the things that crawlers share."""

import sqlite3
from collections.abc import Callable
from typing import Self, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.item import DropPage
from newscrawl.crawl.shared import Shared
from newscrawl.page import Fate, Page
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveError, CaptureRef
from newscrawl.store.capture import Unchanged
from newscrawl.store.forgetting import FORGOTTEN
from newscrawl.urls import canonical_url

Result = TypeVar("Result")


class PagePipeline:
    """Base of the pipelines; each runs one step on a `Reading`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    @property
    def site(self) -> Site:
        """The site of the crawl."""
        site: Site = self._crawler.spider.site  # type: ignore[union-attr]
        return site

    @property
    def arguments(self) -> CrawlArguments:
        """The crawl's arguments."""
        arguments: CrawlArguments = self._crawler.spider.arguments  # type: ignore[union-attr]
        return arguments

    @property
    def recorder(self) -> FateRecorder:
        """The extension that knows what is under way."""
        recorder = self._crawler.get_extension(FateRecorder)
        assert recorder is not None
        return recorder

    async def write(self, operation: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run an operation in the one writer; a page that cannot be kept ends here, and its crawl with it."""
        try:
            return await self.recorder.write(operation)
        except CloseSpider:
            raise DropPage(Fate.STORE_ERROR, self.recorder.visit.problem or "", committed=True) from None

    def refuse_forgotten(self, *urls: str | None) -> None:
        """End the page when any of its addresses was forgotten on request, whichever address led to it."""
        if self.shared.forgotten.intersection(canonical_url(url) for url in urls if url):
            raise DropPage(Fate.FILTERED, FORGOTTEN)

    async def archive(self, page: Page | Unchanged) -> CaptureRef:
        """Archive a page, under the same rule."""
        try:
            return await self.shared.append(page, self.site)
        except ArchiveError as error:
            self.recorder.give_up(error)
            raise DropPage(Fate.STORE_ERROR, str(error), committed=True) from None

    @property
    def shared(self) -> Shared:
        """Database, archive and reading pool."""
        return self.recorder.shared
