"""inbusiness.kz: business and economy in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Override, Site, Sitemap


class InbusinessKz(NewsSpider):
    """Level A. Seen by others: addresses (2021-26), both feeds (2026; the second is 642 kB and at times too slow), the news
    sitemap (2024-25), the day pages and the article's names (2022-23).

    Unverified: how the day pages mark their entries, a Kazakh version. `/index.php/ru/` and `/ru/` are
    one article.
    """

    name = "inbusiness_kz"
    site = Site(
        name="inbusiness_kz",
        home="https://inbusiness.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://inbusiness.kz/ru/rss", language="ru"),
            Feed(url="https://inbusiness.kz/rss"),
            Sitemap(url="https://inbusiness.kz/gnews-sitemap.xml"),
            DayPages(url="https://inbusiness.kz/ru/lastnews?date=%Y-%m-%d", date="time[datetime]", language="ru"),
        ),
        article_url=r"https://inbusiness\.kz/(?:index\.php/)?ru/(?:last|news|author_news)/[^/?]+$",
        not_article=(
            r"inbusiness\.kz/(?:(?:index\.php/)?ru/)?(?:tv_programs|hr|ratings|specprojects)(?:/|$)",
            r"/amp(?:/|$)",
        ),
        outlets=("inbusiness.kz", "Inbusiness.kz", "inbusiness", "Atameken Business"),
        overrides=(Override(title="div.newscont h1", body="div.text:has(> p)", date="div.extra time"),),
    )
