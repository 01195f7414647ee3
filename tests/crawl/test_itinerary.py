"""Which source page is asked for next, and when a visit has asked enough."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.itinerary import MOST_REMEMBERED, Itinerary
from newscrawl.crawl.sources import SourcePage
from newscrawl.page import Fate
from newscrawl.site import DayPages, Feed, Listing, Sitemap, Source

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
HOME = "https://vesti.example/"
BOUNDS = Bounds(quiet_requests=3, repeated_pages=2, empty_days=4, source_pages=20)
LIST, MAP, DAYS = Listing(url=f"{HOME}news/"), Sitemap(url=f"{HOME}map.xml"), DayPages(url=f"{HOME}day/%Y-%m-%d")
FEEDS = [Feed(url=f"{HOME}feed{n}") for n in range(6)]


def page(source: Source, number: int = 1, url: str = "", changed: str = "") -> SourcePage:
    return SourcePage(source=source, url=url or f"{source.url}?{number}", page=number, changed=changed)


def beginnings(sources: Sequence[Source]) -> list[SourcePage]:
    return [SourcePage(source=source, url=source.url) for source in sources]


def everywhere(_: str) -> bool:
    return True


def walk(trip: Itinerary, brings: dict[str, int] | None = None) -> list[str]:
    """Ask until there is nothing to ask for; what each address brings is new, and nothing continues it."""
    asked = []
    while place := trip.next(everywhere):
        asked.append(place.url.removeprefix(HOME))
        new = (brings or {}).get(asked[-1], 0)
        trip.take_in(place, [f"{place.url}/{n}" for n in range(new)], new, [], {})
    return asked


def hours_ago(**hours: float) -> dict[str, tuple[datetime, Fate]]:
    return {HOME + name: (NOON - timedelta(hours=n), Fate.LISTING) for name, n in hours.items()}


# --- the quiet hour ----------------------------------------------------------------------------------------------------


def test_a_quiet_hour_asks_three_sources_the_preferred_one_and_those_that_were_not_asked_for_longest() -> None:
    trip = Itinerary(BOUNDS, whole=False)
    trip.add(beginnings(FEEDS), hours_ago(feed0=1, feed1=1, feed2=1, feed3=2, feed4=3))
    assert walk(trip) == ["feed0", "feed5", "feed4"]
    assert trip.is_quiet
    assert not trip.waits


def test_six_sources_have_their_turn_within_three_quiet_hours() -> None:
    told: dict[str, tuple[datetime, Fate]] = {}
    hours = []
    for hour in range(4):
        trip = Itinerary(BOUNDS, whole=False)
        trip.add(beginnings(FEEDS), told)
        hours.append(walk(trip))
        told |= {HOME + name: (NOON + timedelta(hours=hour), Fate.NOT_MODIFIED) for name in hours[-1]}
    turns = (["feed1", "feed2"], ["feed3", "feed4"], ["feed5", "feed1"], ["feed2", "feed3"])
    assert hours == [["feed0", *others] for others in turns]


def test_once_something_is_new_all_sources_are_asked() -> None:
    trip = Itinerary(BOUNDS, whole=False)
    trip.add(beginnings(FEEDS), {})
    assert walk(trip, {"feed2": 1}) == [f"feed{n}" for n in range(6)]


def test_news_that_come_late_open_the_rest() -> None:
    trip = Itinerary(BOUNDS, whole=False)
    trip.add(beginnings(FEEDS), {})
    first = [trip.next(everywhere) for _ in range(3)]
    assert trip.next(everywhere) is None
    assert first[0] is not None
    trip.take_in(first[0], [HOME + "a"], 1, [], {})
    assert trip.next(everywhere) is not None


def test_a_visit_for_everything_keeps_the_order_of_preference_and_asks_all() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add(beginnings(FEEDS), hours_ago(feed0=1))
    assert walk(trip) == [f"feed{n}" for n in range(6)]


def test_a_place_that_was_not_there_is_asked_once_a_day() -> None:
    gone = {
        FEEDS[1].url: (NOON - timedelta(hours=20), Fate.GONE),
        FEEDS[2].url: (NOON - timedelta(hours=25), Fate.GONE),
    }
    trip = Itinerary(BOUNDS, whole=False)
    trip.add(beginnings(FEEDS[:5]), gone | hours_ago(feed0=0, feed3=0, feed4=0))
    assert walk(trip) == ["feed0", "feed2", "feed3"]


# --- hosts -------------------------------------------------------------------------------------------------------------


def test_a_host_without_room_does_not_keep_the_next_source_back() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add(beginnings(FEEDS[:2]), {})
    place = trip.next(lambda url: url != FEEDS[0].url)
    assert place is not None
    assert place.url == FEEDS[1].url
    assert trip.next(lambda url: False) is None
    assert trip.waits
    assert trip.next(everywhere) is not None
    assert not trip.waits


# --- sources without an end --------------------------------------------------------------------------------------------


def follow(trip: Itinerary, source: Source, pages: list[list[str]]) -> tuple[int, str]:
    """Walk a source whose page n lists pages[n], the last one for ever: (pages asked for, why no more)."""
    trip.add([page(source)], {})
    asked, why = 0, ""
    while place := trip.next(everywhere):
        listed = pages[min(asked, len(pages) - 1)]
        asked += 1
        why = trip.take_in(place, [HOME + name for name in listed], 0, [page(source, asked + 1)], {})
    return asked, why


def test_a_list_that_repeats_its_last_page_ends() -> None:
    asked, why = follow(Itinerary(BOUNDS, whole=True), LIST, [["a", "b"], ["c"], ["d"]])
    assert asked == 5
    assert why == "2 pages in a row list nothing that the source had not listed: not followed further"


def test_a_list_that_shows_its_first_page_twice_goes_on() -> None:
    assert follow(Itinerary(BOUNDS, whole=True), LIST, [["a"], ["a"], ["b"], ["c"]])[0] == 6


def test_a_list_in_circles_ends() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add([page(LIST)], {})
    for number in range(100):
        place = trip.next(everywhere)
        if place is None:
            break
        trip.take_in(place, [f"{HOME}{number % 3}"], 0, [page(LIST, number + 2)], {})
    assert number == 5


def test_a_calendar_whose_pages_show_only_todays_news_ends_and_says_so() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add([page(DAYS, n) for n in range(100)], {})
    asked, why = 0, ""
    while place := trip.next(everywhere):
        asked += 1
        why = trip.take_in(place, [HOME + "todays"], 0, [], {})
    assert asked == 1 + BOUNDS.empty_days
    assert why == "4 days in a row list nothing that the source had not listed: not followed further"


def test_a_papers_holidays_do_not_end_its_day_pages() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add([page(DAYS, n) for n in range(12)], {})
    asked = 0
    while place := trip.next(everywhere):
        asked += 1
        trip.take_in(place, [place.url] if asked % 4 == 1 else [], 0, [], {})
    assert asked == 12


def test_two_sources_are_counted_apart() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    assert follow(trip, LIST, [["a"], ["b"], ["b"]])[0] == 4
    assert follow(trip, replace_url(LIST), [["a"], ["b"], ["b"]])[0] == 4


def replace_url(source: Listing) -> Listing:
    return Listing(url=source.url + "other/")


def test_what_one_source_listed_is_remembered_up_to_a_bound() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    for number in range(4):
        trip.take_in(page(LIST, number), (f"{number}/{n}" for n in range(MOST_REMEMBERED // 2)), 0, [], {})
    assert len(trip._courses[LIST].listed) <= MOST_REMEMBERED


def test_all_sources_together_have_a_bound_that_is_told() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    asked, why = follow(trip, LIST, [[f"{n}"] for n in range(100)])
    assert asked == 20
    assert why == "the visit has asked for 20 pages of sources: not followed further"


def test_what_leads_back_is_not_asked_again_and_that_is_told() -> None:
    trip = Itinerary(BOUNDS, whole=True)
    trip.add([page(MAP)], {})
    first = trip.next(everywhere)
    assert first is not None
    assert trip.take_in(first, [], 0, [first], {}) == "it leads only to what was asked already: not followed further"
    assert trip.next(everywhere) is None


# --- indexes of sitemaps -----------------------------------------------------------------------------------------------


def children(*changed: str) -> list[SourcePage]:
    return [page(MAP, 2, f"{HOME}map-{n}", day) for n, day in enumerate(changed)]


def walk_index(
    trip: Itinerary, found: list[SourcePage], asked: dict[str, tuple[datetime, Fate]], news: set[str]
) -> list[str]:
    trip.add([page(MAP)], {})
    order = []
    while place := trip.next(everywhere):
        order.append(place.url.removeprefix(HOME))
        new = int(order[-1] in news)
        trip.take_in(place, [place.url + "/a"] * new, new, found if len(order) == 1 else [], asked)
    return order[1:]


def test_of_an_index_all_children_are_asked_for_a_backfill() -> None:
    found = children("2024-05-02", "2024-04-30", "", "2023-01-31")
    assert walk_index(Itinerary(BOUNDS, whole=True), found, {}, set()) == ["map-0", "map-1", "map-2", "map-3"]


@pytest.mark.parametrize(
    ("news", "order"),
    [(set(), ["map-0"]), ({"map-0"}, ["map-0", "map-1"]), ({"map-0", "map-1"}, ["map-0", "map-1", "map-2"])],
)
def test_in_an_hourly_visit_children_are_asked_while_they_bring_something_new(news: set[str], order: list[str]) -> None:
    found = children("2024-05-02", "2024-04-30", "2024-03-31")
    assert walk_index(Itinerary(BOUNDS, whole=False), found, {}, news) == order


def test_a_child_that_has_not_changed_since_it_was_asked_is_left_alone() -> None:
    found = children("2024-05-02", "2024-04-30")
    asked = {place.url: (NOON, Fate.LISTING) for place in found}
    assert walk_index(Itinerary(BOUNDS, whole=False), found, asked, {"map-0"}) == ["map-0"]


def test_of_children_without_a_day_each_has_its_turn() -> None:
    found = children("", "", "")
    asked = hours_ago(**{"map-0": 1, "map-1": 3, "map-2": 2})
    assert walk_index(Itinerary(BOUNDS, whole=False), found, asked, set()) == ["map-1"]
