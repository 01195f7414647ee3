"""egemen.kz: the state daily Egemen Qazaqstan in Kazakh, with Russian and English hosts."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class EgemenKz(NewsSpider):
    """Level A. Seen by others: addresses in Kazakh, the feed (2026), the list and its paging, the article's names (2025).

    Unverified: how the page writes a day (its element's name is that of the days in lists, too), the list's markup, the
    Russian and the English host (addresses of theirs in a sitemap led nowhere in 2026), the sitemap's address.
    """

    name = "egemen_kz"
    site = Site(
        name="egemen_kz",
        home="https://egemen.kz/",
        hosts=("ru.egemen.kz", "en.egemen.kz"),
        languages=("kk", "ru", "en"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://egemen.kz/rss/", language="kk"),
            Listing(
                url="https://egemen.kz/last-news?page=1",
                next_url="https://egemen.kz/last-news?page={page}",
                language="kk",
            ),
        ),
        article_url=r"https://(?:ru\.|en\.)?egemen\.kz/article/\d+-[^/]+$",
        outlets=("Egemen Qazaqstan", "Егемен Қазақстан", "Egemen.kz", "egemen.kz"),
        overrides=(Override(title="h1.responsive_title", body="div.main-news", date="span.text-grey"),),
    )
