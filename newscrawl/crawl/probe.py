"""Questions to a site -> its answers, through the crawl's own politeness (robots.txt, delay, pauses, no private address).

Nothing is stored: what hosts asked of earlier runs is read from the database where there is one, and kept to.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import Settings

from newscrawl.crawl.answers import page_of
from newscrawl.crawl.clock import Clock
from newscrawl.crawl.failures import answer_fate, failure_fate
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.hosts import HostMemory
from newscrawl.crawl.project import data_folder
from newscrawl.crawl.robots import RobotsMiddleware
from newscrawl.crawl.spider import NewsSpider
from newscrawl.page import Fate, Page
from newscrawl.site import Site
from newscrawl.store.database import open_readonly
from newscrawl.store.errors import StoreError
from newscrawl.store.hosts import KnownHost, RobotsCopy, read_hosts

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
# A person waits for the answer.
TIMEOUT_S = 30
RETRIES = 1


class ProbeError(Exception):
    """The questions could not be asked at all: the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one address answered. fate: None where the answer is to be read; detail: in words why it is not."""

    url: str
    fate: Fate | None = None
    detail: str = ""
    response: Response | None = None
    page: Page | None = None


class ProbeMemory(HostMemory):
    """What hosts asked of earlier runs, as it stands in the database; what the questions teach is forgotten with them."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Never opened: it writes nothing, and takes the notes that a visit would show.
        self._notes = FateRecorder(crawler)

    @property
    def recorder(self) -> FateRecorder:
        """Where notes of pauses go."""
        return self._notes

    async def _read(self) -> dict[str, KnownHost]:
        path = data_folder(self._crawler.settings) / "newscrawl.db"
        if not path.exists():
            return {}
        site = self._crawler.spider.site  # type: ignore[union-attr]
        connection = open_readonly(path)
        try:
            return read_hosts(connection, hosts=site.all_hosts)
        finally:
            connection.close()

    async def keep_robots(self, host: str, copy: RobotsCopy) -> None:
        """Not kept."""

    async def postpone(self, host: str, until: datetime) -> None:
        """Nothing is queued."""

    async def write_down(self, put_off_after: datetime) -> None:
        """Pauses hold while the questions last."""
        self._unwritten.clear()


class Prober(NewsSpider):
    """Asks what its plan asks, one address at a time. `site` may gain hosts while the plan learns of them."""

    plan: Callable[["Prober"], Awaitable[None]]
    failed: BaseException | None = None

    async def start(self) -> AsyncIterator[Any]:
        """The plan from its beginning to its end; requests are awaited in it, none is left to Scrapy."""
        try:
            await type(self).plan(self)
        except Exception as error:  # noqa: BLE001 - raised again by run_probe(), where the command can see it
            type(self).failed = error
        nothing: tuple[Any, ...] = ()
        for never in nothing:
            yield never

    def now(self) -> datetime:
        """The crawl's clock."""
        return Clock.from_settings(self.crawler.settings).now()

    async def ask(self, url: str, *, robots_file: bool = False) -> Answered:
        """Fetch one address. Never raises for what a site does. robots_file: it is one, and asked for without asking it first."""
        logger.info("asking %s", url)
        meta = {"address": url} | ({"robots_file": True} if robots_file else {})
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
        try:
            response = await self.crawler.engine.download_async(request)
        except StoreError:
            raise  # what hosts have asked of us cannot be read: nothing is asked without it
        except Exception as error:  # noqa: BLE001 - any failure of the network is the address's fate
            fate, detail = failure_fate(error, url)
            return Answered(url=url, fate=fate, detail=detail)
        refused = answer_fate(response)
        page = page_of(response, url, None, self.now())
        if refused:
            return Answered(url=url, fate=refused[0], detail=refused[1], response=response, page=page)
        return Answered(url=url, response=response, page=page)

    def robots_text(self, url: str) -> str | None:
        """The robots.txt of a host that was asked already."""
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        return robots.text_of(url) if robots else None


def run_probe(settings: Settings, site: Site, plan: Callable[[Prober], Awaitable[Result]]) -> Result:
    """Ask as the plan does and return what it comes to. To be called once a process: a reactor starts only once."""
    results = run_probes(settings, [site], plan)
    if site.name not in results:
        raise ProbeError(f"{site.home}: the questions were broken off")
    return results[site.name]


def run_probes(
    settings: Settings, sites: Iterable[Site], plan: Callable[[Prober], Awaitable[Result]]
) -> dict[str, Result]:
    """Ask all sites at a time, each as the plan does: name -> what it comes to, without those that were broken off. To be called
    once a process."""
    results: dict[str, Result] = {}

    async def remembered(prober: Prober) -> None:
        results[prober.name] = await plan(prober)

    for name, value in {
        "EXTENSIONS": {"newscrawl.crawl.probe.ProbeMemory": 110},
        "ITEM_PIPELINES": {},
        "DOWNLOAD_TIMEOUT": TIMEOUT_S,
        "RETRY_TIMES": RETRIES,
        "HTTPERROR_ALLOW_ALL": True,
    }.items():
        settings.set(name, value, priority="spider")
    process = AsyncCrawlerProcess(settings)
    spiders = [_prober_of(site, remembered) for site in sites]
    for spider in spiders:
        process.crawl(process.create_crawler(spider))
    if spiders:
        process.start()
    for spider in spiders:
        if spider.failed is not None:
            raise spider.failed
    return results


def _prober_of(site: Site, plan: Callable[[Prober], Awaitable[None]]) -> type[Prober]:
    members = {"name": site.name, "site": site, "plan": staticmethod(plan), "__doc__": f"Asks {site.home}"}
    return type(f"ProberOf_{site.name}", (Prober,), members)


def bound(plan: Callable[..., Awaitable[Result]], *arguments: Any) -> Callable[[Prober], Awaitable[Result]]:
    """A plan with everything but its prober handed in."""
    return partial(_with_prober, plan, arguments)


async def _with_prober(plan: Callable[..., Awaitable[Result]], arguments: tuple[Any, ...], prober: Prober) -> Result:
    return await plan(prober, *arguments)
