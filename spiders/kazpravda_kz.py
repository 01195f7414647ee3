"""kazpravda.kz: the state daily Kazakhstanskaya Pravda in Russian, with Kazakh and English pages."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site, Sitemap


class KazpravdaKz(NewsSpider):
    """Level B. Seen by others: addresses (2025-26), the sitemap index (2026), the front page's list (2023), the article's
    names and how it writes a day (2025).

    Unverified: the names of the index's children, Kazakh and English pages (they may stand on their front pages only), a
    feed. An article was once refused with 403 in 2026; search was read with a browser.
    """

    name = "kazpravda_kz"
    site = Site(
        name="kazpravda_kz",
        home="https://kazpravda.kz/",
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://kazpravda.kz/sitemap.xml"),
            Listing(url="https://kazpravda.kz/", item=".news-feed__item", date="time", language="ru"),
        ),
        article_url=r"https://kazpravda\.kz/(?:(?:kk|en)/)?n/[^/]+/?$",
        not_article=(r"kazpravda\.kz/(?:(?:kk|en)/)?(?:r|search)(?:/|$)",),
        outlets=("Казахстанская правда", "Казправда", "kazpravda.kz", "Kazpravda"),
        overrides=(Override(title="h1.article__title", body="div.article__body", date="time.article__date"),),
    )
