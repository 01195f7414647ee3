"""A name -> its address, or a refusal where a public name leads to a private one."""

from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.abstract import isIPv6Address
from twisted.internet.defer import Deferred, succeed

from newscrawl.crawl.private_hosts import is_private_host
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.page import Fate


class PublicAddressResolver(CachingThreadedResolver):
    """Name -> address, through Scrapy's cache; a public name that leads to a private address is not resolved.

    A name's owner chooses its address, so the check has to look at the answer. It is one IPv4 address, and that very
    address is connected to: other answers of the name are never used, and a second look-up cannot say something else.
    Literal addresses of IPv4 never come here, and behind a proxy no names do but the proxy's own.
    """

    # Names of sites that are private on purpose and of proxies that a site's file names; the names that were refused:
    # name -> the address it leads to.
    private_names: ClassVar[set[str]] = set()
    refused_names: ClassVar[dict[str, str]] = {}

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """The address of a name, or an error that says why it is refused."""
        # Scrapy's resolver knows IPv4 alone. The address itself was judged before the request was sent.
        if isIPv6Address(name):
            return succeed(name)
        found: Deferred[str] = super().getHostByName(name, timeout)
        if is_private_host(name) or name in self.private_names or name in _own_proxies():
            return found
        return found.addCallback(_refuse_private_answer, name)


def proxy_host(proxy: str) -> str:
    """The host of a proxy's address, which people also write without its scheme; "" when it has none."""
    try:
        return urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname or ""
    except ValueError:
        return ""


def _own_proxies() -> set[str]:
    return {proxy_host(proxy) for proxy in getproxies().values()}


def _refuse_private_answer(address: str, name: str) -> str:
    if is_private_host(address):
        PublicAddressResolver.refused_names[name] = address
        raise RefusedRequest(Fate.UNSAFE, f"{name} leads to the private address {address}")
    return address
