"""timesca.com: The Times of Central Asia, English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class TimescaCom(NewsSpider):
    """Seen: the feed in use (2026; one machine was answered 403), addresses of 2024 to 2026. It runs WordPress.

    Unverified: how a page is built and dated, an API or a sitemap. Its zone is not known: a clock that states none is a day.
    """

    name = "timesca_com"
    site = Site(
        name="timesca_com",
        home="https://timesca.com/",
        languages=("en",),
        sources=(Feed(url="https://timesca.com/feed/", language="en", paged=True),),
        article_url=r"https://timesca\.com/(?!(?:category|tag|author|page)/)[a-z0-9-]{10,}/$",
        outlets=("The Times Of Central Asia", "The Times of Central Asia", "Times of Central Asia", "TCA"),
    )
