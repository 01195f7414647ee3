"""daryo.uz: general news of Uzbekistan in Uzbek, English and Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Override, Site


class DaryoUz(NewsSpider):
    """Seen: the English feed (2026), an Uzbek address of 2025. Told by others: names of title and date (2025).

    Unverified: a source in Uzbek or Russian (/rss is an empty shell), the name of the body, the form of English addresses.
    """

    name = "daryo_uz"
    site = Site(
        name="daryo_uz",
        home="https://daryo.uz/",
        languages=("uz", "en", "ru"),
        timezone="Asia/Tashkent",
        sources=(Feed(url="https://daryo.uz/en/rss", language="en"),),
        article_url=r"https://daryo\.uz/(?:[a-z]{2}/)?20\d{2}/\d{2}/\d{2}/[^/]+/?$",
        outlets=("Daryo.uz", "Daryo", "Daryo News", "Дарё"),
        overrides=(Override(title="h1.post-view-title", date="time.post-date"),),
    )
