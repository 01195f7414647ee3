"""www.zakon.kz and kaz.zakon.kz: law, society and general news in Russian and Kazakh."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site, Sitemap


class ZakonKz(NewsSpider):
    """Level B. Seen by others: addresses (2022 at the root, 2024 and 2026 with a section), the sitemap index (2024-26), the
    lists of both hosts and how they go on (2026), the article's names of 2022 and of 2025-26.

    Unverified: how today's page writes a day, the Kazakh host's articles. The feed was dead in 2026, the law database
    online.zakon.kz is none of the site. Children of the index are numbered, the highest is the newest.
    """

    name = "zakon_kz"
    site = Site(
        name="zakon_kz",
        home="https://www.zakon.kz/",
        hosts=("kaz.zakon.kz",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://www.zakon.kz/sitemap/index.xml", children=r"/sitemap/(\d+)\.xml$", archive=True),
            Listing(
                url="https://www.zakon.kz/news/",
                next_url="https://www.zakon.kz/news/?handler=LoadMoreNews&p={page}&type=list",
                date="span.newscard__date, .newscard__dateline",
                language="ru",
            ),
            Listing(
                url="https://kaz.zakon.kz/news/",
                next_url="https://kaz.zakon.kz/news/?handler=LoadMoreNews&p={page}&type=list",
                date="span.newscard__date, .newscard__dateline",
                language="kk",
            ),
        ),
        article_url=r"https://(?:www|kaz)\.zakon\.kz/(?:[a-z-]+/)?\d{7}-[^/]+\.html$",
        not_article=(r"zakon\.kz/(?:category|tags|author|document|sitemap)/",),
        outlets=("Zakon.kz", "zakon.kz", "ИА Zakon.kz", "Новости Казахстана"),
        overrides=(
            Override(
                until=date(2023, 1, 1),
                lead="div.description",
                body=".articleBlock",
                date="div.info div.date",
                drop=("div.info", "div.description"),
            ),
            Override(date="time.date", body="div.content"),
        ),
    )
