"""astanatimes.com: news of Kazakhstan in English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class AstanatimesCom(NewsSpider):
    """Level A. Seen by others: addresses (2021-26), the feed (2026). WordPress; the month is in the address.

    Unverified: whether the feed goes on under `?paged=2`, a WordPress API, a sitemap, the article's
    layout (an older one, of no known year, had its paragraphs in `div.post`).
    """

    name = "astanatimes_com"
    site = Site(
        name="astanatimes_com",
        home="https://astanatimes.com/",
        languages=("en",),
        timezone="Asia/Almaty",
        sources=(Feed(url="https://astanatimes.com/feed/", language="en", paged=True),),
        article_url=r"https://astanatimes\.com/20\d{2}/\d{2}/[^/]+/$",
        not_article=(r"astanatimes\.com/(?:.*/)?(?:category|tag|author|page)/",),
        outlets=("The Astana Times", "Astana Times", "astanatimes.com"),
    )
