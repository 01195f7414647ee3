"""ulysmedia.kz: politics and society in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site


class UlysmediaKz(NewsSpider):
    """Level B. Seen by others: the list, how it marks a headline and a day (2023).

    Unverified: how the list goes on, real addresses, everything on the article's page, a feed, a sitemap (the ones of
    newtimes.kz and liter.kz, built alike, are not confirmed here).
    """

    name = "ulysmedia_kz"
    site = Site(
        name="ulysmedia_kz",
        home="https://ulysmedia.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(Listing(url="https://ulysmedia.kz/news", date="span.date", language="ru"),),
        article_url=r"https://ulysmedia\.kz/[a-z-]+/\d+-[^/]+/$",
        not_article=(r"ulysmedia\.kz/search/",),
        outlets=("Ulysmedia.kz", "Ulysmedia", "Ulys Media", "Улысмедиа"),
    )
