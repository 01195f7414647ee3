"""Kokzhiek: English articles on a Russian page, dated by nothing but the feed; a calendar widget shows the day of the visit."""

import re
from datetime import datetime
from email.utils import format_datetime

from newscrawl.demo.answer import Pages, html, moved, xml
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import Markup, element, fill, joined, links, paragraphs, void_element
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import ru_day
from newscrawl.page import Fate
from newscrawl.site import Feed, Site

FOLDER = "kokzhiek"
FIRST_POST_NUMBER = 812


def site(origin: str) -> Site:
    """The site as a spider would declare it."""
    return Site(
        name="demo_kokzhiek",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("ru", "en"),
        timezone="Asia/Almaty",
        outlets=("kokzhiek.demo",),
        sources=(Feed(url=f"{origin}/feed/"),),
        article_url=re.escape(origin) + r"/[a-z0-9]+(?:-[a-z0-9]+)+/$",
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site."""
    stories = {path(story): html(_article(edition, story), edition.dated_changed_at) for story in edition.stories}
    old = {old_path(story): moved(path(story)) for story in edition.stories if story.fact("moved_from")}
    head = void_element("link", rel="alternate", type="application/rss+xml", href="/feed/")
    front = edition.usual_pages(_links(edition.stories), head=head)
    feed = xml(_feed(edition), edition.changed_at, "application/rss+xml")
    return {**front, **stories, **old, "/feed/": feed}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles, and the old address."""
    widget = "the calendar's day of the visit is no publication date; cookie notice, tabs and second title are no text"
    found = [edition.expect(story, path(story), "feed", trap=widget) for story in edition.stories]
    old = [old_path(story) for story in edition.stories if story.fact("moved_from")]
    return found + [
        ExpectedPage(
            url=edition.origin + address, fates=(Fate.REDIRECTED,), trap="the feed still lists the old address"
        )
        for address in old
    ]


def path(story: Story) -> str:
    """Where an article is."""
    return f"/{story.slug}/"


def old_path(story: Story) -> str:
    """Where an article was before it moved."""
    return f"/{story.fact('moved_from')}/"


def _links(stories: tuple[Story, ...]) -> list[tuple[str, str]]:
    return [(path(story), story.title) for story in stories]


def _article(edition: Edition, story: Story) -> Markup:
    return fill(
        FOLDER,
        "article.html",
        title=story.title,
        outlet=edition.site.outlets[0],
        url=edition.origin + path(story),
        text=paragraphs(story.paragraphs),
        latest=links(_links(edition.others(story, 4)), "latest-news"),
        today=ru_day(edition.today),
    )


def _feed(edition: Edition) -> str:
    channel = joined(
        (
            element("title", edition.site.outlets[0]),
            element("link", edition.site.home),
            element("description", "Новости Кокжиека"),
            element("lastBuildDate", _rfc822(edition.changed_at)),
            element("language", "ru-RU"),
            *(_item(edition, story, FIRST_POST_NUMBER - n) for n, story in enumerate(edition.stories)),
        )
    )
    creators = {"version": "2.0", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element("rss", element("channel", channel), **creators)


def _item(edition: Edition, story: Story, number: int) -> Markup:
    address = old_path(story) if story.fact("moved_from") else path(story)
    return element(
        "item",
        joined(
            (
                element("title", story.title),
                element("link", edition.origin + address),
                element("dc:creator", story.fact("author")),
                element("pubDate", _rfc822(edition.published_at(story))),
                element("category", story.fact("section")),
                element("guid", f"{edition.origin}/?p={number}", isPermaLink="false"),
                element("description", story.paragraphs[0][:120] + " […]"),
            )
        ),
    )


def _rfc822(instant: datetime) -> str:
    return format_datetime(instant)
