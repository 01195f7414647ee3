"""Scrapy's downloads over HTTP, without the second request that Twisted would send by itself, and with an end to headers."""

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import (
    HEADER,
    STATUS,
    HTTP11ClientProtocol,
    ParseError,
    RequestNotSent,
    RequestTransmissionFailed,
)
from twisted.web._newclient import Request as SentRequest
from twisted.web.iweb import IResponse

# Of all header lines together: browsers and servers stop between 8 and 256 KiB. Twisted bounds a line and not their number.
MAX_HEADER_BYTES = 256 * 1024


class _BoundedParser(_LenientHTTPClientParser):
    """Calls a header that is too long by its name: Twisted hangs up, which looks like a connection that was lost."""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Raises `ParseError` where the header does not end."""
        self._head_bytes: int = getattr(self, "_head_bytes", 0) + len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        # Judged when it is parsed: what came in one piece with the header's end is body.
        if self.state in {STATUS, HEADER} and self._head_bytes > MAX_HEADER_BYTES:
            raise ParseError("the header is too long", b"")  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        """Raises `ParseError` instead of hanging up without a word."""
        raise ParseError("a header line is too long", line[:100])  # type: ignore[no-untyped-call]


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: SentRequest) -> "Deferred[IResponse]":
        answered = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser  # as Scrapy does it, and for its reason: the class cannot be handed in
        return answered


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's name
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class PoliteDownloads(HTTP11DownloadHandler):
    """A request is sent once. What failed is tried again by Scrapy's retry, which waits for its turn.

    On a connection that was used before, Twisted sends a request that got no answer again at once: a server that cut the
    connection saw two requests in the same millisecond.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - the pool has no other way to another protocol

    async def download_request(self, request: Request) -> Response:
        """The answer; a connection that was lost while the request was sent is a failure that is tried again."""
        try:
            return await super().download_request(request)
        except (RequestNotSent, RequestTransmissionFailed) as error:
            raise DownloadFailedError(str(error)) from error
