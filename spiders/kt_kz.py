"""www.kt.kz: the agency Kazakhstan Today in Russian and Kazakh."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class KtKz(NewsSpider):
    """Level A. Seen by others: addresses in Russian (2006 to 2025), the Kazakh feed (2026, without TLS), the Russian list
    and the article's names (2022-23).

    Unverified: Kazakh addresses, a Russian feed (`/rus/rss/` would be its like), how the list marks its entries and goes
    on, a sitemap.
    """

    name = "kt_kz"
    site = Site(
        name="kt_kz",
        home="https://www.kt.kz/",
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="http://www.kt.kz/kaz/rss/", language="kk"),
            Listing(url="https://www.kt.kz/rus/all", language="ru"),
        ),
        article_url=r"https?://www\.kt\.kz/(?:rus|kaz)/[^/]+/[^/]+_\d{10,}\.html$",
        not_article=(r"kt\.kz/(?:(?:rus|kaz)/)?(?:video|gallery|pisma_v_redakciu)/",),
        outlets=("Kazakhstan Today", "«Kazakhstan Today»", "KT.kz", "Казахстан Тудей"),
        overrides=(Override(title="header.page-heading h1", body="div.page-content", date="div.page-meta span"),),
    )
