"""asiaplustj.info: Asia-Plus of Dushanbe in Russian, Tajik and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class AsiaplustjInfo(NewsSpider):
    """Seen: the feed (2026, at times broken); addresses of 2019 to 2025, under /ru/news/, with a day such as /20250929/ before the words.

    Told by others (about 2023): the list, the names on a page. Unverified: whether all articles have such an address (so
    that it is no pattern here), the layout today, lists in Tajik and English, how the list goes on, a sitemap.
    """

    name = "asiaplustj_info"
    site = Site(
        name="asiaplustj_info",
        home="https://asiaplustj.info/",
        hosts=("www.asiaplustj.info",),
        languages=("ru", "tg", "en"),
        timezone="Asia/Dushanbe",
        sources=(
            Feed(url="https://asiaplustj.info/rss/"),
            Listing(url="https://asiaplustj.info/ru/news/all", language="ru"),
        ),
        outlets=("Asia-Plus", "Asia Plus", "Азия-Плюс", "ASIA-Plus", "Осиё-Плюс"),
        overrides=(Override(title="h1.atitle", body="div.article-body.js-mediator-article", date="div.article-info"),),
    )
