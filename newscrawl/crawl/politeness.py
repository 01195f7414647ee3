"""What a crawl may ask for, and when: only the site's own public http(s) addresses, and not before a server wants it."""

import ipaddress
import logging
import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

from newscrawl.crawl.clock import Clock
from newscrawl.page import Fate
from newscrawl.site import Site, host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)


class RefusedRequest(IgnoreRequest):
    """A request that this crawl does not send: `fate` and, in words, why."""

    def __init__(self, fate: Fate, detail: str) -> None:
        super().__init__(f"{fate}: {detail}")
        self.fate = fate
        self.detail = detail


class AddressGuard:
    """Downloader middleware: lets a request of a site's spider through when it stays on the site's own hosts.

    Redirects and meta refreshes come by here too. Scrapy's own offsite filter is told to look away by `dont_filter`,
    which redirects inherit; this one cannot be told.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressGuard":
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises `RefusedRequest` for an address that is none of the site's."""
        site = getattr(self._crawler.spider, "site", None)
        if isinstance(site, Site):
            refuse_foreign_address(request.url, site)
            if site.private:
                PublicAddressResolver.private_names.update(host.partition(":")[0] for host in site.all_hosts)
            if site.proxy:
                request.meta.setdefault("proxy", site.proxy)


def refuse_foreign_address(url: str, site: Site) -> None:
    """Raises `RefusedRequest` where the scheme is not http(s), the host is private though the site is not, or foreign."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedRequest(Fate.UNSAFE, f"the address cannot be read ({error})") from None
    if parts.scheme not in {"http", "https"}:
        raise RefusedRequest(Fate.UNSAFE, f"the scheme is {parts.scheme!r}; only http and https are fetched")
    if parts.username or parts.password:
        raise RefusedRequest(Fate.UNSAFE, "the address holds a user name or a password")
    if not site.owns(url):
        literal = is_private_host(parts.hostname or "")
        fate = Fate.UNSAFE if literal else Fate.OFFSITE
        raise RefusedRequest(fate, f"{host_of(url) or url!r} is not a host of site {site.name}")
    if is_private_host(parts.hostname or "") and not site.private:
        raise RefusedRequest(Fate.UNSAFE, f"{parts.hostname} is a private address")


def is_private_host(host: str) -> bool:
    """Whether a host is written as an address that no public site has (loopback, private, link-local ...), or names this machine."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _literal_address(name.partition("%")[0])
    return address is not None and not _is_public(address)


# An IPv6 address that is an IPv4 one in the eyes of a network with NAT64 (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _literal_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:
        # The system's resolver takes these for addresses, too: 127.1, 0x7f.1, 0177.0.0.1, 2130706433.
        return ipaddress.IPv4Address(socket.inet_aton(name))
    except (OSError, ValueError):
        return None


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.sixtofour or (ipaddress.IPv4Address(address.packed[-4:]) if address in NAT64 else None)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


class PublicAddressResolver(CachingThreadedResolver):
    """Name -> address, through Scrapy's cache; a public name that leads to a private address is not resolved.

    A name's owner chooses its address, so the check has to look at the answer. Literal addresses never come here, and
    behind a proxy no names do but the proxy's own.
    """

    # Names of sites that are private on purpose, and the names that were refused: name -> the address it leads to.
    private_names: ClassVar[set[str]] = set()
    refused_names: ClassVar[dict[str, str]] = {}

    def getHostByName(self, name: str, timeout: "Sequence[int]" = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name, or an error that says why it is refused."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        if is_private_host(name) or name in self.private_names or name in self._own_proxies():
            return found
        return found.addCallback(_refuse_private_answer, name)

    @staticmethod
    def _own_proxies() -> set[str]:
        from urllib.request import getproxies

        return {host for url in getproxies().values() if (host := urlsplit(url).hostname)}


def _refuse_private_answer(address: str, name: str) -> str:
    if is_private_host(address):
        PublicAddressResolver.refused_names[name] = address
        raise RefusedRequest(Fate.UNSAFE, f"{name} leads to the private address {address}")
    return address


LEAST_DELAY_S = 0.001  # a slot without any delay does not look at when it was last used, and would not wait


class RetryAfterMiddleware:
    """Downloader middleware: a server that answers 429 or 503 with Retry-After is left alone that long.

    Stands before Scrapy's retry (its answer passes here first): the host's slot waits, the retry queues behind it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest_s = crawler.settings.getfloat("NEWSCRAWL_RETRY_AFTER_MAX_S")
        self._clock = Clock.from_settings(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RetryAfterMiddleware":
        """As Scrapy makes it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Hold the host's slot; a wait beyond the longest is not waited for: the answer stands, and is not tried again."""
        if response.status not in {429, 503}:
            return response
        wait_s = retry_after_s(response.headers.get("Retry-After"), self._clock.now())
        if wait_s is None:
            return response
        if wait_s > self._longest_s:
            request.meta["dont_retry"] = True
            return response
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            logger.info("%s asks for %.0f s of patience", host_of(request.url), wait_s)
            slot.delay = slot.delay or LEAST_DELAY_S
            slot.lastseen = max(slot.lastseen, monotonic() + wait_s - slot.delay)
        return response


def retry_after_s(value: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header (RFC 9110: delta-seconds or an HTTP date) asks for; None when it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
