"""kg.akipress.org, akipress.com and tazabek.kg: the news agency AKIpress, Russian and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Override, Site


class KgAkipressOrg(NewsSpider):
    """Seen: the feeds (2026), addresses of 2021 to 2026. The Russian one answers feed readers such as `Name/1.0 (+https://...)`
    only, which is what newscrawl calls itself once a contact is set; a browser or a `...Bot` gets a page of scripts.

    Told by others: the names of the body. Unverified: title and date on the page, whether articles need scripts, too.
    """

    name = "kg_akipress_org"
    site = Site(
        name="kg_akipress_org",
        home="https://kg.akipress.org/",
        hosts=("akipress.com", "m.akipress.org", "tazabek.kg", "www.tazabek.kg"),
        languages=("ru", "en"),
        timezone="Asia/Bishkek",
        sources=(
            Feed(url="https://kg.akipress.org/rss", language="ru"),
            Feed(url="https://akipress.com/rss/en.rss", language="en"),
            Feed(url="https://akipress.com/rss/", language="en"),
            Feed(url="https://tazabek.kg/rss/news.rss", language="ru"),
        ),
        article_url=r"https?://(?:(?:kg\.)?akipress\.(?:org|com)|(?:www\.)?tazabek\.kg)/news:\d+",
        outlets=("AKIpress", "АКИpress", "Tazabek", "Turmush"),
        overrides=(Override(body=".article-text, .news_in"),),
    )
