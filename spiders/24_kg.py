"""24.kg: a news agency of Bishkek, Russian, with English and Kyrgyz pages."""

# ruff: noqa: N999 - a spider's file is named like its host
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class Kg24(NewsSpider):
    """Seen: the feed (2026), addresses of 2021 to 2026. Told by others (2022-24): the front page's list, the names of title and body.

    Unverified: the list's paging, which languages the feed holds, feeds under /english/ and /kyrgyzcha/, a sitemap.
    """

    name = "24_kg"
    site = Site(
        name="24_kg",
        home="https://24.kg/",
        languages=("ru", "en", "ky"),
        timezone="Asia/Bishkek",
        sources=(
            Feed(url="https://24.kg/rss/"),
            Listing(
                url="https://24.kg/",
                next_url="https://24.kg/page_{page}",
                item="#newslist .one",
                date=".time",
            ),
        ),
        article_url=r"https://24\.kg/(?:(?:english|kyrgyzcha)/)?[^/]*/?\d+_[^/]+/$",
        outlets=("24.kg", "24.KG", "ИА «24.kg»"),
        overrides=(Override(title="h1.newsTitle", body="div.cont"),),
    )
