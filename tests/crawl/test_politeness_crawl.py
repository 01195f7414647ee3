"""What a server's own log says of a crawl: nothing forbidden, nothing too early, and nothing at all where that was asked for."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from newscrawl import __version__
from tests.crawl.crawls import Crawled, command, frozen_copy, run
from tests.crawl.local_site import Answer, Asked, LocalSite, Reply
from tests.crawl.news import STORIES, TIMEZONE, feed

pytestmark = pytest.mark.timeout(300)
CRAWL_DELAY_S = 0.1
PATIENCE_S = 1
ROBOTS = f"User-agent: newscrawl\nDisallow: /private/\nCrawl-delay: {CRAWL_DELAY_S}\n"
CONTACT = "https://crawl.example/about"
FRONT = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>…</body></html>'
PRIVATE = [f"/private/kept-back-page-{n}" for n in range(300, 310)]
PAGE = Answer(body=STORIES[0].page)


def at_first(answer: Answer, then: Answer = PAGE) -> Reply:
    return lambda visit: then if visit else answer


def moved(to: str) -> Answer:
    return Answer(status=302, headers=(("Location", to),))


def polite_site() -> LocalSite:
    """Two hosts, 127.0.0.1 and localhost: a slow robots.txt, errors that pass, redirects to and fro."""
    site = LocalSite()
    other = site.origin.replace("127.0.0.1", "localhost")
    pages: dict[str, Reply] = {
        "/news/slow-page-about-the-bridge-401": Answer(body=STORIES[0].page, delay_s=CRAWL_DELAY_S * 3),
        "/news/connection-is-cut-at-first-402": at_first(Answer(raw=b"")),
        "/news/unavailable-at-first-403": at_first(Answer(status=503)),
        "/news/leads-to-the-other-host-404": moved(f"{other}/news/behind-the-other-name-405"),
        "/news/leads-there-as-well-406": moved(f"{other}/news/behind-it-too-407"),
        "/news/asks-for-patience-408": at_first(Answer(status=429, headers=(("Retry-After", str(PATIENCE_S)),))),
        "/news/plain-page-of-today-409": PAGE,
    }
    behind: dict[str, Reply] = {"/news/behind-the-other-name-405": PAGE, "/news/behind-it-too-407": PAGE}
    links = [site.url(path) for path in (*PRIVATE, *pages)] + [f"{other}/news/of-the-other-host-410"]
    site.pages |= pages | behind | dict.fromkeys([*PRIVATE, "/news/of-the-other-host-410"], PAGE)
    site.pages |= {
        "/robots.txt": Answer(body=ROBOTS, content_type="text/plain", delay_s=0.3),
        "/": Answer(body=FRONT),
        "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
    }
    return site


def crawl(site: LocalSite, data: Path, now: str, spider: str = "two_hosts") -> Crawled:
    begun = len(site.requests)
    settings = ("-s", "SPIDER_MODULES=tests.crawl.polite_spiders,spiders", "-s", f"NEWSCRAWL_CONTACT={CONTACT}")
    given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
    ended = run(command(data, *given, *settings, now=now, spider=spider))
    crawled = Crawled(exit_code=ended.returncode, lines=ended.stderr, data=data, requests=site.requests[begun:])
    return frozen_copy(crawled, data.parent / f"{data.name}-{begun}-{now[:13]}")


def crawl_politely(folder: Path) -> dict[str, Crawled]:
    with polite_site() as site:
        first = crawl(site, folder / "data", "2024-05-02T12:00:00+00:00")
        same_day = crawl(site, folder / "data", "2024-05-03T10:00:00+00:00")
        site.pages["/robots.txt"] = Answer(status=503)
        next_day = crawl(site, folder / "data", "2024-05-03T13:00:00+00:00")
    return {"first": first, "same day": same_day, "next day": next_day}


Once = Callable[[str, Callable[[Path], dict[str, Crawled]]], dict[str, Crawled]]


@pytest.fixture(scope="session")
def polite(once: Once) -> dict[str, Crawled]:
    return once("polite-crawl", crawl_politely)


def gaps(requests: list[Asked]) -> list[float]:
    """Seconds between two requests to one host, all hosts together."""
    found = []
    for host in {asked.host for asked in requests}:
        times = sorted(asked.at_s for asked in requests if asked.host == host)
        found += [after - before for before, after in pairwise(times)]
    return found


def test_every_page_arrives_in_the_end(polite: dict[str, Crawled]) -> None:
    first = polite["first"]
    fates = {path: fate for path, fate in first.fates().items() if not path.startswith("private/")}
    assert set(fates.values()) <= {"stored", "copy", "redirected"}, fates
    assert len(fates) == 10


def test_two_requests_to_a_host_are_a_whole_delay_apart_whatever_they_are_for(polite: dict[str, Crawled]) -> None:
    first = polite["first"].requests
    assert {asked.host.partition(":")[0] for asked in first} == {"127.0.0.1", "localhost"}
    assert len(first) >= 15
    assert min(gaps(first)) >= 0.95 * CRAWL_DELAY_S


def test_ten_requests_that_wait_for_a_slow_robots_txt_obey_it(polite: dict[str, Crawled]) -> None:
    first = polite["first"]
    assert not [asked for asked in first.requests if asked.path in PRIVATE]
    assert {first.fates()[path[1:]] for path in PRIVATE} == {"robots"}


def test_robots_txt_is_asked_for_first_and_once_a_host(polite: dict[str, Crawled]) -> None:
    first = polite["first"].requests
    hosts = {asked.host for asked in first}
    assert [next(asked.path for asked in first if asked.host == host) for host in hosts] == ["/robots.txt"] * 2
    assert len(polite["first"].asked("/robots.txt")) == 2


def test_a_retry_after_holds_the_whole_host(polite: dict[str, Crawled]) -> None:
    first = polite["first"]
    [refused, _] = first.asked("/news/asks-for-patience-408")
    later = [asked.at_s - refused.at_s for asked in first.requests if asked.host == refused.host]
    assert min(wait_s for wait_s in later if wait_s > 0) >= PATIENCE_S


def test_a_connection_that_was_cut_is_tried_again_in_its_turn(polite: dict[str, Crawled]) -> None:
    [cut, again] = polite["first"].asked("/news/connection-is-cut-at-first-402")
    assert again.at_s - cut.at_s >= 0.95 * CRAWL_DELAY_S


def test_every_request_says_who_asks_in_the_honest_form(polite: dict[str, Crawled]) -> None:
    asked = {asked.user_agent for crawled in polite.values() for asked in crawled.requests}
    assert asked == {f"newscrawl/{__version__} (+{CONTACT})"}


def test_within_a_day_robots_txt_is_not_asked_for_and_its_delay_is_kept(polite: dict[str, Crawled]) -> None:
    same_day = polite["same day"]
    assert len(same_day.requests) >= 2
    assert not same_day.asked("/robots.txt")
    assert min(gaps(same_day.requests)) >= 0.95 * CRAWL_DELAY_S


def test_a_host_whose_robots_txt_fails_is_asked_for_nothing_else_and_the_site_is_unwell(
    polite: dict[str, Crawled],
) -> None:
    next_day = polite["next day"]
    assert {asked.path for asked in next_day.requests} == {"/robots.txt"}
    assert next_day.exit_code == 4
    assert "robots.txt answered 503" in next_day.lines


# --- a host that asks to be left alone for longer ------------------------------------------------------------------------

LINKS = [f"/news/story-of-the-day-number-{n}" for n in range(500, 520)]
REFUSING = LINKS[2]


def crawl_paused(folder: Path) -> dict[str, Crawled]:
    with LocalSite() as site:
        listed = feed(site.origin, (), *(site.url(path) for path in LINKS))
        site.pages |= dict.fromkeys(LINKS, PAGE)
        site.pages |= {"/": Answer(body=FRONT), "/feed.xml": Answer(body=listed, content_type="application/rss+xml")}
        site.pages[REFUSING] = at_first(Answer(status=429, headers=(("Retry-After", "7200"),)))
        data = folder / "data"
        first = crawl(site, data, "2024-05-02T12:00:00+00:00", "web")
        hour_later = crawl(site, data, "2024-05-02T13:00:00+00:00", "web")
        afterwards = crawl(site, data, "2024-05-02T15:00:00+00:00", "web")
    return {"first": first, "an hour later": hour_later, "afterwards": afterwards}


@pytest.fixture(scope="session")
def paused(once: Once) -> dict[str, Crawled]:
    return once("paused-crawl", crawl_paused)


def test_after_a_long_retry_after_no_further_request_is_sent(paused: dict[str, Crawled]) -> None:
    first = paused["first"]
    assert [asked.path for asked in first.requests][-1] == REFUSING
    assert len(first.asked(REFUSING)) == 1
    [host] = first.rows("SELECT * FROM hosts")
    assert "2024-05-02T14:00:00" <= host["paused_until"] <= "2024-05-02T14:01:00"
    assert host["paused_why"] == "answered 429 with Retry-After: 7200"


def test_a_site_that_asked_to_be_left_alone_is_throttled_and_unwell(paused: dict[str, Crawled]) -> None:
    for name in ("first", "an hour later"):
        ended = paused[name]
        assert ended.exit_code == 4
        assert "throttled: " in ended.lines.splitlines()[-1]
        assert "it is left alone until 2024-05-02 14:00" in ended.lines.splitlines()[-1]


def test_what_was_not_asked_waits_for_the_end_of_the_pause(paused: dict[str, Crawled]) -> None:
    first = paused["first"]
    rows = first.rows("SELECT url, fate, due_at FROM urls WHERE kind = 'article' AND fate IN ('queued', 'throttled')")
    assert len(rows) == len(LINKS) - 2
    others = [row for row in rows if not row["url"].endswith(REFUSING)]
    assert {row["due_at"][:16] for row in others} == {"2024-05-02T14:00"}
    assert {row["fate"] for row in others} == {"queued", "throttled"}


def test_a_later_run_remembers_the_pause_and_asks_for_nothing(paused: dict[str, Crawled]) -> None:
    assert paused["an hour later"].requests == []


def test_after_the_pause_all_comes_back(paused: dict[str, Crawled]) -> None:
    afterwards = paused["afterwards"]
    assert set(afterwards.fates().values()) <= {"stored", "copy", "unchanged"}
    assert len(afterwards.fates()) == len(LINKS)
    assert afterwards.exit_code == 0
