"""Chabarman: Kyrgyz and Uzbek in two lists; `2024-жылдын 2-майы` in headers, "Kecha, HH:MM" in a list, one dead link."""

import re

from newscrawl.demo.answer import Answer, Pages, html
from newscrawl.demo.edition import Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import EMPTY, Markup, element, fill, joined, links, paragraphs
from newscrawl.demo.story import Story
from newscrawl.demo.written_dates import ky_day, uz_day, uz_list_moment
from newscrawl.page import Fate
from newscrawl.site import Listing, Site

FOLDER = "chabarman"
GONE_PATH = "/ky/3299-joldogu-kuzot.html"
GONE_TITLE = "Жолдогу күзөт жөнүндө кабар"
ITEMS_A_PAGE = {"ky": 3, "uz": 2}
WORDS = {
    "ky": {"heading": "Жаңылыктар", "next": "Кийинки", "see_also_title": "Дагы окуңуз"},
    "uz": {"heading": "Yangiliklar", "next": "Keyingi", "see_also_title": "Yana oʻqing"},
}


def site(origin: str) -> Site:
    """The site as a spider would declare it."""

    def listing(language: str) -> Listing:
        return Listing(
            url=f"{origin}/{language}/",
            language=language,
            next_link="a.next",
            item="li.entry",
            link="a.entry-title",
            date=".entry-date",
        )

    return Site(
        name="demo_chabarman",
        home=f"{origin}/",
        private=True,
        delay_s=0.05,
        languages=("ky", "uz"),
        timezone="Asia/Bishkek",
        outlets=("Чабарман",),
        sources=(listing("ky"), listing("uz")),
        article_url=re.escape(origin) + r"/(?:ky|uz)/\d+-[a-z0-9-]+\.html$",
    )


def pages(edition: Edition) -> Pages:
    """Every address of the site; what its dead link names is 404."""
    articles = {path(story): html(_article(edition, story), edition.modified_at(story)) for story in edition.stories}
    front = edition.usual_pages([(path(story), story.title) for story in edition.stories])
    return {**front, **articles, **_lists(edition, "ky"), **_lists(edition, "uz")}


def expected(edition: Edition) -> list[ExpectedPage]:
    """The articles and the dead link."""
    found = []
    for story in edition.stories:
        precision = story.fact("header")
        if precision == "none":
            trap = "its only date is the list's, relative and in Uzbek"
            found.append(edition.expect(story, path(story), "listing", trap=trap))
        elif precision == "day":
            found.append(edition.expect(story, path(story), "header", "day", trap="a day without a clock is a day"))
        else:
            found.append(edition.expect(story, path(story), "header", trap="year first, month with a Kyrgyz ending"))
    return [*found, ExpectedPage(url=edition.origin + GONE_PATH, fates=(Fate.GONE,), trap="the list names a dead page")]


def path(story: Story) -> str:
    """Where an article is."""
    return f"/{story.language}/{story.fact('number')}-{story.slug.partition('-')[2]}.html"


def _lists(edition: Edition, language: str) -> dict[str, Answer]:
    items = [_item(edition, story) for story in edition.stories if story.language == language]
    if language == "ky":
        items.insert(1, _entry(GONE_PATH, GONE_TITLE))
    size, words = ITEMS_A_PAGE[language], WORDS[language]
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    addresses = [f"/{language}/", *(f"/{language}/page/{number}/" for number in range(2, len(chunks) + 1))]
    lists = {}
    for place, (address, chunk) in enumerate(zip(addresses, chunks, strict=True), start=1):
        is_last = place == len(addresses)
        following = EMPTY if is_last else element("a", words["next"], href=addresses[place], class_="next")
        page = fill(
            FOLDER,
            "list.html",
            language=language,
            outlet=edition.site.outlets[0],
            heading=words["heading"],
            items=joined(chunk),
            next=following,
        )
        lists[address] = html(page, edition.dated_changed_at if language == "uz" else edition.changed_at)
    return lists


def _item(edition: Edition, story: Story) -> Markup:
    if story.fact("header") != "none":
        return _entry(path(story), story.title)
    written = uz_list_moment(edition.published_locally(story), edition.today)
    return _entry(path(story), story.title, element("span", written, class_="entry-date"))


def _entry(url: str, title: str, date: Markup = EMPTY) -> Markup:
    return element("li", joined((element("a", title, href=url, class_="entry-title"), date), " "), class_="entry")


def _article(edition: Edition, story: Story) -> Markup:
    return fill(
        FOLDER,
        "article.html",
        language=story.language,
        title=story.title,
        outlet=edition.site.outlets[0],
        stated_date=_stated_date(edition, story),
        text=paragraphs(story.paragraphs),
        see_also_title=WORDS[story.language]["see_also_title"],
        see_also=links([(path(o), o.title) for o in edition.stories if o.language == story.language and o != story]),
    )


def _stated_date(edition: Edition, story: Story) -> Markup:
    local, precision = edition.published_locally(story), story.fact("header")
    if precision == "none":
        return EMPTY
    day = ky_day(local) if story.language == "ky" else uz_day(local)
    written = day if precision == "day" else f"{day}, {local:%H:%M}"
    return element("div", written, class_="article-date")
