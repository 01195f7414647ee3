"""robots.txt of a host, by RFC 9309: who may be asked, and how slowly. Nothing of a host passes before its file is known."""

import asyncio
import logging
from datetime import timedelta

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.crawl.clock import Clock
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.hosts import HostMemory
from newscrawl.crawl.refusals import RefusedRequest, StoppedRequest
from newscrawl.crawl.robots_file import MAX_FILE_BYTES, HostRules, read_robots, rules_of
from newscrawl.page import Fate
from newscrawl.site import Site, host_of
from newscrawl.store.hosts import RobotsCopy

logger = logging.getLogger(__name__)
FIRST_PRIORITY = 1000
# A copy counts that long (RFC 9309, 2.4), and nothing is asked of the host meanwhile.
COPY_COUNTS_FOR = timedelta(days=1)
# The addresses of a host whose file could not be had: the next hourly run is to find them in the queue.
ASKED_AGAIN_AFTER = timedelta(minutes=30)
# What a compressed file may unfold to; of what came of it the first 500 KiB are read.
MAX_UNFOLDED_BYTES = 10 * 2**20


class RobotsMiddleware:
    """Downloader middleware. Of requests that wait for one file, the first fetches it and all obey it.

    Scrapy's own lets the others through while the file loads (4 of 6 disallowed requests were fetched) and takes 5xx,
    silence and garbage for "allowed". One file counts for a host's http and https, and for a day, also in later runs.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = Clock.from_settings(crawler.settings)
        self._rules: dict[str, asyncio.Task[HostRules]] = {}
        self._longest_delay_s = crawler.settings.getfloat("NEWSCRAWL_CRAWL_DELAY_MAX_S")
        self._cut_delays: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """As Scrapy makes it."""
        robots = cls(crawler)
        crawler.signals.connect(robots.bytes_came, signals.bytes_received)
        return robots

    async def process_request(self, request: Request) -> None:
        """Raises `RefusedRequest` where the host's file forbids the address, or could not be had."""
        if not isinstance(getattr(self._crawler.spider, "site", None), Site):
            return
        if request.meta.get("robots_file"):
            # No limit that is checked against an announced length: bytes_came() ends the download.
            request.meta["download_maxsize"] = 0
            request.meta["robots_bytes"] = 0
            return
        rules = await self._rules_for(request)
        if rules.refused:
            raise RefusedRequest(Fate.ROBOTS, rules.refused, due_at=self._clock.now() + ASKED_AGAIN_AFTER)
        if not rules.allows(request.url):
            raise RefusedRequest(Fate.ROBOTS, "robots.txt forbids this address")
        self._slow_down(request, rules)

    def text_of(self, url: str) -> str | None:
        """The file's text for an address whose host was asked already; None when there is none."""
        task = self._rules.get(host_of(url))
        if task is None or not task.done() or task.cancelled() or task.exception() is not None:
            return None
        return task.result().text or None

    def bytes_came(self, data: bytes, request: Request) -> None:
        """Raises `StopDownload` where enough of a file is there: what came is read."""
        if not request.meta.get("robots_file"):
            return
        # The answer's head is past: from here on the limit is the one for unfolding what is compressed.
        request.meta["download_maxsize"] = MAX_UNFOLDED_BYTES
        request.meta["robots_bytes"] += len(data)
        if request.meta["robots_bytes"] >= MAX_FILE_BYTES:
            raise StopDownload(fail=False)

    async def _rules_for(self, request: Request) -> HostRules:
        host = host_of(request.url)
        task = self._rules.get(host)
        if task is None:
            parts = urlparse_cached(request)
            url = f"{parts.scheme}://{parts.netloc}/robots.txt"
            task = self._rules[host] = asyncio.ensure_future(self._find(host, url))
        try:
            return await asyncio.shield(task)
        except RefusedRequest:
            # The host is paused: whoever comes after the pause asks anew.
            if self._rules.get(host) is task:
                del self._rules[host]
            raise

    async def _find(self, host: str, url: str) -> HostRules:
        memory = HostMemory.of(self._crawler)
        now, copy = self._clock.now(), (await memory.known(host)).robots
        # A copy from the future: the clock was set back.
        if copy is not None and timedelta(0) <= now - copy.fetched_at < COPY_COUNTS_FOR:
            return rules_of(copy.text)
        status, rules = await self._fetch(url)
        if rules.refused:
            logger.warning("%s: %s", host, rules.refused)
            recorder = self._crawler.get_extension(FateRecorder)
            if recorder is not None:
                recorder.visit.kept_out = f"{host}: {rules.refused}"
            await memory.postpone(host, self._clock.now() + ASKED_AGAIN_AFTER)
        else:
            await memory.keep_robots(host, RobotsCopy(status=status, text=rules.text, fetched_at=self._clock.now()))
        return rules

    async def _fetch(self, url: str) -> tuple[int | None, HostRules]:
        request = Request(
            url, callback=NO_CALLBACK, priority=FIRST_PRIORITY, meta={"robots_file": True}, dont_filter=True
        )
        try:
            response: Response = await self._crawler.engine.download_async(request)
        except StoppedRequest:
            raise  # nothing was learnt of the host
        except RefusedRequest as refused:
            if refused.fate is Fate.THROTTLED:
                raise
            # Led off the site. We ask no stranger, also not for rules; the host itself has published none.
            logger.warning("%s is not at its place (%s): taken for no restrictions", url, refused.detail)
            return None, HostRules()
        except IgnoreRequest as error:
            # Redirects without an end, or a bomb: RFC 9309 (2.3.1.2) lets a crawler take that for "not there".
            logger.warning("%s cannot be read (%s): taken for no restrictions", url, error)
            return None, HostRules()
        except Exception as error:  # noqa: BLE001 - any failure to get the file means: keep out
            return None, HostRules(refused=f"robots.txt could not be fetched ({type(error).__name__}: {error})")
        return response.status, read_robots(response.status, response.body)

    def _slow_down(self, request: Request, rules: HostRules) -> None:
        delay_s = rules.crawl_delay_s
        if delay_s is None:
            return
        _, slot = self._crawler.engine.downloader._get_slot(request)  # noqa: SLF001 - Scrapy has no other way to a host's delay
        wanted_s = min(delay_s, self._longest_delay_s)
        host = host_of(request.url)
        if delay_s > wanted_s and host not in self._cut_delays:
            self._cut_delays.add(host)
            logger.warning("%s asks for a Crawl-delay of %.0f s; %.0f s are kept", host, delay_s, wanted_s)
        slot.delay = max(slot.delay, wanted_s)
