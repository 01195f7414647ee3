"""masa.media: society and culture, Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Site


class MasaMedia(NewsSpider):
    """Seen by others (September 2026): it publishes daily, has no feed and no sitemap, and answers any address with one page.

    Disabled: only its search is known, which lists everything at once and undated; there is no list to ask for politely.
    Unverified: the form of an article's address, how a page is built, whether a script builds it.
    """

    name = "masa_media"
    site = Site(
        name="masa_media",
        home="https://masa.media/",
        languages=("ru",),
        timezone="Asia/Almaty",
        outlets=("MASA Media", "Masa Media", "masa.media"),
        enabled=False,
    )
