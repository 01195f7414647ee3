"""www.inform.kz: the state news agency Kazinform in Russian, Kazakh, English and further languages."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class InformKz(NewsSpider):
    """Level A. Seen: a page of 2020 with 26 addresses of articles, addresses of 2011 to 2026, and by others the list with its
    dates and paging and the article's names (2025-26).

    Unverified: the feed (named by the page of 2020), the Kazakh section today (one address of 2011 is known), sitemaps,
    the Chinese host. An article of 2020 has three addresses: with words, `/ru/article/<id>` and `/amp`.
    """

    name = "inform_kz"
    site = Site(
        name="inform_kz",
        home="https://www.inform.kz/",
        hosts=("en.inform.kz",),
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Listing(
                url="https://www.inform.kz/ru/lenta",
                next_url="https://www.inform.kz/ru/lenta/?page={page}",
                item="a.news-card",
                date="time.meta-date",
                language="ru",
            ),
            Feed(url="https://www.inform.kz/rss/rus.xml", language="ru"),
        ),
        article_url=(
            r"https://(?:www\.inform\.kz/(?:ru|kz)/[a-z0-9-]+(?:-[0-9a-f]{4,8}|_a\d+)|en\.inform\.kz/news/[^/]+-[0-9a-f]{4,8})/?$"
        ),
        not_article=(
            r"inform\.kz/(?:(?:ru|kz)/)?(?:lenta|category|search_results|archive)(?:/|$)",
            r"/amp/?$",
            r"_(?:[stg]|author)\d+/?$",
        ),
        outlets=("Казинформ", "Kazinform", "МИА «Казинформ»", "Қазақпарат", "inform.kz"),
        overrides=(
            Override(
                until=date(2023, 1, 1),
                title=".article_title h1, h1.article_title",
                body="div.article_body, .article_news_body",
                drop=(".frame_news_article",),
            ),
            Override(
                title="h1.article__title",
                body="div.article__body-text, div.article__content",
                date="div.article__time",
                tags="div.article__tags a",
            ),
        ),
    )
