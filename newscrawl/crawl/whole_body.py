"""A gzipped answer -> through, if it is whole. Scrapy hands on what could be unpacked of one that was cut off."""

import zlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

GZIP_WINDOW = 31  # zlib's word for "with a gzip header and its check sum"
CHUNK_BYTES = 256 * 1024


class WholeBodyMiddleware:
    """Downloader middleware, before the one that decompresses. Half an article must not pass for a whole one: where
    Content-Length was counted on the cut body, nothing else tells."""

    def __init__(self, longest_bytes: int) -> None:
        self._longest_bytes = longest_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WholeBodyMiddleware":
        """As Scrapy makes it."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises `ResponseDataLossError` for a gzip stream without its end."""
        encodings = b",".join(response.headers.getlist("Content-Encoding")).lower()
        is_gzip = encodings.strip() in {b"gzip", b"x-gzip"} and response.body[:2] == b"\x1f\x8b"
        if is_gzip and is_cut_off(response.body, self._longest_bytes):
            raise ResponseDataLossError("the gzip stream ends before its end")
        return response


def is_cut_off(body: bytes, longest_bytes: int) -> bool:
    """Whether a gzip member has no end. What is broken otherwise, or unpacks to more than `longest_bytes`, is for others to judge."""
    stream, unpacked, rest = zlib.decompressobj(GZIP_WINDOW), 0, body
    try:
        while rest and not stream.eof:
            unpacked += len(stream.decompress(rest, CHUNK_BYTES))
            rest = stream.unconsumed_tail
            if unpacked > longest_bytes:
                return False
    except zlib.error:
        return False
    return not stream.eof
