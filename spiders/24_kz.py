"""24.kz: the television channel Khabar 24, Russian and Kazakh."""

# ruff: noqa: N999 - a spider's file is named like its host
from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site


class Kz24(NewsSpider):
    """Seen: addresses of 2024 to 2026, with and without `item/`. Told by others: the lists, two layouts (2022-23 and 2025).

    Unverified: how a list marks and dates its entries and goes on, when the layout changed, a list in Kazakh (each story
    comes in both languages; of the Kazakh ones only a search is known). The feed under /rss is dead (404, 2026).
    """

    name = "24_kz"
    site = Site(
        name="24_kz",
        home="https://24.kz/",
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Listing(url="https://24.kz/ru/news", language="ru"),
            Listing(url="https://24.kz/ru/top-news", language="ru"),
            Listing(url="https://24.kz/ru/news/novosti-kazakhstana", language="ru"),
        ),
        article_url=r"https://24\.kz/(?:ru|kz)/[^/]+/[^/]+/(?:item/)?\d+-[^/]+$",
        not_article=(r"/(?:tv-projects|teleprogramma|itemlist/tag)/", r"vypuski-novostej"),
        outlets=("24.kz", "24KZ", "Хабар 24", "Khabar 24"),
        overrides=(
            Override(until=date(2025, 1, 1), body="div.entry-content"),
            Override(title="h1.single-post__entry-title", body="div.entry__article", date="li.entry__meta-date"),
        ),
    )
