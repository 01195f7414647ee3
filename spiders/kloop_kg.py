"""kloop.kg and ky.kloop.asia: investigations and news of Kyrgyzstan in Russian and Kyrgyz."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Override, Site, Sitemap


class KloopKg(NewsSpider):
    """Seen: addresses of 2017. Told by others: the feed (2026), sitemaps up to number 40 and the layout (2025).

    Unverified: whether a sitemap behind number 40 holds what is newer, the layout of the Kyrgyz host; no source of it is known
    well enough to be asked; whether the site can be reached from inside Kyrgyzstan.
    """

    name = "kloop_kg"
    site = Site(
        name="kloop_kg",
        home="https://kloop.kg/",
        hosts=("ky.kloop.asia",),
        languages=("ru", "ky"),
        timezone="Asia/Bishkek",
        sources=(
            Feed(url="https://kloop.kg/feed/", paged=True),
            Sitemap(url="https://kloop.kg/post-sitemap40.xml"),
        ),
        article_url=r"https?://(?:kloop\.kg/blog|ky\.kloop\.asia)/20\d{2}/\d{2}/\d{2}/[^/]+/$",
        outlets=("KLOOP.KG", "Kloop", "Клооп"),
        overrides=(Override(title="h1.entry-title", body="div.td-post-content", date="article time.entry-date"),),
    )
