"""kaztag.kz: the news agency KazTAG, Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site


class KaztagKz(NewsSpider):
    """Seen by others: the list, its paging and one layout of its entries (2023, again 2026); another and the body (2024 or later).

    Disabled: since 2026 the articles stand behind Cloudflare's test for browsers; a polite crawler leaves them alone.
    Unverified: which of the two layouts is in use, the form of an article's address (read from a scraper), a feed.
    """

    name = "kaztag_kz"
    site = Site(
        name="kaztag_kz",
        home="https://kaztag.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=(
            Listing(
                url="https://kaztag.kz/ru/news/?PAGEN_1=1",
                next_url="https://kaztag.kz/ru/news/?PAGEN_1={page}",
                item="ul.news li .right-col, div.post.type-post",
                date=".t-info-2 b, div.post-byline p",
                language="ru",
            ),
        ),
        article_url=r"https://kaztag\.kz/ru/news/[^/?]+/?$",
        not_article=(r"kaztag\.kz/ru/news/rss/?$",),
        outlets=("КазТАГ", "KazTAG", "kaztag.kz"),
        overrides=(Override(body="article div.post-content", date="div.post-byline p"),),
        enabled=False,
    )
