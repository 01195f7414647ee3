"""orda.kz: politics, economy and society in Russian, Kazakh and English on three hosts."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site, Sitemap


class OrdaKz(NewsSpider):
    """Level B. Seen by others in 2026: addresses in Russian and English, the numbered sitemaps of the three hosts, which hold
    days of the last change, and broken addresses, too.

    Unverified: everything on the article's page, which end of the series is the newest (only its first file is asked
    for), the list's markup. Some older articles lack the number and are not taken for articles.
    """

    name = "orda_kz"
    site = Site(
        name="orda_kz",
        home="https://orda.kz/",
        hosts=("kaz.orda.kz", "en.orda.kz"),
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://orda.kz/sitemap/sitemap_news1.xml", language="ru"),
            Sitemap(url="https://kaz.orda.kz/sitemap/sitemap_news1.xml", language="kk"),
            Sitemap(url="https://en.orda.kz/sitemap/sitemap_news1.xml", language="en"),
            Listing(url="https://orda.kz/last-news/", language="ru"),
        ),
        article_url=r"https://(?:en\.|kaz\.)?orda\.kz/[^/]+-\d{4,}/$",
        not_article=(r"orda\.kz/last-news/", r"__trashed", r"(?i)%ef%(?:bf%bc|b8%8f)"),
        outlets=("Orda.kz", "Orda", "Орда"),
    )
