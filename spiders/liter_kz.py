"""liter.kz: general news in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site, Sitemap


class LiterKz(NewsSpider):
    """Level B. Seen by others: an address of 2023, the news sitemap (2024-25), the front page's list (2023).

    The number that ends an address is the Unix time of the article (20 April 2023 for the one that is known); it is not
    read here, and addresses of 2020 had none. Unverified: everything on the article's page, a feed.
    """

    name = "liter_kz"
    site = Site(
        name="liter_kz",
        home="https://liter.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://liter.kz/sitemap.news.xml"),
            Listing(
                url="https://liter.kz/",
                item=".lenta-news__item",
                link="a.last-news__link",
                date=".last-news__date",
                language="ru",
            ),
        ),
        article_url=r"https://liter\.kz/[^/]+-\d{9,10}/$",
        not_article=(r"liter\.kz/(?:search|tag)/",),
        outlets=("Liter.kz", "liter.kz", "Литер"),
    )
