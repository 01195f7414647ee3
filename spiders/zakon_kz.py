"""www.zakon.kz and kaz.zakon.kz: law, society and general news in Russian and Kazakh."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site, Sitemap


class ZakonKz(NewsSpider):
    """Level B. Seen by others: the sitemap index (read 2024 to 2026), the list and its paging (2022-23), the article's
    names of 2022 and of 2025-26.

    Unverified: real addresses, how either layout writes a day, the Kazakh host's pages. The feed was dead in 2026, the
    law database online.zakon.kz is none of the site. Children of the index are numbered, the highest is the newest.
    """

    name = "zakon_kz"
    site = Site(
        name="zakon_kz",
        home="https://www.zakon.kz/",
        hosts=("kaz.zakon.kz",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://www.zakon.kz/sitemap/index.xml", children=r"/sitemap/\d+\.xml$"),
            Listing(
                url="https://www.zakon.kz/news/",
                next_url="https://www.zakon.kz/news/?p={page}",
                date="span.newscard__date, .newscard__dateline",
                language="ru",
            ),
        ),
        article_url=r"https://(?:www|kaz)\.zakon\.kz/[a-z-]+/\d{7}-[^/]+\.html$",
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
