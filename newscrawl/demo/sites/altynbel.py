"""Altynbel: a WordPress with its API, Russian and Kazakh posts, JSON-LD in UTC as Yoast writes it, the day in the address."""

import re
from datetime import UTC

from newscrawl.demo.answer import Pages, html
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import Markup, fill, joined, json_ld, links, paragraphs, void_element
from newscrawl.demo.sites.wordpress_api import Post, api_pages
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import ru_day
from newscrawl.site import Site, WordPress

FOLDER = "altynbel"
FIRST_POST_NUMBER = 640
WORDS = {
    "kk": {"language": "kk", "home": "Басты бет", "related_title": "Тағы оқыңыз"},
    "ru": {"language": "ru-RU", "home": "Главная", "related_title": "Читайте также"},
}


def site(origin: str) -> Site:
    """The site as a spider would declare it."""
    return Site(
        name="demo_altynbel",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("kk", "ru"),
        timezone="Asia/Almaty",
        outlets=("Алтынбел жаршысы",),
        sources=(WordPress(url=f"{origin}/wp-json/"),),
        article_url=re.escape(origin) + r"/\d{4}/\d\d/\d\d/[a-z0-9-]+/$",
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site."""
    articles = {
        path(edition, story): html(_article(edition, story), edition.modified_at(story)) for story in edition.stories
    }
    head = void_element("link", rel="https://api.w.org/", href="/wp-json/")
    front = edition.usual_pages(_links(edition, edition.stories), head=head)
    return {**front, **articles, **api_pages(edition, _posts(edition))}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles: their JSON-LD outweighs the API."""
    trap = "the JSON-LD's WebPage and dateModified stand beside the article's own date; one Kazakh text quotes Russian"
    return [
        edition.expect(story, path(edition, story), "json-ld", modified=edition.modified_at(story), trap=trap)
        for story in edition.stories
    ]


def path(edition: Edition, story: Story) -> str:
    """Where an article is: the day is the site's own."""
    return f"/{edition.published_locally(story):%Y/%m/%d}/{story.slug}/"


def _links(edition: Edition, stories: tuple[Story, ...]) -> list[tuple[str, str]]:
    return [(path(edition, story), story.title) for story in stories]


def _posts(edition: Edition) -> list[Post]:
    return [
        Post(
            number=FIRST_POST_NUMBER - 3 * place,
            link=edition.origin + path(edition, story),
            slug=story.slug,
            title=story.title,
            paragraphs=story.paragraphs,
            published_at=edition.published_at(story),
            modified_at=edition.modified_at(story),
        )
        for place, story in enumerate(edition.stories)
    ]


def _article(edition: Edition, story: Story) -> Markup:
    local = edition.published_locally(story)
    tags = [tag.strip() for tag in story.fact("tags").split(",")]
    return fill(
        FOLDER,
        "article.html",
        **WORDS[story.language],
        title=story.title,
        outlet=edition.site.outlets[0],
        url=edition.origin + path(edition, story),
        lead=story.paragraphs[0],
        section=story.fact("section"),
        author=story.fact("author"),
        published=local.isoformat(),
        day=ru_day(local) if story.language == "ru" else f"{local:%d.%m.%Y}",
        tags=", ".join(tags),
        text=paragraphs(story.paragraphs),
        related=joined([links(_links(edition, edition.others(story, 2)))]),
        json_ld=json_ld(_graph(edition, story, tags)),
    )


def _graph(edition: Edition, story: Story, tags: list[str]) -> dict[str, object]:
    address = edition.origin + path(edition, story)
    times = {
        "datePublished": edition.published_at(story).astimezone(UTC).isoformat(),
        "dateModified": edition.modified_at(story).astimezone(UTC).isoformat(),
    }
    article = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "isPartOf": {"@id": address},
        "headline": story.title,
        "author": {"@type": "Person", "name": story.fact("author")},
        "articleSection": [story.fact("section")],
        "keywords": tags,
        "inLanguage": story.language,
        **times,
    }
    page = {"@type": "WebPage", "@id": address, "url": address, "name": story.title, **times}
    outlet = {"@type": "Organization", "@id": f"{edition.site.home}#organization", "name": edition.site.outlets[0]}
    return {"@context": "https://schema.org", "@graph": [article, page, outlet]}
