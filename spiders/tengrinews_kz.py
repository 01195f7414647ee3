"""tengrinews.kz: general news in Russian, Kazakh and English on three hosts."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class TengrinewsKz(NewsSpider):
    """Seen: the feed (2026), the list and its paging (2024), the layout of saved pages of 2023 and 2024, all Russian.

    Told by others: the class names of 2020-23 (`tn-...`) and the date in a trail of crumbs (2025). Unverified: whether
    the hosts for Kazakh and English have the same layout; no source of theirs is known well enough to be asked.

    Meta tags say +05:00 and JSON-LD says +06:00 for one clock, before and after the zone change of 2024-03-01: both
    offsets are constants, the clock is the site's own.
    """

    name = "tengrinews_kz"
    site = Site(
        name="tengrinews_kz",
        home="https://tengrinews.kz/",
        hosts=("kaz.tengrinews.kz", "en.tengrinews.kz"),
        languages=("ru", "kk", "en"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://tengrinews.kz/news.rss", language="ru"),
            Listing(
                url="https://tengrinews.kz/news/",
                next_url="https://tengrinews.kz/news/page/{page}/",
                item="div.content_main_item",
                date="div.content_main_item_meta span",
                language="ru",
            ),
        ),
        article_url=r"https://(?:(?:kaz|en)\.)?tengrinews\.kz/(?!(?:tag|author|search|page)/)[a-z_-]+/[^/]+-\d+/$",
        not_article=(r"tengrinews\.kz/(?:horoscopes|fotoarchive)/",),
        outlets=("Tengrinews.kz", "Tengrinews", "Tengrinews Kz", "Новости Казахстана"),
        overrides=(
            Override(
                title="h1.head-single, h1.tn-content-title",
                lead="h2.content_main_desc",
                body="div.content_main_text, .tn-news-text, .tn-news-content",
                date="div.date-time, ol.breadCrumb-ls.date-time li:last-child span",
                tags="div.content_main_text_tags a",
                drop=("div.content_main_text_tags",),
                clock="local",
            ),
        ),
    )
