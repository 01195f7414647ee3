"""Meridian: a sitemap index over a gzipped news sitemap and a plain one, English and Russian versions of one story."""

import gzip
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from newscrawl.demo.answer import Answer, Pages, html, xml
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import EMPTY, Markup, element, fill, joined, links, paragraphs, void_element
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import ru_moment
from newscrawl.site import Site, Sitemap

FOLDER = "meridian"
SCHEMAS = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
MOST_READ = {"en": "Most read", "ru": "Самое читаемое"}


def site(origin: str) -> Site:
    """The site as a spider would declare it."""
    return Site(
        name="demo_meridian",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("en", "ru"),
        timezone="Asia/Tashkent",
        outlets=("The Demo Meridian",),
        sources=(Sitemap(url=f"{origin}/sitemap.xml"),),
        article_url=re.escape(origin) + r"/(?:en|ru)/news/[a-z0-9-]+-\d+$",
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site."""
    articles = {path(story): html(_article(edition, story), edition.modified_at(story)) for story in edition.stories}
    maps = {
        "/sitemap-news.xml.gz": Answer(
            body=gzip.compress(_urls(edition, _listed(edition, "news"), news=True).encode(), mtime=0),
            content_type="application/gzip",
            changed_at=_newest(edition, "news"),
        ),
        "/sitemap-articles.xml": xml(_urls(edition, _listed(edition, "articles")), _newest(edition, "articles")),
        "/sitemap-pages.xml": xml(_static_urls(edition), _founded_at(edition)),
        "/sitemap.xml": xml(_index(edition), edition.changed_at),
    }
    front = edition.usual_pages([(path(story), story.title) for story in edition.stories])
    return {**front, **articles, **maps}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles: Russian pages carry microdata, English ones no date, so that the news sitemap's counts, or none."""
    found = []
    for story in edition.stories:
        modified = edition.modified_at(story)
        if story.language == "ru":
            found.append(edition.expect(story, path(story), "microdata", modified=modified))
        elif "news" in story.fact("listed"):
            trap = "the page states only when it was modified; the date is in the gzipped news sitemap"
            found.append(edition.expect(story, path(story), "sitemap", modified=modified, trap=trap))
        else:
            trap = "no place says when it was published; lastmod and modified_time are no such place"
            found.append(edition.expect(story, path(story), None, modified=modified, trap=trap))
    return found


def path(story: Story) -> str:
    """Where an article is; both versions of a story bear its number."""
    return f"/{story.language}/news/{story.slug.partition('-')[2]}-{story.fact('number')}"


def _listed(edition: Edition, where: str) -> list[Story]:
    return [story for story in edition.stories if where in story.fact("listed")]


def _newest(edition: Edition, where: str) -> datetime:
    return max(edition.modified_at(story) for story in _listed(edition, where))


def _founded_at(edition: Edition) -> datetime:
    """When the pages that are no news were written."""
    return edition.base.replace(second=0, microsecond=0) - timedelta(days=400)


def _versions(edition: Edition, story: Story) -> list[tuple[str, str]]:
    """The story in all its languages, itself included, as (language, address)."""
    same = [other for other in edition.stories if other.fact("number") == story.fact("number")]
    return sorted((version.language, edition.origin + path(version)) for version in same)


def _article(edition: Edition, story: Story) -> Markup:
    versions = _versions(edition, story)
    others = [other for other in edition.others(story, 5) if other.language == story.language][:3]
    return fill(
        FOLDER,
        "article.html",
        language=story.language,
        title=story.title,
        outlet=edition.site.outlets[0],
        lead=story.paragraphs[0],
        url=edition.origin + path(story),
        section=story.fact("section"),
        modified=edition.modified_at(story).astimezone(edition.zone).isoformat(),
        alternates=joined(void_element("link", rel="alternate", hreflang=code, href=url) for code, url in versions),
        switcher=joined((element("a", code.upper(), href=url, hreflang=code) for code, url in versions), " "),
        stated_date=_stated_date(edition, story),
        text=paragraphs(story.paragraphs),
        most_read_title=MOST_READ[story.language],
        most_read=links([(path(other), other.title) for other in others]),
    )


def _stated_date(edition: Edition, story: Story) -> Markup:
    if story.language != "ru":
        return EMPTY
    local = edition.published_locally(story)
    return element("time", ru_moment(local), itemprop="datePublished", datetime=local.isoformat())


def _index(edition: Edition) -> str:
    children = (
        ("/sitemap-news.xml.gz", _newest(edition, "news")),
        ("/sitemap-articles.xml", _newest(edition, "articles")),
        ("/sitemap-pages.xml", _founded_at(edition)),
    )
    return _document(
        "sitemapindex",
        (
            element("sitemap", joined((element("loc", edition.origin + address), _lastmod(edition, at))))
            for address, at in children
        ),
        {"xmlns": SCHEMAS["xmlns"]},
    )


def _urls(edition: Edition, stories: list[Story], news: bool = False) -> str:
    entries = []
    for story in stories:
        parts = [element("loc", edition.origin + path(story)), _lastmod(edition, edition.modified_at(story))]
        if news:
            parts.append(_news(edition, story))
        parts += [
            Markup(void_element("xhtml:link", rel="alternate", hreflang=code, href=url).removesuffix(">") + "/>")
            for code, url in _versions(edition, story)
        ]
        entries.append(element("url", joined(parts)))
    return _document("urlset", entries, SCHEMAS)


def _news(edition: Edition, story: Story) -> Markup:
    outlet = joined((element("news:name", edition.site.outlets[0]), element("news:language", story.language)))
    published = edition.published_locally(story).isoformat()
    return element(
        "news:news",
        joined(
            (
                element("news:publication", outlet),
                element("news:publication_date", published),
                element("news:title", story.title),
            )
        ),
    )


def _static_urls(edition: Edition) -> str:
    entries = (element("url", element("loc", edition.origin + address)) for address in ("/", "/about/"))
    return _document("urlset", entries, SCHEMAS)


def _lastmod(edition: Edition, instant: datetime) -> Markup:
    return element("lastmod", instant.astimezone(edition.zone).isoformat())


def _document(root: str, parts: Iterable[Markup], schemas: dict[str, str]) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(root, joined(parts), **schemas)
