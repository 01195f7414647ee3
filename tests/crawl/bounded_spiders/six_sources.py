"""A spider of a site whose sources are of every kind."""

from dataclasses import replace
from typing import Any, ClassVar

from newscrawl.crawl.spider import NewsSpider
from newscrawl.crawl.web import WEB_ARGUMENTS, site_of
from newscrawl.site import DayPages, Feed, Listing, Sitemap


class SixSources(NewsSpider):
    """Two feeds, a list, day pages, an index of sitemaps and a news sitemap, on the site that `url` names."""

    name = "six_sources"
    known_arguments: ClassVar[dict[str, str]] = WEB_ARGUMENTS

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        site = site_of(given["url"], given.get("timezone"))
        home = site.home
        sources = (
            Feed(url=f"{home}feed.xml"),
            Feed(url=f"{home}feed-kk.xml", language="kk"),
            Sitemap(url=f"{home}index.xml"),
            Sitemap(url=f"{home}news-map.xml"),
            Listing(url=f"{home}list/", next_url=f"{home}list/{{page}}"),
            DayPages(url=f"{home}day/%Y-%m-%d", days=1),
        )
        self.site = replace(site, sources=sources)
