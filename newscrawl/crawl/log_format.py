"""Scrapy's events -> log lines that name the address, never the page."""

from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from newscrawl.crawl.item import Reading


class PageLogFormatter(LogFormatter):
    """Scrapy's own lines, with the address in place of the item: an item holds a whole page."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """One stored article."""
        return super().scraped(_named(item), response, spider)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One page that ended before storage."""
        return super().dropped(_named(item), exception, response, spider)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One page that failed in a pipeline."""
        return super().item_error(_named(item), exception, response, spider)


def _named(item: Any) -> Any:
    return item.page.url if isinstance(item, Reading) else item.get("url") if isinstance(item, dict) else item
