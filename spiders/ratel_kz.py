"""ratel.kz: comment and investigations, Russian, rarely updated."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site


class RatelKz(NewsSpider):
    """Seen by others: the written date (2026), the front page as a list (2023, with names that are no longer in use).

    Disabled: today only its search is known, and no article's address; the front page is here for whoever looks first.
    Unverified: everything else.
    """

    name = "ratel_kz"
    site = Site(
        name="ratel_kz",
        home="https://ratel.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(Listing(url="https://ratel.kz/", language="ru"),),
        outlets=("Ratel.kz", "Ratel", "Ратель"),
        overrides=(Override(date="div.post_news__date, .article__time"),),
        enabled=False,
    )
