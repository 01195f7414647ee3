"""kz.kursiv.media: business and finance in Russian, Kazakh and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Override, Site, Sitemap


class KzKursivMedia(NewsSpider):
    """Level A. Seen by others: addresses in three languages (2018 to 2026), the Russian and the English feed (2026), the
    nested sitemaps (2026), the day pages and the article's names (2022-23). WordPress; the day is in the address.

    Unverified: whether the feeds go on under `?paged=2`, a WordPress API, how a day page marks its
    entries. uz.kursiv.media is another country's edition.
    """

    name = "kz_kursiv_media"
    site = Site(
        name="kz_kursiv_media",
        home="https://kz.kursiv.media/",
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://kz.kursiv.media/feed/", paged=True),
            Feed(url="https://kz.kursiv.media/en/feed/", language="en", paged=True),
            Sitemap(url="https://kz.kursiv.media/sitemaps/ru/sitemap.xml", language="ru", archive=True),
            Sitemap(url="https://kz.kursiv.media/sitemaps/kk/sitemap.xml", language="kk"),
            Sitemap(url="https://kz.kursiv.media/sitemaps/en/sitemap.xml", language="en", archive=True),
            DayPages(url="https://kz.kursiv.media/%Y-%m-%d/", language="ru"),
        ),
        article_url=r"https://kz\.kursiv\.media/(?:(?:kk|en)/)?20\d{2}-\d{2}-\d{2}/[^/]+/$",
        not_article=(r"kursiv\.media/(?:.*/)?page/\d", r"kursiv\.media/(?:\w\w/)?\?s="),
        outlets=("Kursiv Media", "Курсив", "Курсив Медиа", "Kursiv", "kz.kursiv.media"),
        overrides=(
            Override(
                title="header.single-header h1",
                body="main.single-body",
                date="span.single-publishing-time__original time",
            ),
        ),
    )
