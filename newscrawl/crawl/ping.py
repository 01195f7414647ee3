"""A run's begin and end -> requests to a watchdog such as Healthchecks, which raises the alarm when one is missing.

`URL/start` when the run has its lock, `URL/<exit code>` at its end with the summary as body. What the watchdog answers, or
that it does not, never changes what the run does: it is logged, without the address, which is as good as a password.
"""

import logging
import threading
import urllib.request
from http.client import HTTPException
from urllib.parse import urlsplit, urlunsplit

from newscrawl import __version__

logger = logging.getLogger(__name__)
# A request, and the whole of it with the look-up of the name, which no time-out of a socket bounds.
ANSWER_TIMEOUT_S, PING_TIMEOUT_S = 3.0, 4.0
LONGEST_BODY = 10_000  # Healthchecks keeps so much
_READ_BYTES = 1_000


def check_ping_address(url: str) -> str:
    """The address, when it can be pinged: http or https, with a host. ValueError with a plain reason else."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("only an address of http:// or https:// can be pinged")
    return url


class Ping:
    """Tells the watchdog at `url` of one run."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.OpenerDirector()
        # Not the standard opener: that one would follow a redirect to ftp:. The proxies are the environment's.
        for opened in (
            urllib.request.ProxyHandler,
            urllib.request.HTTPHandler,
            urllib.request.HTTPSHandler,
            urllib.request.HTTPRedirectHandler,
            urllib.request.HTTPDefaultErrorHandler,
            urllib.request.HTTPErrorProcessor,
        ):
            self._opener.add_handler(opened())

    def begins(self) -> None:
        """The run has begun."""
        self._send("start", "")

    def ends(self, exit_code: int, summary: str) -> None:
        """The run has come to this."""
        self._send(str(exit_code), summary)

    def _send(self, what: str, body: str) -> None:
        # A name server that does not answer holds a thread for half a minute: it is left behind, and ends with the process.
        sending = threading.Thread(target=self._request, args=(what, body), daemon=True, name="newscrawl-ping")
        sending.start()
        sending.join(PING_TIMEOUT_S)
        if sending.is_alive():
            logger.warning("the ping %r to %s had no answer in %g s", what, self._host, PING_TIMEOUT_S)

    @property
    def _host(self) -> str | None:
        return urlsplit(self._url).hostname

    def _request(self, what: str, body: str) -> None:
        parts = urlsplit(self._url)
        url = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{what}", fragment=""))
        request = urllib.request.Request(  # noqa: S310 - check_ping_address() lets http and https through
            url,
            data=body.encode("utf-8", "replace")[:LONGEST_BODY],
            headers={"User-Agent": f"newscrawl/{__version__}", "Content-Type": "text/plain; charset=utf-8"},
        )
        try:
            with self._opener.open(request, timeout=ANSWER_TIMEOUT_S) as answer:
                answer.read(_READ_BYTES)
        except (OSError, HTTPException, ValueError) as error:
            # Not the error's own words: they may hold the address.
            code = getattr(error, "code", None)
            logger.warning("the ping %r to %s failed (%s)", what, self._host, code or type(error).__name__)
