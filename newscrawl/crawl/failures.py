"""An answer or a failure of the network -> the fate of the address, and in words why."""

import zlib
from gzip import BadGzipFile

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed

from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.resolver import PublicAddressResolver
from newscrawl.page import Fate
from newscrawl.site import host_of

# The first class that fits says it: the order matters where one is another's subclass.
NETWORK_FATES: tuple[tuple[type[Exception], Fate, str], ...] = (
    (DownloadTimeoutError, Fate.TIMEOUT, "no whole answer in time"),
    (DownloadConnectionRefusedError, Fate.CONNECT_ERROR, "the connection was refused"),
    (DownloadCancelledError, Fate.TOO_LARGE, "the answer is larger than is fetched"),
    (ResponseDataLossError, Fate.BAD_RESPONSE, "the answer was cut off before its announced end"),
    (DownloadFailedError, Fate.CONNECT_ERROR, "the connection failed"),
    (UnsupportedURLSchemeError, Fate.UNSAFE, "the scheme is not fetched"),
    (zlib.error, Fate.BAD_RESPONSE, "the answer is not compressed as it says"),
    (EOFError, Fate.BAD_RESPONSE, "the compressed answer was cut off"),
    (BadGzipFile, Fate.BAD_RESPONSE, "the answer is not compressed as it says"),
    (ConnectError, Fate.CONNECT_ERROR, "the connection failed"),
    (ConnectionClosed, Fate.CONNECT_ERROR, "the connection failed"),
    (OSError, Fate.CONNECT_ERROR, "the connection failed"),
)


def failure_fate(error: BaseException, url: str) -> tuple[Fate, str]:
    """What an exception of the downloader means for the address."""
    if isinstance(error, RefusedRequest):
        return error.fate, error.detail
    if isinstance(error, IgnoreRequest):
        return _ignored_fate(error)
    if isinstance(error, CannotResolveHostError):
        return _unresolved_fate(url)
    if isinstance(error, DownloadFailedError) and _is_no_http(error):
        return Fate.BAD_RESPONSE, f"the answer is no HTTP ({_said(error)})"
    if type(error).__name__ == "TunnelError":  # by name: to import its module costs every command 0.25 s
        return Fate.CONNECT_ERROR, f"the proxy made no connection ({_said(error)})"
    for kind, fate, words in NETWORK_FATES:
        if isinstance(error, kind):
            return fate, f"{words} ({_said(error)})"
    return Fate.BAD_RESPONSE, f"the answer cannot be used ({_said(error)})"


def _ignored_fate(error: IgnoreRequest) -> tuple[Fate, str]:
    if "DOWNLOAD_MAXSIZE" in str(error):
        return Fate.TOO_LARGE, "the answer is larger than is fetched once it is decompressed"
    if "redirections" in str(error):
        return Fate.BAD_RESPONSE, "redirects without an end"
    return Fate.BAD_RESPONSE, str(error)


def _unresolved_fate(url: str) -> tuple[Fate, str]:
    name = host_of(url).partition(":")[0]
    address = PublicAddressResolver.refused_names.get(name)
    if address:
        return Fate.UNSAFE, f"{name} leads to the private address {address}"
    return Fate.DNS_ERROR, f"the name {name} has no address"


def _is_no_http(error: BaseException) -> bool:
    """Whether Twisted could not parse the answer: Scrapy wraps that in the same error as a connection that was lost."""
    reasons = getattr(error.__cause__, "reasons", None) or ()
    return any(type(reason.value).__module__.startswith("twisted.web.") for reason in reasons)


def _said(error: BaseException) -> str:
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def answer_fate(response: Response) -> tuple[Fate, str] | None:
    """What the status of an answer means for the address; None when it is a page to be read."""
    status = response.status
    if status == 304:
        return _unchanged_fate(response)
    if status == 206:
        return Fate.BAD_RESPONSE, "the server answered 206: a part of the page, which nobody asked for"
    if 200 <= status < 300:
        return _body_fate(response)
    if status in {404, 410}:
        return Fate.GONE, f"the server answered {status}"
    if status == 429:
        return Fate.THROTTLED, _with_retry_after(response)
    if status in {401, 402, 403, 407, 451}:
        return Fate.BLOCKED, f"the server answered {status}"
    if status >= 500:
        return Fate.SERVER_ERROR, _with_retry_after(response)
    return Fate.BAD_RESPONSE, _with_location(response)


def _with_location(response: Response) -> str:
    # A redirect that comes this far was not followed: it leads to another scheme, or nowhere.
    location = " ".join((response.headers.get("Location") or b"").decode("latin-1").split())[:100]
    return f"the server answered {response.status}" + (f" and sends to {location!r}" if location else "")


def _unchanged_fate(response: Response) -> tuple[Fate, str]:
    asked = response.request
    if asked is None or "If-None-Match" in asked.headers or "If-Modified-Since" in asked.headers:
        return Fate.NOT_MODIFIED, "304: unchanged since the last visit"
    return Fate.BAD_RESPONSE, "the server answered 304 to a request that did not ask what had changed"


def _with_retry_after(response: Response) -> str:
    after = (response.headers.get("Retry-After") or b"").decode("latin-1")[:60]
    return f"the server answered {response.status}" + (f", Retry-After: {after}" if after else "")


def _body_fate(response: Response) -> tuple[Fate, str] | None:
    if not response.body:
        return Fate.EMPTY, f"the server answered {response.status} with an empty body"
    return None


READABLE_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
# What is no page today and will be none tomorrow: it is not asked for again. JSON or "octet-stream" may be a mistake that passes.
FILE_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/x-", "application/vnd.",
              "application/msword", "application/rtf", "application/gzip", "application/epub", "application/java-archive")  # fmt: skip
# Of servers that call every file text/html or octet-stream. No page in any encoding begins like this.
FILE_MARKS = (
    (b"%PDF-", "a PDF"), (b"\x89PNG\r\n", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"PK\x03\x04", "an archive"), (b"Rar!\x1a\x07", "an archive"), (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"\x1f\x8b\x08", "an archive"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "an office document"), (b"ID3", "a recording"),
)  # fmt: skip


def unreadable_fate(response: Response) -> tuple[Fate, str] | None:
    """What an answer means that is no page of text: `filtered` for a file (a picture, a PDF, an archive), `bad_response`
    for a type that a mistake of the server may explain; None for a page."""
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1").split(";")[0].strip().lower()
    mark = next((what for mark, what in FILE_MARKS if response.body.startswith(mark)), "")
    if mark or content_type.startswith(FILE_TYPES):
        return Fate.FILTERED, f"the answer is {mark or content_type}, a file and no page"
    if content_type and not content_type.startswith(READABLE_TYPES):
        return Fate.BAD_RESPONSE, f"the answer is {content_type}, not a page of text"
    return None
