"""newtimes.kz: general news in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site, Sitemap


class NewtimesKz(NewsSpider):
    """Level A. Seen by others: addresses (2022-26), the feed (2026), the sitemap index and how its news sitemaps are called
    (2024-25).

    Unverified: everything on the article's page.
    """

    name = "newtimes_kz"
    site = Site(
        name="newtimes_kz",
        home="https://newtimes.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://newtimes.kz/rss/"),
            Sitemap(url="https://newtimes.kz/sitemap.xml", children=r"sitemap\.news"),
        ),
        article_url=r"https://newtimes\.kz/[a-z-]+/\d+-[^/]+/?$",
        not_article=(r"newtimes\.kz/search/",),
        outlets=("NewTimes.kz", "Newtimes.kz", "newtimes.kz", "NewTimes"),
    )
