"""baq.kz: general news in Kazakh and Russian on two hosts."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site


class BaqKz(NewsSpider):
    """Level B. Seen by others: the front pages and how their lists mark an entry (2023).

    Unverified: real addresses, everything on the article's page, a feed, a sitemap, whether the Russian host's front
    page is built like the Kazakh one. A front page is short: what leaves it between two visits is missed.
    """

    name = "baq_kz"
    site = Site(
        name="baq_kz",
        home="https://baq.kz/",
        hosts=("rus.baq.kz",),
        languages=("kk", "ru"),
        timezone="Asia/Almaty",
        sources=(
            Listing(url="https://baq.kz/", item=".l-col__item", language="kk"),
            Listing(url="https://rus.baq.kz/", item=".l-col__item", language="ru"),
        ),
        article_url=r"https://(?:rus\.)?baq\.kz/[^/]+-\d+/$",
        not_article=(r"baq\.kz/search/",),
        outlets=("BAQ.KZ", "Baq.kz", "baq.kz"),
    )
