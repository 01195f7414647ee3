"""informburo.kz: general news, explainers and columns in Russian and Kazakh."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site, Sitemap


class InformburoKz(NewsSpider):
    """Level B. Seen by others: addresses, the sitemap index and two names of its children (2024-26), the list, its markup
    and its paging (2023-24), the article's names of 2022-23 and of 2025.

    Unverified: the Kazakh section beyond one address, whether the answer 403 of the feed (2026) depends on who asks. In
    lists a clock stands beside a link, the day above several of them.
    """

    name = "informburo_kz"
    site = Site(
        name="informburo_kz",
        home="https://informburo.kz/",
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(
                url="https://informburo.kz/sitemap.xml",
                children=r"/sitemaps/articles/\d+\.xml|sitemap-news\.xml|[?&]type=articles",
            ),
            Listing(
                url="https://informburo.kz/novosti",
                next_url="https://informburo.kz/novosti?page={page}",
                item="ul.uk-nav-default li",
                date="time",
                language="ru",
            ),
        ),
        article_url=r"https://informburo\.kz/(?:kaz/)?(?:novosti|newskaz|cards|stati|interview|mneniya|special|istorii)/[^/?]+$",
        not_article=(r"informburo\.kz/(?:avtory|top|page/restrict)(?:/|$)",),
        outlets=("Informburo.kz", "informburo.kz", "Информбюро"),
        overrides=(
            Override(
                until=date(2024, 1, 1),
                date=".article-meta small:nth-of-type(2)",
                body="div.article, article.article-content",
                tags="ul.article-tags li",
            ),
            Override(
                date="div.article-meta time[datetime]",
                body="div.article, article.article-content",
                tags="ul.article-tags li",
            ),
        ),
    )
