"""Tañjaryq: Kazakh in Latin letters, one list a day, meta tags with a wrong zone, and pages that are no articles."""

import re
from datetime import date, timedelta, timezone

from newscrawl.demo.answer import Answer, Pages, html
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import Markup, element, fill, joined, json_ld, links, paragraphs
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import kk_latin_day
from newscrawl.page import Fate
from newscrawl.site import DayPages, Override, Site

FOLDER = "tanjaryq"
LISTED_DAYS = 4
# A clock that never heard of Almaty's change of zone: its offset is an hour too far east, whatever the season.
WRONG_BY = timedelta(hours=1)
# template, slug, title, hours before the base, fates
NO_ARTICLES = (
    ("gallery.html", "suret-jinagy-kalada-koktem", "Suret jinağy: qaladağy köktem", 4, (Fate.EMPTY, Fate.LISTING)),
    ("soft_404.html", "ashyq-baq-turaly-habar", "Aşyq baq turaly habar", 5, (Fate.SOFT_404, Fate.ERROR_PAGE)),
    ("paywall.html", "alma-bagynyn-qupiiasy", "Alma bağynyñ qūpiiasy", 26, (Fate.PAYWALL,)),
    ("challenge.html", "tangy-bazar-tikelei", "Tañğy bazar: tıkelei efir", 27, (Fate.CHALLENGE,)),
)


def site(origin: str) -> Site:
    """The site as a spider would declare it."""
    return Site(
        name="demo_tanjaryq",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("kk",),
        timezone="Asia/Almaty",
        outlets=("Tañ jaryğy",),
        sources=(DayPages(url=f"{origin}/kunder/%Y-%m-%d/", item=".day-item", days=LISTED_DAYS),),
        article_url=re.escape(origin) + r"/maqala/[a-z0-9-]+/$",
        overrides=(Override(clock="local"),),
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site."""
    articles = {path(s.slug): html(_article(edition, s), edition.modified_at(s)) for s in edition.stories}
    others = {
        path(slug): html(_no_article(edition, template, title), edition.base)
        for template, slug, title, _, _ in NO_ARTICLES
    }
    flower = Answer(body=fill(FOLDER, "flower.svg").encode(), content_type="image/svg+xml", changed_at=edition.base)
    pictures = {f"/suret/{number}.svg": flower for number in (1, 2, 3)}
    script = Answer(body=b"void 0;\n", content_type="text/javascript; charset=utf-8", changed_at=edition.base)
    front = edition.usual_pages([(path(story.slug), story.title) for story in edition.stories])
    scripts = {"/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1": script}
    return {**front, **articles, **others, **pictures, **scripts, **_days(edition)}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles and the four pages that must leave no row."""
    trap = "the meta tag's offset is an hour wrong, its clock is right; no profile of Cyrillic Kazakh knows this script"
    found = [edition.expect(story, path(story.slug), "meta", trap=trap) for story in edition.stories]
    return found + [
        ExpectedPage(url=edition.origin + path(slug), fates=fates, trap=f"no article: {template.partition('.')[0]}")
        for template, slug, _, _, fates in NO_ARTICLES
    ]


def path(slug: str) -> str:
    """Where an article is."""
    return f"/maqala/{slug}/"


def _days(edition: Edition) -> dict[str, Answer]:
    """A page for each day from the first story's on to the day after the visit; days without news say so."""
    entries = [(edition.published_locally(s), path(s.slug), s.title) for s in edition.stories]
    entries += [
        (
            (edition.base.replace(second=0, microsecond=0) - timedelta(hours=age)).astimezone(edition.zone),
            path(slug),
            title,
        )
        for _, slug, title, age, _ in NO_ARTICLES
    ]
    first = min(at for at, _, _ in entries).date() - timedelta(days=LISTED_DAYS)
    days = [first + timedelta(days=n) for n in range((edition.today - first).days + 1)]
    listed: dict[date, list[Markup]] = {day: [] for day in days}
    for at, url, title in sorted(entries, reverse=True):
        item = joined((element("span", f"{at:%H:%M}", class_="day-time"), element("a", title, href=url)), " ")
        listed[at.date()].append(element("div", item, class_="day-item"))
    nothing = element("p", "Būl künı jañalyq jariialanbağan.")
    return {
        f"/kunder/{day:%Y-%m-%d}/": html(
            fill(
                FOLDER,
                "day.html",
                day=kk_latin_day(day),
                outlet=edition.site.outlets[0],
                items=joined(items) if items else nothing,
            ),
            edition.changed_at,
        )
        for day, items in listed.items()
    }


def _article(edition: Edition, story: Story) -> Markup:
    local = edition.published_locally(story)
    offset = local.utcoffset() or timedelta(0)
    stated = local.replace(tzinfo=timezone(offset + WRONG_BY))
    return fill(
        FOLDER,
        "article.html",
        title=story.title,
        outlet=edition.site.outlets[0],
        url=edition.origin + path(story.slug),
        stated=stated.isoformat(),
        text=paragraphs(story.paragraphs),
        latest=links([(path(other.slug), other.title) for other in edition.others(story)]),
    )


def _no_article(edition: Edition, template: str, title: str) -> Markup:
    facts = {"outlet": edition.site.outlets[0]}
    if template != "paywall.html":
        return fill(FOLDER, template, **facts)
    sold = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "isAccessibleForFree": False}
    return fill(FOLDER, template, **facts, json_ld=json_ld(sold))
