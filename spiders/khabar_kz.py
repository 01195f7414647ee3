"""khabar.kz: the television channel Khabar, Russian and Kazakh."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site, Sitemap


class KhabarKz(NewsSpider):
    """Seen by others in 2026: the XML maps in both languages, the Russian list.

    Unverified: what the maps state of dates, how the list goes on (by offsets of 20), the form of an article's address (read
    from a scraper), how a page is built and dated.
    """

    name = "khabar_kz"
    site = Site(
        name="khabar_kz",
        home="https://khabar.kz/",
        languages=("kk", "ru"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://khabar.kz/kk/xml-karta", language="kk"),
            Sitemap(url="https://khabar.kz/ru/xml-karta", language="ru"),
            Listing(url="https://khabar.kz/ru/news", language="ru"),
        ),
        article_url=r"https://khabar\.kz/(?:ru|kk)/.+/(?:item/)?\d{5,}-[^/]+$",
        outlets=("Хабар", "Khabar", "khabar.kz", "Агентство «Хабар»", "«Хабар» агенттігі"),
    )
