"""What a crawl may ask for: http(s) addresses of the site's own hosts, and no private one unless the site is."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.crawl.private_hosts import is_private_host
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.resolver import PublicAddressResolver, proxy_host
from newscrawl.page import Fate
from newscrawl.site import Site, host_of


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
        if not isinstance(site, Site):
            return
        refuse_foreign_address(request.url, site)
        # A redirect inherits the slot of the host that it comes from: its target would be asked from two queues at once.
        request.meta["download_slot"] = urlsplit(request.url).hostname or ""
        if site.private:
            PublicAddressResolver.private_names.update(
                urlsplit(f"//{host}").hostname or host for host in site.all_hosts
            )
        if site.proxy:
            PublicAddressResolver.private_names.add(proxy_host(site.proxy))
            request.meta.setdefault("proxy", site.proxy)


def refuse_foreign_address(url: str, site: Site) -> None:
    """Raises `RefusedRequest` where the scheme is not http(s), the host is private though the site is not, or foreign."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusedRequest(Fate.UNSAFE, f"the address cannot be read ({error})") from None
    if parts.scheme not in {"http", "https"}:
        raise RefusedRequest(Fate.UNSAFE, f"the scheme is {parts.scheme!r}; only http and https are fetched")
    if "@" in parts.netloc:
        raise RefusedRequest(Fate.UNSAFE, "the address holds a user name or a password")
    if not site.owns(url):
        literal = is_private_host(parts.hostname or "")
        fate = Fate.UNSAFE if literal else Fate.OFFSITE
        raise RefusedRequest(fate, f"{host_of(url) or url!r} is not a host of site {site.name}")
    if is_private_host(parts.hostname or "") and not site.private:
        raise RefusedRequest(Fate.UNSAFE, f"{parts.hostname} is a private address")
