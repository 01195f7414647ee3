"""The sites of a run, each in its turn: so many under way at a time, the next one begins when one ends."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from newscrawl.crawl.ending import end_visit
from newscrawl.crawl.log_format import current_site
from newscrawl.crawl.outcome import SiteOutcome
from newscrawl.crawl.spider import NewsSpider

logger = logging.getLogger(__name__)


class Watcher:
    """Is told of a run as it goes on. By itself it does nothing."""

    def run_begins(self, sites: int) -> None:
        """The run holds its lock, and so many sites are to be visited."""

    def site_begins(self, name: str) -> None:
        """A site's turn has come."""

    def site_ends(self, site: SiteOutcome) -> None:
        """A site has been visited, or will not be."""


class Turns:
    """Crawls the spiders in one process, `jobs` at a time. `waiting`: whose turn did not come; `ended_by`: what ended the run.

    outcome_of: what came of a crawler's visit; it is asked for as soon as the crawler has ended.
    """

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        spiders: Iterable[type[NewsSpider]],
        jobs: int,
        run_id: int,
        outcome_of: Callable[[Crawler], SiteOutcome],
        watcher: Watcher,
    ) -> None:
        self._process = process
        self.waiting = deque(spiders)
        self._jobs = jobs
        self._run_id = run_id
        self._outcome_of = outcome_of
        self._watcher = watcher
        self._under_way = 0
        self.outcomes: list[SiteOutcome] = []
        self.ended_by = ""

    def begin(self) -> bool:
        """Let the first ones begin; False when there is none."""
        self._fill()
        return self._under_way > 0

    def end(self, why: str) -> None:
        """No other site's turn comes; the visits that are under way are ended."""
        if self.ended_by:
            return
        self.ended_by = why
        logger.info("%s: %d sites are under way, %d were still waiting", why, self._under_way, len(self.waiting))
        for crawler in tuple(self._process.crawlers):
            end_visit(crawler, why)

    def _fill(self) -> None:
        while self.waiting and self._under_way < self._jobs and not self.ended_by:
            self._begin(self.waiting.popleft())

    def _begin(self, spider: type[NewsSpider]) -> None:
        crawler = self._process.create_crawler(spider)
        crawler.settings.set("NEWSCRAWL_RUN_ID", self._run_id, priority="cmdline")
        self._under_way += 1
        self._watcher.site_begins(spider.name)
        # The task takes the variable along: what is logged in it, by whatever part, is of this site.
        token = current_site.set(spider.name)
        try:
            task = self._process.crawl(crawler)
        finally:
            current_site.reset(token)

        def ended(_: "asyncio.Task[None]") -> None:
            # Scrapy's own callback came first and the crawler is off its list; the next one is on it before the list is asked.
            self._under_way -= 1
            self.outcomes.append(self._outcome_of(crawler))
            self._watcher.site_ends(self.outcomes[-1])
            self._fill()

        task.add_done_callback(ended)
