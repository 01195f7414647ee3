"""Scrapy's downloads over HTTP, without the second request that Twisted would send by itself."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.web._newclient import RequestNotSent, RequestTransmissionFailed


class PoliteDownloads(HTTP11DownloadHandler):
    """A request is sent once. What failed is tried again by Scrapy's retry, which waits for its turn.

    On a connection that was used before, Twisted sends a request that got no answer again at once: a server that cut the
    connection saw two requests in the same millisecond.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False

    async def download_request(self, request: Request) -> Response:
        """The answer; a connection that was lost while the request was sent is a failure that is tried again."""
        try:
            return await super().download_request(request)
        except (RequestNotSent, RequestTransmissionFailed) as error:
            raise DownloadFailedError(str(error)) from error
