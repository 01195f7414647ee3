"""A spider that falls over its own feet."""

from collections.abc import AsyncIterator

from scrapy import Request

from newscrawl.crawl.web import WebSpider


class FaultyStart(WebSpider):
    """Raises after the front page was asked for."""

    name = "faulty_start"

    async def _requests(self) -> AsyncIterator[Request]:
        async for request in super()._requests():
            yield request
            break
        raise ZeroDivisionError("stumbled")
