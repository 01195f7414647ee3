"""Downloads over HTTP that a crawl, being ended, need not wait for."""

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.downloads import PoliteDownloads
from newscrawl.crawl.refusals import StoppedRequest

# Sent to a crawler's components when no download is waited for any longer.
downloads_end = object()


class CutDownloads(PoliteDownloads):
    """Cuts what still runs when the signal `downloads_end` comes, name look-ups and connections that are being made included."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._under_way: set[asyncio.Task[Response]] = set()
        crawler.signals.connect(self.cut, downloads_end)

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises `StoppedRequest` where the crawl's end came first."""
        download = asyncio.ensure_future(super().download_request(request))
        self._under_way.add(download)
        try:
            await asyncio.wait({download})
        finally:
            self._under_way.discard(download)
        if download.cancelled():
            raise StoppedRequest("the crawl was ended before the whole answer was there")
        return download.result()

    def cut(self) -> None:
        """Let go of every download that is under way."""
        for download in tuple(self._under_way):
            download.cancel()
