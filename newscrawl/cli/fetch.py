"""A URL -> one page, for a person who asks for that page: http and https, certificates verified, bounded in size and time."""

from datetime import datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from newscrawl import __version__
from newscrawl.page import Page

FETCH_TIMEOUT_S = 45
MAX_BODY_BYTES = 10 * 1024 * 1024


class FetchError(Exception):
    """The page could not be had: the message names the address and says why."""


def fetch_page(url: str, now: datetime) -> Page:
    """Fetch one page (redirects followed). Raises `FetchError`."""
    request = Request(url, headers={"User-Agent": f"newscrawl/{__version__}", "Accept": "text/html,*/*;q=0.8"})  # noqa: S310
    try:
        with urlopen(request, timeout=FETCH_TIMEOUT_S) as answer:  # noqa: S310 - the caller lets only http and https here
            body = answer.read(MAX_BODY_BYTES + 1)
            headers = tuple(answer.headers.items())
            final_url, status = answer.geturl(), answer.status
    except HTTPError as error:
        raise FetchError(f"{url}: the server answered {error.code}") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise FetchError(f"{url} cannot be fetched: {getattr(error, 'reason', None) or error}") from None
    if len(body) > MAX_BODY_BYTES:
        raise FetchError(f"{url}: the page is larger than {MAX_BODY_BYTES} bytes")
    return Page(url=url, final_url=final_url, status=status, headers=headers, body=body, fetched_at=now)
