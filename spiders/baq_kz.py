"""baq.kz: general news in Kazakh and Russian on two hosts."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site


class BaqKz(NewsSpider):
    """Level B. Seen by others: addresses of 2024 (a hyphen before the number) and, in Russian, 2026 (an underscore), the
    Kazakh front page and how its list marks an entry (2023).

    Unverified: how either host writes a day, everything on the article's page, a feed, a sitemap, the Russian front
    page. A front page is short: what leaves it between two visits is missed.
    """

    name = "baq_kz"
    site = Site(
        name="baq_kz",
        home="https://baq.kz/",
        hosts=("rus.baq.kz",),
        languages=("kk", "ru"),
        timezone="Asia/Almaty",
        sources=(
            Listing(url="https://baq.kz/", item=".l-col__item", date=".l-col__item_date", language="kk"),
            Listing(url="https://rus.baq.kz/", item=".l-col__item", date=".l-col__item_date", language="ru"),
        ),
        article_url=r"https://(?:rus\.)?baq\.kz/[^/]+[-_]\d+/?$",
        not_article=(r"baq\.kz/(?:search|teg)/",),
        outlets=("BAQ.KZ", "Baq.kz", "baq.kz"),
    )
