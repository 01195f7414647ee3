"""A spider that stumbles over one page."""

from collections.abc import AsyncIterator

from scrapy.http import Response

from newscrawl.crawl.item import Reading
from newscrawl.crawl.web import WebSpider
from newscrawl.page import Candidate
from tests.crawl.news import STORIES


class FaultyCallback(WebSpider):
    """Raises on the second story."""

    name = "faulty_callback"

    async def parse_article(self, response: Response, candidate: Candidate | None = None) -> AsyncIterator[Reading]:
        if response.url.endswith(STORIES[1].path):
            raise ZeroDivisionError("stumbled")
        async for reading in super().parse_article(response, candidate):
            yield reading
