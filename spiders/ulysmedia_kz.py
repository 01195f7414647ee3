"""ulysmedia.kz: politics and society in Russian, with Kazakh pages on a host of their own."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Site


class UlysmediaKz(NewsSpider):
    """Level B. Seen by others: addresses on both hosts (2025-26), the list, how it marks a headline and a day (2023).

    Unverified: how the list goes on, everything on the article's page, a feed, a sitemap (the ones of newtimes.kz and
    liter.kz, built alike, are not confirmed here), any list of the Kazakh host.
    """

    name = "ulysmedia_kz"
    site = Site(
        name="ulysmedia_kz",
        home="https://ulysmedia.kz/",
        hosts=("qaz.ulysmedia.kz",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(Listing(url="https://ulysmedia.kz/news", date="span.date", language="ru"),),
        article_url=r"https://(?:qaz\.)?ulysmedia\.kz/[a-z-]+/\d+-[^/]+/$",
        not_article=(r"ulysmedia\.kz/search/",),
        outlets=("Ulysmedia.kz", "Ulysmedia", "Ulys Media", "Улысмедиа"),
    )
