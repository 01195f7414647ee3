"""www.nur.kz and kaz.nur.kz: general news in Russian and Kazakh, by day pages."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Override, Site, Sitemap


class NurKz(NewsSpider):
    """Seen: an article's page of 2024, addresses of 2019 and 2024, the day archive's address (2022-23).

    Unverified: how a day page marks its entries, how pages of 2019 were built, whether old addresses still lead
    anywhere, the sitemaps (read by others until 2026, found frozen once).
    """

    name = "nur_kz"
    site = Site(
        name="nur_kz",
        home="https://www.nur.kz/",
        hosts=("kaz.nur.kz",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            DayPages(url="https://www.nur.kz/archive/%Y/%-m/%-d", language="ru"),
            Sitemap(url="https://www.nur.kz/article-index-sitemap.xml", language="ru", archive=True),
            Sitemap(url="https://kaz.nur.kz/article-index-sitemap.xml", language="kk"),
        ),
        article_url=r"https://(?:www|kaz)\.nur\.kz/(?:(?:[a-z-]+/){1,2}\d{6,}-[^/]+/|\d{6,}-[^/]+\.html)$",
        not_article=(r"nur\.kz/kak-rabotaet-nur-kz/",),
        outlets=("NUR.KZ", "Nur.kz", "Информационный портал NUR.KZ"),
        overrides=(Override(title="h1.main-headline", body="div.formatted-body.io-article-body"),),
    )
