"""A URL -> one page, for a person who asks for that page: http and https, certificates verified, bounded in size and time."""

import time
import zlib
from datetime import datetime
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from newscrawl.page import Page

SILENCE_TIMEOUT_S = 45
WHOLE_TIMEOUT_S = 120  # a server that sends a byte a second is never silent
MAX_BODY_BYTES = 10 * 1024 * 1024


class FetchError(Exception):
    """The page could not be had: the message names the address and says why."""


def fetch_page(url: str, now: datetime) -> Page:
    """Fetch one page (redirects followed). Raises `FetchError`."""
    from w3lib.url import safe_url_string

    from newscrawl.settings import NEWSCRAWL_CONTACT, USER_AGENT  # imports Scrapy

    agent = f"{USER_AGENT} (+{NEWSCRAWL_CONTACT})" if NEWSCRAWL_CONTACT else USER_AGENT
    headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}
    try:
        # People paste addresses with Cyrillic in them.
        request = Request(safe_url_string(url), headers=headers)  # noqa: S310 - the opener knows no other scheme
        with _opener().open(request, timeout=SILENCE_TIMEOUT_S) as answer:
            body = _read(answer, url)
            fields = tuple(answer.headers.items())
            final_url, status = answer.geturl(), answer.status
    except HTTPError as error:
        raise FetchError(f"{url}: the server answered {error.code}") from None
    except (URLError, HTTPException, OSError, ValueError, zlib.error) as error:
        raise FetchError(f"{url} cannot be fetched: {getattr(error, 'reason', None) or error}") from None
    return Page(url=url, final_url=final_url, status=status, headers=fields, body=body, fetched_at=now)


def _opener() -> OpenerDirector:
    """Without `ftp:` and `file:`, which a redirect could lead to."""
    opener = OpenerDirector()
    for kind in (
        ProxyHandler,
        UnknownHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPDefaultErrorHandler,
        HTTPRedirectHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(kind())
    return opener


def _read(answer: HTTPResponse, url: str) -> bytes:
    """The body, decompressed, within the bounds of size and time."""
    zipped = (answer.headers.get("Content-Encoding") or "").strip().lower() in {"gzip", "x-gzip"}
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if zipped else None
    body, deadline = bytearray(), time.monotonic() + WHOLE_TIMEOUT_S
    while piece := answer.read1(65536):
        body += unzip.decompress(piece, MAX_BODY_BYTES + 1 - len(body)) if unzip else piece
        if len(body) > MAX_BODY_BYTES:
            raise FetchError(f"{url}: the page is larger than {MAX_BODY_BYTES} bytes")
        if time.monotonic() > deadline:
            raise FetchError(f"{url}: no whole answer in {WHOLE_TIMEOUT_S} s")
    return bytes(body)
