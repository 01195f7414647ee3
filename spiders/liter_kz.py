"""liter.kz: general news in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site, Sitemap


class LiterKz(NewsSpider):
    """Level B. Seen by others: the news sitemap (2024-25), the front page's list (2023).

    The number that ends an address is the Unix time of the article, as others say; it is not read here. Unverified:
    real addresses, everything on the article's page, a feed.
    """

    name = "liter_kz"
    site = Site(
        name="liter_kz",
        home="https://liter.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://liter.kz/sitemap.news.xml"),
            Listing(url="https://liter.kz/", item=".lenta-news__item", link="a.last-news__link", language="ru"),
        ),
        article_url=r"https://liter\.kz/[^/]+-\d{9,10}/$",
        not_article=(r"liter\.kz/(?:search|tag)/",),
        outlets=("Liter.kz", "liter.kz", "Литер"),
    )
