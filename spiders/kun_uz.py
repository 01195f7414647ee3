"""kun.uz: general news of Uzbekistan in Uzbek, Russian and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class KunUz(NewsSpider):
    """Seen: the Uzbek feed (2026), addresses of 2022 to 2026 in three languages. Told by others: the list, names of title and body (2025).

    Unverified: how the list marks its entries and goes on, lists and feeds in Russian and English (/rss and /en/rss are
    dead), a sitemap. Pages of before 2019 had a bare number for an address and are not taken for articles.
    """

    name = "kun_uz"
    site = Site(
        name="kun_uz",
        home="https://kun.uz/",
        languages=("uz", "ru", "en"),
        timezone="Asia/Tashkent",
        sources=(
            Feed(url="https://kun.uz/news/rss?lang=uz", language="uz"),
            Listing(url="https://kun.uz/news/list", language="uz"),
        ),
        article_url=r"https://kun\.uz/(?:(?:uz|ru|en)/)?news/20\d{2}/\d{2}/\d{2}/[^/]+$",
        outlets=("Kun.uz", "KUN.UZ", "Кун.уз"),
        overrides=(Override(title="h1.news-inner__content-title", body="div.news-inner__content-page"),),
    )
