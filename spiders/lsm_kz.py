"""lsm.kz: business and finance in Russian."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Listing, Override, Site


class LsmKz(NewsSpider):
    """Level B. Seen by others (2025-26): an address, the section lists, their entries and their paging `!2`, the article's
    names; they opened lists and articles with a browser. The day is written as text, in the meta tag
    `og:article:published_time`, too.

    Unverified: whether anything works without JavaScript, a feed, a sitemap. An address is one part
    without a number: service pages of that form would be taken for articles, so only links of the list's grid count.
    """

    name = "lsm_kz"
    site = Site(
        name="lsm_kz",
        home="https://lsm.kz/",
        languages=("ru",),
        timezone="Asia/Almaty",
        sources=tuple(
            Listing(
                url=f"https://lsm.kz/{section}",
                next_url=f"https://lsm.kz/{section}/!{{page}}",
                item="#mainInnerRightGrid a",
                date=".innerGridElemDate",
                language="ru",
            )
            for section in ("analytics", "banks", "exchange", "taxes", "company", "archive")
        ),
        article_url=(
            r"https://lsm\.kz/(?!(?:analytics|banks|exchange|property|appointments|taxes|projects|freedom|markets|company|auto"
            r"|infographics|archive|rss)(?:/|$))[^/?#]+$"
        ),
        outlets=("LSM.kz", "lsm.kz", "LSM", "Деловой портал LSM.kz"),
        overrides=(
            Override(
                title="h1#mainArticleLeftTextTopRightHead",
                body="article#mainArticleLeftTextFulltext",
                date="div#mainArticleLeftTextTopRightStatDate",
            ),
        ),
    )
