"""total.kz: politics and general news in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class TotalKz(NewsSpider):
    """Disabled: Cloudflare stands in front of the site (2026), and what it turns away is not to be fetched.

    Level A. Seen by others: an address of 2025, the feed (2026), the list and its paging (2023), the article's names; the
    day and at times a clock are in the address. Unverified: how the page writes its day, a sitemap, whether Cloudflare
    lets an honest crawler read articles (some were read by plain requests). The site was being rebuilt in 2026; its new
    addresses (`/news/<section>/<words>`) are not known well enough.
    """

    name = "total_kz"
    site = Site(
        name="total_kz",
        home="https://total.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://total.kz/rss", language="ru"),
            Listing(
                url="https://total.kz/ru/news/page-1",
                next_url="https://total.kz/ru/news/page-{page}",
                item=".b-news-list__item",
                language="ru",
            ),
        ),
        article_url=r"https://total\.kz/ru/news/[^/]+/[^/]+_date_\d{4}_\d{2}_\d{2}[^/]*/?$",
        outlets=("Total.kz", "total.kz", "Total"),
        overrides=(Override(body=".article__post__body", lead=".article__lead", date="span.meta__date"),),
        enabled=False,
    )
