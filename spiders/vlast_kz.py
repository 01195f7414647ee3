"""vlast.kz: politics and society in Russian, Kazakh and English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class VlastKz(NewsSpider):
    """Seen: the feed (2026), the archive lists and their paging (2026), addresses of 2019.

    Told by others: the body's names, JSON-LD's datePublished. Unverified: a sitemap, the layout of Kazakh and English
    pages. Older addresses without a number (`/novosti/some_words`) are not taken for articles. The site is slow.
    """

    name = "vlast_kz"
    site = Site(
        name="vlast_kz",
        home="https://vlast.kz/",
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://vlast.kz/feed/"),
            Listing(
                url="https://vlast.kz/novosti/?archive=1",
                next_url="https://vlast.kz/novosti/{page}/?archive=1",
            ),
        ),
        article_url=r"https://vlast\.kz/[a-z0-9-]+/\d+-[^/]+\.html$",
        not_article=(r"vlast\.kz/(?:tags|author|quiz|search|media)/",),
        outlets=("Vlast.kz", "Vlast", "Власть"),
        overrides=(Override(body="div.default-item-in.js-editor.js-mediator-article"),),
    )
