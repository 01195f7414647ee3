"""www.inform.kz: the state news agency Kazinform in Russian, Kazakh, English and further languages."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class InformKz(NewsSpider):
    """Level A. Seen: a page of 2020 with 26 addresses of articles, the list with its dates and paging (2026, by others).

    Told by others: the article's names since 2023, the English host's addresses. Unverified: the feed (named by the
    page of 2020), the Kazakh section's addresses (none is taken for an article's), sitemaps. An article of 2020 has
    three addresses: with words, `/ru/article/<id>` and `/amp`.
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
            r"https://(?:www\.inform\.kz/ru/[a-z0-9-]+(?:-[0-9a-f]{4,8}|_a\d+)|en\.inform\.kz/news/[^/]+-[0-9a-f]{4,8})/?$"
        ),
        not_article=(
            r"inform\.kz/(?:ru/)?(?:lenta|category|search_results|archive)(?:/|$)",
            r"/amp/?$",
            r"_[st]\d+/?$",
        ),
        outlets=("Казинформ", "Kazinform", "МИА «Казинформ»", "Қазақпарат", "inform.kz"),
        overrides=(
            Override(until=date(2023, 1, 1), title="h1.article_title", body="div.article_body, .article_news_body"),
            Override(
                title="h1.article__title",
                body="div.article__body-text, div.article__content",
                date="div.article__time",
            ),
        ),
    )
