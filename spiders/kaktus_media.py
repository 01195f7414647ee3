"""kaktus.media: general news of Kyrgyzstan, Russian, by day pages."""

from datetime import date

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Override, Site, Sitemap


class KaktusMedia(NewsSpider):
    """Seen: addresses of 2018 to 2026. Told by others: the day page (2022-23; `lable` is spelled so), three layouts of the body.

    Unverified: whether the day page is still there, when the layouts changed, a date on the article's page. No feed was
    found (2026). Of the sitemap a month (2025) only the form of its address is known.
    """

    name = "kaktus_media"
    site = Site(
        name="kaktus_media",
        home="https://kaktus.media/",
        languages=("ru",),
        timezone="Asia/Bishkek",
        sources=(
            DayPages(url="https://kaktus.media/?lable=8&date=%Y-%m-%d&order=time", item="a.ArticleItem--name"),
            Sitemap(
                url="https://kaktus.media/other/sitemap.php?sitemap=sitemap.xml&year=%Y&mount=%m",
                every="month",
                archive=True,
            ),
        ),
        article_url=r"https://kaktus\.media/doc/\d+_[^/]+\.html$",
        outlets=("Kaktus.media", "Kaktus", "Кактус"),
        overrides=(
            Override(until=date(2023, 1, 1), body="div.BbCode"),
            Override(until=date(2025, 1, 1), body="div.Article--text"),
            Override(body="div.Article--block-content"),
        ),
    )
