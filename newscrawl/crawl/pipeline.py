"""What every item pipeline is given: the site, the crawl's arguments and the things that crawlers share."""

from typing import Self

from scrapy.crawler import Crawler

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.shared import Shared
from newscrawl.site import Site


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

    @property
    def shared(self) -> Shared:
        """Database, archive and reading pool."""
        return self.recorder.shared
