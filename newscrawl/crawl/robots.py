"""robots.txt of a host, by RFC 9309: who may be asked, and how slowly. Nothing of a host passes before its file is known."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.crawl.politeness import RefusedRequest
from newscrawl.page import Fate
from newscrawl.site import Site

logger = logging.getLogger(__name__)
PRODUCT_TOKEN = "newscrawl"  # noqa: S105 - the name that a robots.txt knows a crawler by
MAX_FILE_BYTES = 500 * 1024  # what RFC 9309 (2.5) asks a crawler to read at least; the rest is not looked at
FIRST_PRIORITY = 1000


@dataclass(slots=True)
class HostRules:
    """What a host's robots.txt says. `rules` None and `refused` "": no restrictions; `refused`: why nothing may be fetched."""

    rules: Any = None
    refused: str = ""
    text: str = ""

    def allows(self, url: str) -> bool:
        """Whether newscrawl may fetch the address."""
        return self.rules is None or bool(self.rules.can_fetch(url, PRODUCT_TOKEN))

    @property
    def crawl_delay_s(self) -> float | None:
        """Its Crawl-delay for newscrawl, in seconds."""
        delay = self.rules.crawl_delay(PRODUCT_TOKEN) if self.rules is not None else None
        return float(delay) if delay else None


def read_robots(status: int, body: bytes) -> HostRules:
    """The answer to robots.txt -> rules: 4xx allows everything, 5xx nothing (RFC 9309, 2.3.1)."""
    if status >= 500 or status == 429:
        return HostRules(refused=f"robots.txt answered {status}: nothing is fetched from this host in this run")
    if status >= 400:
        return HostRules()
    text = body[:MAX_FILE_BYTES].decode("utf-8-sig", errors="replace")
    return HostRules(rules=Protego.parse(text), text=text)


class RobotsMiddleware:
    """Downloader middleware. Of requests that wait for one file, the first fetches it and all obey it.

    Scrapy's own lets the others through while the file loads (4 of 6 disallowed requests were fetched) and takes 5xx,
    silence and garbage for "allowed".
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[HostRules]] = {}
        self._longest_delay_s = crawler.settings.getfloat("NEWSCRAWL_CRAWL_DELAY_MAX_S")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises `RefusedRequest` where the host's file forbids the address, or could not be had."""
        spider = self._crawler.spider
        if request.meta.get("robots_file") or not isinstance(getattr(spider, "site", None), Site):
            return
        parts = urlparse_cached(request)
        if parts.netloc not in self._rules:
            self._rules[parts.netloc] = asyncio.ensure_future(
                self._fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
            )
        rules = await asyncio.shield(self._rules[parts.netloc])
        if rules.refused:
            raise RefusedRequest(Fate.ROBOTS, rules.refused)
        if not rules.allows(request.url):
            raise RefusedRequest(Fate.ROBOTS, "robots.txt forbids this address")
        self._slow_down(request, rules)

    def text_of(self, url: str) -> str | None:
        """The file's text for an address whose host was asked already; None when there is none."""
        task = self._rules.get(urlsplit(url).netloc)
        return task.result().text or None if task is not None and task.done() and not task.cancelled() else None

    async def _fetch(self, url: str) -> HostRules:
        request = Request(
            url, callback=NO_CALLBACK, priority=FIRST_PRIORITY, meta={"robots_file": True}, dont_filter=True
        )
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except IgnoreRequest as error:
            # Redirected off the site, or too large: RFC 9309 lets a crawler take that for "not there".
            logger.info("%s: %s; taken for no restrictions", url, error)
            return HostRules()
        except Exception as error:  # noqa: BLE001 - any failure to get the file means: keep out
            return HostRules(refused=f"robots.txt could not be fetched ({type(error).__name__}: {error})")
        return read_robots(response.status, response.body)

    def _slow_down(self, request: Request, rules: HostRules) -> None:
        delay_s = rules.crawl_delay_s
        if delay_s is None:
            return
        host = request.meta.get("download_slot") or urlparse_cached(request).hostname or ""
        _, slot = self._crawler.engine.downloader._get_slot(request)  # noqa: SLF001 - Scrapy has no other way to a host's delay
        wanted_s = min(delay_s, self._longest_delay_s)
        if slot.delay >= wanted_s:
            return
        if delay_s > wanted_s:
            logger.warning("%s asks for a Crawl-delay of %.0f s; %.0f s are kept", host, delay_s, wanted_s)
        slot.delay = wanted_s
