"""www.gazeta.uz: general news of Uzbekistan in Russian, Uzbek and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site, Sitemap


class GazetaUz(NewsSpider):
    """Seen: the feeds (2026), addresses of 2019 to 2026. Told by others: the news sitemap and the Uzbek list (2022-24), names of date and body.

    Unverified: whether /oz/ or /uz/ is the Latin spelling, how the list marks its entries, the layout today. Of the
    sitemap a day only the form of its address is known.
    """

    name = "gazeta_uz"
    site = Site(
        name="gazeta_uz",
        home="https://www.gazeta.uz/",
        languages=("ru", "uz", "en"),
        timezone="Asia/Tashkent",
        sources=(
            Feed(url="https://www.gazeta.uz/ru/rss/", language="ru"),
            Feed(url="https://www.gazeta.uz/en/rss/", language="en"),
            Listing(
                url="https://www.gazeta.uz/oz/list/news?page=1",
                next_url="https://www.gazeta.uz/oz/list/news?page={page}",
                language="uz",
            ),
            Sitemap(url="https://www.gazeta.uz/sitemap/google-news-ru.xml", language="ru"),
            Sitemap(
                url="https://www.gazeta.uz/sitemap/materials-ru-%Y-%m-%d.xml", language="ru", every="day", archive=True
            ),
        ),
        article_url=r"https://www\.gazeta\.uz/(?:ru|uz|oz|en)/20\d{2}/\d{2}/\d{2}/[^/]+/$",
        outlets=("Газета.uz", "Gazeta.uz", "gazeta.uz"),
        overrides=(Override(body=".js-mediator-article.article-text", date="div.articleDateTime"),),
    )
