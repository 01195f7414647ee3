"""Any address -> a site of its own and a crawl of it: sources are found on its pages."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.arguments import COMMON_ARGUMENTS, ArgumentError
from newscrawl.crawl.misses import without_misses
from newscrawl.crawl.private_hosts import is_private_host
from newscrawl.crawl.robots import RobotsMiddleware
from newscrawl.crawl.sources import SourcePage, pages_of
from newscrawl.crawl.spider import NewsSpider
from newscrawl.discovery.autodiscovery import find_sources, is_probably_article
from newscrawl.page import Candidate
from newscrawl.site import Listing, Site, SiteError, Source, host_of
from newscrawl.urls import is_http_url

WEB_ARGUMENTS = COMMON_ARGUMENTS | {
    "url": "url=URL: the site's front page, or any page of it (needed)",
    "timezone": "timezone=ZONE: the site's time zone, for example timezone=Asia/Almaty; without it a clock that states no zone is not believed",
    "languages": "languages=CODES: what the site is written in, for example languages=kk,ru",
}


def site_of(url: str, timezone: str | None = None, languages: str | None = None) -> Site:
    """A `Site` for an address that no site's file claims. Raises `ArgumentError`."""
    if "//" not in url:
        url = f"https://{url}"
    if not is_http_url(url):
        raise ArgumentError(f"url={url} is no http or https address")
    host, home = host_of(url), urljoin(url, "/")
    try:
        return Site(
            name=re.sub(r"[^a-z0-9]+", "_", host.lower()).strip("_"),
            home=home,
            # Many a front page leads to the same host with or without www.
            hosts=(host.removeprefix("www.") if host.startswith("www.") else f"www.{host}",),
            languages=tuple(code.strip() for code in (languages or "").split(",") if code.strip()),
            timezone=timezone,
            sources=(Listing(url=home),),
            private=is_private_host(urlsplit(url).hostname or ""),
        )
    except SiteError as error:
        raise ArgumentError(str(error)) from None


class WebSpider(NewsSpider):
    """Crawls a site that has no file: the page given and the front page tell its feeds, sitemaps and sections."""

    known_arguments: ClassVar[dict[str, str]] = WEB_ARGUMENTS

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        if not given.get("url"):
            raise ArgumentError("spider 'web' needs an address: -a url=https://example.kz/")
        self.url: str = given["url"] if "//" in given["url"] else f"https://{given['url']}"
        self.site = site_of(self.url, given.get("timezone"), given.get("languages"))
        self._known: set[str] = set()

    async def begin(self) -> None:
        """As for every site, with the page that was given."""
        if self.arguments.urls is None:
            if is_probably_article(self.url, self.site.home):
                await self.enlister.enlist([Candidate(url=self.url, found_in="url", kind="urls")])
            elif self.url != self.site.home:
                self._known.add(self.url)
                await self.ask_for([SourcePage(source=Listing(url=self.url), url=self.url)])
        self._known.add(self.site.home)
        await super().begin()

    async def _source_request(self, place: SourcePage) -> Request:
        """As for every site; a front page is asked for whole, since what it names has to be asked each time."""
        request = await super()._source_request(place)
        if place.url in {self.site.home, self.url}:
            for name in ("If-None-Match", "If-Modified-Since"):
                request.headers.pop(name, None)
        return request

    async def parse_source(self, response: Response, place: SourcePage, known_hash: str | None = None) -> None:
        """As for every site; a front page also tells where the news are listed."""
        if place.url in {self.site.home, self.url} and response.status == 200:
            found: list[SourcePage] = []
            robots = self._robots_text(response.url)
            for source in await self._worth_asking(find_sources(response.body, response.url, robots)):
                if source.url not in self._known and self.site.owns(source.url):
                    self._known.add(source.url)
                    found += pages_of(source, self.site, self.arguments, self.recorder.now())
            await self.ask_for(found)
        await super().parse_source(response, place, known_hash)

    async def _worth_asking(self, sources: Iterable[Source]) -> list[Source]:
        """Without those that were no source when they were last asked, which is not long ago: twelve usual places on a site
        that has none of them would cost more each hour than its news."""
        return await self.recorder.write(partial(without_misses, sources=list(sources), now=self.recorder.now()))

    def _robots_text(self, url: str) -> str | None:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        return robots.text_of(url) if robots else None
