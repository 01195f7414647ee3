"""Where a visit begins, how a source is read, and how far it is followed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from scrapy.http import Response

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.sources import MOST_PAGES, SourcePage, first_pages, next_pages, read_source
from newscrawl.page import Discovery
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap, Source, WordPress

# Almaty has had its second of May for some hours when London's first is not over.
NOW = datetime(2024, 5, 1, 22, 30, tzinfo=UTC)
TODAY = NOW.date()
HOME = "https://vesti.example/"
FEED, MAP, LIST = Feed(url=HOME + "feed"), Sitemap(url=HOME + "sitemap.xml"), Listing(url=HOME + "news/", pages=7)
DAYS = DayPages(url=HOME + "day/%Y/%-m/%-d", days=2)


def site(*sources: Source, timezone: str | None = "Asia/Almaty") -> Site:
    return Site(name="vesti_example", home=HOME, timezone=timezone, sources=sources)


def begun(*sources: Source, timezone: str | None = "Asia/Almaty", **arguments: object) -> list[str]:
    pages = first_pages(site(*sources, timezone=timezone), CrawlArguments(**arguments), NOW)  # type: ignore[arg-type]
    return [page.url.removeprefix(HOME) for page in pages]


def test_a_visit_begins_with_every_source_in_order() -> None:
    assert begun(MAP, FEED, LIST) == ["sitemap.xml", "feed", "news/"]


def test_day_pages_are_asked_newest_first_in_the_sites_own_calendar() -> None:
    assert begun(DAYS) == ["day/2024/5/2", "day/2024/5/1"]
    assert begun(DAYS, timezone=None) == ["day/2024/5/1", "day/2024/4/30"]


def test_day_pages_are_chosen_by_the_window() -> None:
    window = {"since": date(2024, 2, 28), "until": date(2024, 3, 1)}
    assert begun(DAYS, **window) == ["day/2024/3/1", "day/2024/2/29", "day/2024/2/28"]
    assert begun(DAYS, until=date(2024, 3, 1)) == ["day/2024/3/1", "day/2024/2/29"]
    assert begun(DAYS, since=date(2024, 5, 2)) == ["day/2024/5/2"]


def test_no_day_of_the_future_is_asked_for() -> None:
    assert begun(DAYS, until=date(2100, 1, 1)) == ["day/2024/5/2", "day/2024/5/1"]
    assert begun(DAYS, since=date(2100, 1, 1)) == []


def test_day_pages_of_a_century_are_bounded() -> None:
    assert len(begun(DAYS, since=date(1924, 1, 1))) == 3660


def test_an_archive_is_asked_only_for_a_window_that_reaches_back_to_it() -> None:
    archive = Sitemap(url=HOME + "archive.xml", archive=True)
    assert begun(FEED, archive) == ["feed"]
    assert begun(FEED, archive, since=date(2024, 4, 30)) == ["feed"]
    assert begun(FEED, archive, since=date(2024, 4, 1)) == ["feed", "archive.xml"]
    assert begun(FEED, archive, until=date(2024, 4, 1)) == ["feed", "archive.xml"]


def test_sitemaps_of_a_day_or_a_month_are_asked_newest_first_and_by_the_window() -> None:
    days = Sitemap(url=HOME + "materials-%Y-%m-%d.xml", every="day")
    months = Sitemap(url=HOME + "map?year=%Y&mount=%m", every="month")
    assert begun(days) == ["materials-2024-05-02.xml", "materials-2024-05-01.xml"]
    assert begun(months) == ["map?year=2024&mount=05", "map?year=2024&mount=04"]
    assert begun(months, since=date(2024, 2, 28), until=date(2024, 3, 1)) == [
        "map?year=2024&mount=03",
        "map?year=2024&mount=02",
    ]


def test_of_an_indexs_children_the_newest_are_read_unless_a_window_asks_for_more() -> None:
    index = Sitemap(url=HOME + "sitemap.xml", children=r"/(\d+)\.xml$", newest=1)
    names = "".join(f"<sitemap><loc>{HOME}sitemap/{n}.xml</loc></sitemap>" for n in (99, 107, 100))
    answer = Response(index.url, body=f"<sitemapindex>{names}</sitemapindex>".encode())
    place = SourcePage(source=index, url=index.url)
    assert read_source(answer, place, site(index), CrawlArguments()).more == (HOME + "sitemap/107.xml",)
    assert len(read_source(answer, place, site(index), CrawlArguments(since=date(2024, 1, 1))).more) == 3


def test_a_wordpress_api_is_asked_for_the_window() -> None:
    [asked] = begun(WordPress(url=HOME + "wp-json/"), since=date(2024, 4, 1), until=date(2024, 4, 1))
    assert "after=2024-03-31T19%3A00%3A00Z" in asked
    assert "before=2024-04-01T19%3A00%3A00Z" in asked


# --- reading ---------------------------------------------------------------------------------------------------------

ITEM = "<item><title>Мост открыли</title><link>https://vesti.example/news/most-otkryli-1234</link></item>"
ANSWERS = [
    (FEED, f"<rss version='2.0'><channel>{ITEM}</channel></rss>"),
    (MAP, "<urlset><url><loc>https://vesti.example/news/most-otkryli-1234</loc></url></urlset>"),
    (LIST, "<main><a href='/news/most-otkryli-1234'>Мост открыли утром</a></main>"),
    (DAYS, "<main><a href='/news/most-otkryli-1234'>Мост открыли утром</a></main>"),
    (
        WordPress(url=HOME + "wp-json/"),
        '[{"link": "https://vesti.example/news/most-otkryli-1234", "date_gmt": "2024-05-01T10:00:00", "title": {"rendered": "x"}}]',
    ),
]


@pytest.mark.parametrize(("source", "body"), ANSWERS, ids=[s.kind for s, _ in ANSWERS])
def test_each_kind_of_source_is_read_as_what_it_is(source: Source, body: str) -> None:
    answer = Response(source.url, body=body.encode())
    found = read_source(answer, SourcePage(source=source, url=source.url), site(source), CrawlArguments())
    assert [c.url for c in found.candidates] == ["https://vesti.example/news/most-otkryli-1234"]
    assert found.problem is None


@pytest.mark.parametrize(("source", "body"), ANSWERS, ids=[s.kind for s, _ in ANSWERS])
def test_an_entry_that_states_no_language_has_its_sources(source: Source, body: str) -> None:
    answer, told = Response(source.url, body=body.encode()), replace(source, language="kk")
    found = read_source(answer, SourcePage(source=told, url=source.url), site(told), CrawlArguments())
    assert [c.language for c in found.candidates] == ["kk"]


def test_an_entrys_own_language_is_kept() -> None:
    item = "<item><link>https://vesti.example/news/most-otkryli-1234</link><title>x</title></item>"
    feed = f"<rss><channel><language>ru</language>{item}</channel></rss>"
    told = replace(FEED, language="kk")
    found = read_source(
        Response(told.url, body=feed.encode()), SourcePage(source=told, url=told.url), site(told), CrawlArguments()
    )
    assert [c.language for c in found.candidates] == ["ru"]


BODIES = [
    b"",
    b"\x00\xff\xfe\x80" * 50,
    b"<rss><channel><item>",
    b"{",
    b"[]",
    b"null",
    b"<html></html>",
    b"\x1f\x8b\x08rubbish",
]


@pytest.mark.parametrize("source", [s for s, _ in ANSWERS], ids=[s.kind for s, _ in ANSWERS])
@pytest.mark.parametrize("body", BODIES, ids=[repr(b)[:20] for b in BODIES])
def test_what_cannot_be_read_is_a_problem_in_words_and_no_error(source: Source, body: bytes) -> None:
    answer = Response(source.url, body=body)
    found = read_source(answer, SourcePage(source=source, url=source.url), site(source), CrawlArguments())
    assert found.candidates == ()
    assert found.problem or body == b"[]"


# --- going on --------------------------------------------------------------------------------------------------------

GOING_ON = [
    ("a list, first page", LIST, 1, False, True),
    ("a short list", replace(LIST, pages=1), 1, False, False),
    ("a list, near its own bound", LIST, 6, False, True),
    ("a list, at its own bound", LIST, 7, False, False),
    ("a list that has passed the window", LIST, 2, True, False),
    ("a feed", FEED, MOST_PAGES - 1, False, True),
    ("a feed without an end", FEED, MOST_PAGES, False, False),
    ("a sitemap's children", MAP, 1, False, True),
    ("a sitemap's children, the window passed", MAP, 1, True, True),
]


@pytest.mark.parametrize(
    ("source", "page", "passed", "goes_on"), [g[1:] for g in GOING_ON], ids=[g[0] for g in GOING_ON]
)
def test_how_far_a_source_is_followed(source: Source, page: int, passed: bool, goes_on: bool) -> None:
    place, found = SourcePage(source=source, url=source.url, page=page), Discovery(more=(HOME + "next",))
    following, why = next_pages(place, found, TODAY, goes_on=True, ended=passed)
    assert following == ([SourcePage(source=source, url=HOME + "next", page=page + 1)] if goes_on else [])
    assert bool(why) is not goes_on


@pytest.mark.parametrize(("source", "followed"), [(LIST, False), (FEED, False), (MAP, True)])
def test_only_an_index_is_followed_when_its_page_brought_nothing_new(source: Source, followed: bool) -> None:
    place, found = SourcePage(source=source, url=source.url), Discovery(more=(HOME + "next",))
    following, why = next_pages(place, found, TODAY, goes_on=False, ended=False)
    assert bool(following) is followed
    assert why == ("" if followed else "nothing new: not followed further")


def test_indexes_of_indexes_have_an_end_that_is_told() -> None:
    found = Discovery(more=(HOME + "next",))
    told = [
        next_pages(SourcePage(source=MAP, url=HOME, page=n), found, TODAY, goes_on=True, ended=False)[1]
        for n in (1, 3, 4, 9)
    ]
    assert told == ["", "", *["an index 4 indexes deep: not followed"] * 2]


def test_a_source_that_does_not_go_on_is_told_nothing_of() -> None:
    assert next_pages(SourcePage(source=LIST, url=HOME), Discovery(), TODAY, goes_on=False, ended=True) == ([], "")


CALENDAR = [
    ("tomorrow, for the zones", "calendar/2024/05/02", None, True),
    ("the day after", "calendar/2024/05/03", None, False),
    ("a month to come", "archive?year=2024&month=06", None, False),
    ("this month", "archive?year=2024&month=05", None, True),
    ("the past, without a window", "calendar/1999/01/01", None, True),
    ("before the window", "calendar/2024/03/01", date(2024, 4, 1), False),
    ("the day before the window, for the zones", "calendar/2024/03/31", date(2024, 4, 1), True),
    ("no day at all", "news/page/20240", date(2024, 4, 1), True),
]


@pytest.mark.parametrize(("path", "since", "followed"), [c[1:] for c in CALENDAR], ids=[c[0] for c in CALENDAR])
def test_a_calendar_is_not_followed_into_days_to_come_or_before_the_window(
    path: str, since: date | None, followed: bool
) -> None:
    found = Discovery(more=(HOME + path,))
    following, why = next_pages(SourcePage(source=LIST, url=HOME), found, TODAY, since, goes_on=True, ended=False)
    assert bool(following) is followed
    assert ("day outside the window or to come" in why) is not followed


def test_what_an_index_tells_of_its_children_goes_with_them() -> None:
    found = Discovery(more=(HOME + "a", HOME + "b"), more_days=("2024-05-02", ""))
    following, _ = next_pages(SourcePage(source=MAP, url=HOME), found, TODAY, goes_on=True, ended=False)
    assert [page.changed for page in following] == ["2024-05-02", ""]
