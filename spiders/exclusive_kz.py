"""exclusive.kz: business and opinion, Russian, at times English."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Override, Site


class ExclusiveKz(NewsSpider):
    """Seen by others in 2025: the category's list with its dates and paging, and the body; addresses of 2026.

    Unverified: the feed (WordPress's default address), an API, title and date on the article's page. An address has
    neither day nor number, so that only feed or list can date an article.
    """

    name = "exclusive_kz"
    site = Site(
        name="exclusive_kz",
        home="https://exclusive.kz/",
        languages=("ru", "en"),
        timezone="Asia/Almaty",
        sources=(
            Feed(url="https://exclusive.kz/feed/", paged=True),
            Listing(
                url="https://exclusive.kz/category/kontekst-dnya/",
                item="div.section__item.item",
                link="h2.item__title a",
                date="p.item__time",
                next_link="a.next.page-numbers",
            ),
        ),
        article_url=r"https://exclusive\.kz/(?!(?:category|tag|author|page|feed|wp-[a-z]+)(?:/|$))[a-z0-9-]{15,}/$",
        outlets=("exclusive.kz", "Exclusive", "Эксклюзив"),
        overrides=(Override(body="div.entry-content"),),
    )
