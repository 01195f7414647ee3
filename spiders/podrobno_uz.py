"""podrobno.uz: general news of Uzbekistan, Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class PodrobnoUz(NewsSpider):
    """Seen: the feed (2026, by two), addresses of 2021 to 2026. It runs Bitrix.

    Unverified: how a page is built and dated, a list, a sitemap. An address has neither day nor number: what the feed no
    longer lists has only its page to be dated by.
    """

    name = "podrobno_uz"
    site = Site(
        name="podrobno_uz",
        home="https://podrobno.uz/",
        languages=("ru",),
        timezone="Asia/Tashkent",
        sources=(Feed(url="https://podrobno.uz/rss/", language="ru"),),
        article_url=r"https://podrobno\.uz/cat/[^/?]+/[^/?]+/?$",
        outlets=("Podrobno.uz", "Подробно.uz", "ИА «Подробно.uz»"),
    )
