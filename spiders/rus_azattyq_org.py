"""rus.azattyq.org and www.azattyq.org: RFE/RL's Kazakh service in Russian and Kazakh."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Override, Site, Sitemap


class RusAzattyqOrg(NewsSpider):
    """Seen: the sitemaps saved in 2025 (news: the last days, latest: the last 30 days) and all their addresses.

    They state UTC; `lastmod` is the last change. Told by others: the body's names. Unverified: title and date on the
    page. Four of five older addresses have no words, only a number.
    """

    name = "rus_azattyq_org"
    site = Site(
        name="rus_azattyq_org",
        home="https://rus.azattyq.org/",
        hosts=("www.azattyq.org",),
        languages=("ru", "kk"),
        timezone="Asia/Almaty",
        sources=(
            Sitemap(url="https://rus.azattyq.org/sitemap_6_news.xml.gz", language="ru"),
            Sitemap(url="https://www.azattyq.org/sitemap_5_news.xml.gz", language="kk"),
            Sitemap(url="https://rus.azattyq.org/sitemap_6_latest.xml.gz", language="ru"),
            Sitemap(url="https://www.azattyq.org/sitemap_5_latest.xml.gz", language="kk"),
        ),
        article_url=r"https://(?:rus|www)\.azattyq\.org/a/(?:[^/]+/)?\d+\.html$",
        outlets=("Радио Азаттык", "Азаттық радиосы", "Азаттык", "Азаттық", "RFE/RL"),
        overrides=(
            Override(
                lead="div.intro",
                body="#article-content, .content-floated-wrap.fb-quotable",
            ),
        ),
    )
