"""ru.sputnik.kz and sputnik.kz: Sputnik's Kazakh service in Russian and Kazakh."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Override, Site


class RuSputnikKz(NewsSpider):
    """Seen: addresses of 2024 and 2026; the feed's path on two sister sites (2026), some hundred entries a day.

    Told by others: day pages and the names in a list (2023), the layout of an article (2022 to 2026). Unverified: the feed
    and the day pages here, all of the Kazakh host. A sitemap index of one file a day exists as well (2024-25): each visit
    would ask for some thousand of them, so the day pages stand in for it.
    """

    name = "ru_sputnik_kz"
    site = Site(
        name="ru_sputnik_kz",
        home="https://ru.sputnik.kz/",
        hosts=("sputnik.kz",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://ru.sputnik.kz/export/rss2/archive/index.xml", language="ru"),
            DayPages(
                url="https://ru.sputnik.kz/%Y%m%d/",
                item=".list__item",
                link="a.list__title",
                date=".list__date",
                language="ru",
            ),
            DayPages(
                url="https://sputnik.kz/%Y%m%d/",
                item=".list__item",
                link="a.list__title",
                date=".list__date",
                language="kk",
            ),
        ),
        article_url=r"https://(?:ru\.)?sputnik\.kz/20\d{6}/[^/]+-\d+\.html$",
        outlets=("Sputnik Казахстан", "Sputnik Қазақстан", "Sputnik", "Спутник"),
        overrides=(
            Override(
                title=".article__header h1",
                lead="div.article__announce-text",
                body="div.article__text",
                date=".article__info-date",
            ),
        ),
    )
