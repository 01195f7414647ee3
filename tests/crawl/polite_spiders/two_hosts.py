"""A spider of a site with two hosts."""

from dataclasses import replace
from typing import Any

from newscrawl.crawl.web import WebSpider


class TwoHosts(WebSpider):
    """As `web`; the machine's other name belongs to the site, too."""

    name = "two_hosts"

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name, **given)
        other = self.site.home.replace("127.0.0.1", "localhost").split("/")[2]
        self.site = replace(self.site, hosts=(*self.site.hosts, other))
