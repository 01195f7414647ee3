"""Any site by its address: `scrapy crawl web -a url=https://example.kz/`."""

from newscrawl.crawl.web import WebSpider


class Web(WebSpider):
    """The site comes from the address; see `newscrawl.crawl.web`."""

    name = "web"
