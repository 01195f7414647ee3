"""kapital.kz: business and finance in Russian."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site


class KapitalKz(NewsSpider):
    """Level B. Seen by others: addresses (2018 to 2026), the lists, their entries (`article`) and their paging (2022-26), the
    article's names of 2022-23 and 2025-26.

    Unverified: whether `/news` holds what the sections hold, whether the outer element of 2022-23 is still there, a
    sitemap, a Kazakh version. The feed was dead in 2026.
    """

    name = "kapital_kz"
    site = Site(
        name="kapital_kz",
        home="https://kapital.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=tuple(
            Listing(
                url=f"https://kapital.kz/{section}?page=1",
                next_url=f"https://kapital.kz/{section}?page={{page}}",
                language="ru",
            )
            for section in ("news", "economic", "finance", "business", "tehnology", "project/investments")
        ),
        article_url=r"https://kapital\.kz/[a-z/-]+/\d+/[^/]+\.html$",
        not_article=(r"kapital\.kz/(?:lifestyle|dossiers|project/brands)(?:/|$)", r"/amp/"),
        outlets=("Kapital.kz", "kapital.kz", "Капитал", "Центр деловой информации Kapital.kz"),
        overrides=(
            Override(
                until=date(2024, 1, 1),
                title=".main__page article header h1",
                body="div.article__body",
                date="div.article__info.information-article time",
            ),
            Override(
                title=".main__page article header h1",
                body=".main__page > article",
                date=".main__page > article time[datetime]",
            ),
        ),
    )
