"""Stepnoy: a district paper in windows-1251; "Вчера HH:MM" in paged lists, teasers and comments with misleading dates."""

from datetime import timedelta

from newscrawl.demo.answer import Answer, Pages, html
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import EMPTY, Markup, element, fill, joined, paragraphs
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import ru_day, ru_list_moment, ru_moment
from newscrawl.page import Fate
from newscrawl.site import Listing, Site

FOLDER = "stepnoy"
CHARSET = "windows-1251"
ITEMS_A_PAGE = 3
INTERNAL_PATH = "/news/internal/1861-dezhurstva.html"
PARTNER_URL = "https://partner.example/news/4410-yarmarka.html"
# Of any host, as patterns that were copied from address to address are: the partner's page fits it, its host does not.
ARTICLE_URL = r"https?://[^/]+/news/(?:internal/)?\d+-[a-z0-9-]+\.html$"
# Some weeks before the article that they stand beside: what a search for "a date near the text" finds first.
TEASER_AGES = (timedelta(days=19), timedelta(days=33), timedelta(days=47))


def site(origin: str) -> Site:
    """The site as a spider would declare it."""
    return Site(
        name="demo_stepnoy",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("ru",),
        timezone="Asia/Qostanay",
        outlets=("Степной вестник",),
        sources=(
            Listing(
                url=f"{origin}/news/",
                next_url=f"{origin}/news/page/{{page}}/",
                item=".news-item",
                link="a.news-item-title",
                date=".news-item-date",
            ),
        ),
        article_url=ARTICLE_URL,
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site; a list page beyond the last is 404."""
    articles = {
        path(story): html(_article(edition, story), edition.modified_at(story), CHARSET) for story in edition.stories
    }
    internal = fill(FOLDER, "internal.html", outlet=edition.site.outlets[0])
    front = edition.usual_pages(
        [("/news/", "Новости"), *((path(s), s.title) for s in edition.stories)], charset=CHARSET
    )
    return {**front, **articles, INTERNAL_PATH: html(internal, edition.base, CHARSET), **_lists(edition)}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles, the page that robots.txt keeps to itself, and the partner's page."""
    found = []
    for story in edition.stories:
        if _shows_date(story):
            found.append(edition.expect(story, path(story), "header", trap="the teasers' dates are other articles'"))
        else:
            trap = "dates stand only beside teasers, comments and in the footer; its own is in the list, relative"
            found.append(edition.expect(story, path(story), "listing", trap=trap))
    return [
        *found,
        ExpectedPage(url=edition.origin + INTERNAL_PATH, fates=(Fate.ROBOTS,), trap="robots.txt disallows it"),
        ExpectedPage(url=PARTNER_URL, fates=(Fate.OFFSITE, Fate.FILTERED), trap="listed, but on another's host"),
    ]


def path(story: Story) -> str:
    """Where an article is."""
    return f"/news/{story.fact('number')}-{story.slug}.html"


def _shows_date(story: Story) -> bool:
    return story.fact("shows_date") == "yes"


def _lists(edition: Edition) -> dict[str, Answer]:
    items = [_item(_listed_date(edition, story), path(story), story.title) for story in edition.stories]
    extra_date = _listed_date(edition, edition.stories[3])
    items.insert(2, _item(extra_date, INTERNAL_PATH, "Дежурства редакции на неделю"))
    items.insert(4, _item(extra_date, PARTNER_URL, "Наши партнёры: ярмарка мастеров"))
    chunks = [items[start : start + ITEMS_A_PAGE] for start in range(0, len(items), ITEMS_A_PAGE)]
    addresses = ["/news/", *(f"/news/page/{number}/" for number in range(2, len(chunks) + 1))]
    numbered = joined((element("a", str(n), href=url) for n, url in enumerate(addresses, start=1)), " ")
    outlet = edition.site.outlets[0]
    return {
        address: html(
            fill(FOLDER, "list.html", items=joined(chunk), pages=numbered, outlet=outlet),
            edition.dated_changed_at,
            CHARSET,
        )
        for address, chunk in zip(addresses, chunks, strict=True)
    }


def _listed_date(edition: Edition, story: Story) -> str:
    return ru_list_moment(edition.published_locally(story), edition.today)


def _item(date: str, url: str, title: str) -> Markup:
    return fill(FOLDER, "item.html", date=date, url=url, title=title)


def _article(edition: Edition, story: Story) -> Markup:
    local = edition.published_locally(story)
    stated = element("div", ru_moment(local), class_="article-date") if _shows_date(story) else EMPTY
    teasers = joined(
        fill(FOLDER, "teaser.html", date=ru_day(local - age), url=path(other), title=other.title)
        for age, other in zip(TEASER_AGES, edition.others(story, len(TEASER_AGES)), strict=True)
    )
    first, second = local + timedelta(minutes=12), local + timedelta(minutes=31)
    return fill(
        FOLDER,
        "article.html",
        title=story.title,
        outlet=edition.site.outlets[0],
        stated_date=stated,
        text=paragraphs(story.paragraphs),
        teasers=teasers,
        first_comment=f"{ru_day(first)} в {first:%H:%M}",
        second_comment=f"{ru_day(second)} в {second:%H:%M}",
        second_comment_iso=second.isoformat(),
    )
