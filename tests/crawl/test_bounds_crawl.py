"""Sites without an end, quiet hours and held hosts: what a crawl asks for, by the servers' own logs."""

import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.crawl.crawls import Crawled, command, crawl, frozen_copy, run
from tests.crawl.local_site import Answer, LocalSite, _Server, _Visit
from tests.crawl.news import STORIES, TIMEZONE, feed, listing, news_pages

pytestmark = pytest.mark.timeout(600)
SPIDERS = ("-s", "SPIDER_MODULES=tests.crawl.bounded_spiders,tests.crawl.polite_spiders,spiders")
XML, ROBOTS = "application/xml", Answer(body="", content_type="text/plain")
SOON = "2024-05-02T12:03:00+00:00"
MOST_BARREN, MOST_EMPTY_DAYS = 12, 5
CALENDAR = [f"/calendar/2025/{month}/{day}" for month in range(1, 5) for day in range(1, 21)]
SESSIONS = [f"{STORIES[0].path}?zz={n:04x}" for n in range(40)]
NUMBERED = [f"/show?id={n}" for n in range(6)]
HELD_S = 2


def urlset(site: LocalSite, *paths: str) -> Answer:
    entries = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)
    return Answer(body=f"<urlset>{entries}</urlset>", content_type=XML, validated=True)


def sitemap_index(site: LocalSite, **children: str) -> Answer:
    entries = "".join(
        f"<sitemap><loc>{site.url(f'/{name}.xml')}</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in children.items()
    )
    return Answer(body=f"<sitemapindex>{entries}</sitemapindex>", content_type=XML)


def six_sources() -> LocalSite:
    """Every source answers, each with news of its own."""
    site = LocalSite()
    site.pages |= {story.path: Answer(body=story.page) for story in STORIES}
    rss = "application/rss+xml"
    site.pages |= {
        "/robots.txt": ROBOTS,
        "/feed.xml": Answer(body=feed(site.origin, STORIES[:2]), content_type=rss, validated=True),
        "/feed-kk.xml": Answer(body=feed(site.origin, STORIES[3:5]), content_type=rss, validated=True),
        "/index.xml": sitemap_index(site, may="2024-05-02", april="2024-04-30", march="2024-03-31"),
        "/may.xml": urlset(site, STORIES[0].path),
        "/april.xml": urlset(site, STORIES[6].path),
        "/march.xml": urlset(site, STORIES[7].path),
        "/news-map.xml": urlset(site, STORIES[5].path),
        "/list/": Answer(body=listing(STORIES[2:4], "/list/2"), validated=True),
        "/list/2": Answer(body=listing(STORIES[4:6])),
        "/day/2024-05-02": Answer(body=listing(STORIES[:1])),
    }
    return site


def endless() -> LocalSite:
    """A list that repeats its last page, day pages that show today's news, an endless calendar, sessions."""
    site = six_sources()
    again = Answer(body=listing(STORIES[4:6]))
    site.pages |= {f"/list/{n}": again for n in range(2, 60)}
    days = [date(2024, 5, 2) - timedelta(days=n) for n in range(400)]
    site.pages |= {f"/day/{day}": Answer(body=listing(STORIES[:1])) for day in days}
    site.pages |= {path: Answer(body=listing(STORIES[:3])) for path in CALENDAR}
    site.pages |= {path: Answer(body=STORIES[0].page) for path in SESSIONS}
    site.pages |= {path: Answer(body=STORIES[n].page) for n, path in enumerate(NUMBERED)}
    site.pages["/index.xml"] = sitemap_index(site, index="2024-05-02", other="2024-05-02", deep2="")
    site.pages["/other.xml"] = sitemap_index(site, index="2024-05-02", other="2024-05-02")
    for depth in range(2, 12):
        site.pages[f"/deep{depth}.xml"] = sitemap_index(site, **{f"deep{depth + 1}": ""})
    links = [site.url(path) for path in (*CALENDAR, *SESSIONS, *NUMBERED)]
    site.pages["/feed.xml"] = Answer(body=feed(site.origin, STORIES[:2], *links), content_type="application/rss+xml")
    return site


def quiet_hours(folder: Path) -> dict[str, Crawled]:
    with six_sources() as site:
        first = frozen_copy(crawl(site, folder / "data", *SPIDERS, spider="six_sources"), folder / "first")
        quiet = frozen_copy(crawl(site, folder / "data", *SPIDERS, now=SOON, spider="six_sources"), folder / "quiet")
        rss = "application/rss+xml"
        news = feed(site.origin, STORIES[:2], site.url("/show?id=1"))
        site.pages |= {"/show?id=1": Answer(body=STORIES[2].page), "/feed.xml": Answer(body=news, content_type=rss)}
        busy = frozen_copy(
            crawl(site, folder / "data", *SPIDERS, now="2024-05-02T12:06:00+00:00", spider="six_sources"),
            folder / "busy",
        )
        next_hour = crawl(site, folder / "data", *SPIDERS, now="2024-05-02T12:09:00+00:00", spider="six_sources")
    return {"first": first, "quiet": quiet, "busy": busy, "next": next_hour}


def without_end(folder: Path) -> dict[str, Crawled]:
    bounds = ("-s", f"NEWSCRAWL_BARREN_PAGES={MOST_BARREN}", "-s", f"NEWSCRAWL_EMPTY_DAYS={MOST_EMPTY_DAYS}")
    with endless() as site:
        window = ("-a", "since=2023-06-01")
        return {"endless": crawl(site, folder / "endless", *SPIDERS, *bounds, *window, spider="six_sources")}


def held_host(folder: Path) -> dict[str, Crawled]:
    site = LocalSite()
    other = site.origin.replace("127.0.0.1", "localhost")
    held = [f"/held/page-of-the-first-host-{n}" for n in range(20, 40)]
    free = [f"/free/page-of-the-other-host-{n}" for n in range(40, 46)]
    refusal = Answer(status=429, headers=(("Retry-After", str(HELD_S)),))
    page = Answer(body=STORIES[0].page)
    links = [site.url(path) for path in held] + [other + path for path in free]
    site.pages |= {path: (lambda visit: page if visit else refusal) if path == held[0] else page for path in held}
    site.pages |= dict.fromkeys(free, page) | {
        "/robots.txt": ROBOTS,
        "/": Answer(
            body='<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'
        ),
        "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
    }
    with site:
        return {"held": crawl(site, folder / "held", *SPIDERS, spider="two_hosts")}


class _SixServer(_Server):
    address_family = socket.AF_INET6


class SixSite(LocalSite):
    """The same at [::1]."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._server.server_close()
        self._server = _SixServer(("::1", 0), _Visit)
        self._server.site = self
        self._thread._target = self._server.serve_forever  # type: ignore[attr-defined]

    @property
    def origin(self) -> str:
        """`http://[::1]:PORT`."""
        return f"http://[::1]:{self._server.server_address[1]}"


def of_ipv6(folder: Path) -> dict[str, Crawled]:
    with SixSite() as site:
        site.pages |= news_pages(site.origin)
        given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
        ended = run(command(folder / "six", *given))
        return {
            "six": Crawled(exit_code=ended.returncode, lines=ended.stderr, data=folder / "six", requests=site.requests)
        }


def crawl_all(folder: Path) -> dict[str, Crawled]:
    crawled: dict[str, Crawled] = {}
    with ThreadPoolExecutor(2) as pool:
        for some in pool.map(lambda make: make(folder), (quiet_hours, without_end, held_host, of_ipv6)):
            crawled |= some
    return crawled


Once = Callable[[str, Callable[[Path], dict[str, Crawled]]], dict[str, Crawled]]


@pytest.fixture(scope="session")
def crawls(once: Once) -> dict[str, Crawled]:
    return once("bounds-crawls", crawl_all)


def asked(crawled: Crawled, start: str) -> list[str]:
    return [request.path for request in crawled.requests if request.path.startswith(start)]


def detail(crawled: Crawled, end: str) -> str:
    [row] = crawled.rows("SELECT detail FROM urls WHERE url LIKE ?", f"%{end}")
    return str(row["detail"])


# --- the quiet hour ----------------------------------------------------------------------------------------------------


def test_the_first_visit_asks_everything(crawls: dict[str, Crawled]) -> None:
    first = crawls["first"]
    assert {"/feed.xml", "/feed-kk.xml", "/index.xml", "/march.xml", "/list/2", "/day/2024-05-02"} <= set(
        asked(first, "/")
    )
    assert set(first.fates().values()) == {"stored"}
    assert len(first.fates()) == len(STORIES)


def test_a_quiet_hour_costs_three_requests_and_reads_no_page(crawls: dict[str, Crawled]) -> None:
    quiet = crawls["quiet"]
    assert len(quiet.requests) <= 3, asked(quiet, "/")
    assert not {story.path for story in STORIES} & set(asked(quiet, "/"))
    assert quiet.rows("SELECT count(*) AS n FROM captures") == crawls["first"].rows(
        "SELECT count(*) AS n FROM captures"
    )
    assert ": quiet: " in quiet.lines
    assert {a.path: a.conditional for a in quiet.requests if "feed" in a.path} == {
        "/feed.xml": True,
        "/feed-kk.xml": True,
    }


def test_an_hour_with_news_asks_every_source_but_no_archive_of_an_index(crawls: dict[str, Crawled]) -> None:
    busy = crawls["busy"]
    assert "/show?id=1" in asked(busy, "/")
    assert {"/feed.xml", "/feed-kk.xml", "/index.xml", "/news-map.xml", "/list/", "/day/2024-05-02"} <= set(
        asked(busy, "/")
    )
    assert "/march.xml" not in asked(busy, "/")
    assert "/list/2" not in asked(busy, "/")


def test_after_the_news_it_is_quiet_again(crawls: dict[str, Crawled]) -> None:
    assert len(crawls["next"].requests) <= 3, asked(crawls["next"], "/")


# --- without an end ----------------------------------------------------------------------------------------------------


def test_a_list_that_repeats_its_last_page_stops_and_says_so(crawls: dict[str, Crawled]) -> None:
    pages = asked(crawls["endless"], "/list/")
    assert pages == ["/list/", "/list/2", "/list/3", "/list/4"]
    assert "2 pages in a row list nothing that the source had not listed" in detail(crawls["endless"], "/list/4")


def test_day_pages_that_show_todays_news_stop_and_say_so(crawls: dict[str, Crawled]) -> None:
    days = asked(crawls["endless"], "/day/")
    assert MOST_EMPTY_DAYS < len(days) <= MOST_EMPTY_DAYS + 9
    told = crawls["endless"].rows("SELECT detail FROM urls WHERE url LIKE '%/day/%' AND detail LIKE '%days in a row%'")
    assert told


def test_of_a_calendar_without_articles_no_more_than_its_bound_is_fetched(crawls: dict[str, Crawled]) -> None:
    endless = crawls["endless"]
    fates = Counter(fate for url, fate in endless.fates().items() if url.startswith("calendar/"))
    # What is under way when the bound is reached is read to its end.
    assert MOST_BARREN <= len(asked(endless, "/calendar/")) <= MOST_BARREN + 8
    assert fates["over_limit"] == len(CALENDAR) - len(asked(endless, "/calendar/"))
    [row] = endless.rows("SELECT detail FROM urls WHERE url LIKE '%/calendar/%' AND fate = 'over_limit' LIMIT 1")
    assert "pages of the form 127.0.0.1/calendar/#/#/# held no new article" in row["detail"]


def test_of_sessions_that_show_one_article_a_few_are_fetched(crawls: dict[str, Crawled]) -> None:
    endless = crawls["endless"]
    fates = Counter(fate for url, fate in endless.fates().items() if "?zz=" in url)
    assert 3 <= len(asked(endless, f"{STORIES[0].path}?zz=")) <= 3 + 8
    assert fates["over_limit"] >= len(SESSIONS) - 11
    [row] = endless.rows("SELECT detail FROM urls WHERE url LIKE '%?zz=%' AND fate = 'over_limit' LIMIT 1")
    assert row["detail"] == "addresses that differ from it only by the value of 'zz' were all one and the same article"


def test_numbers_that_choose_the_article_are_all_fetched(crawls: dict[str, Crawled]) -> None:
    assert sorted(asked(crawls["endless"], "/show?id=")) == NUMBERED


def test_indexes_that_lead_back_or_ever_deeper_end_and_say_so(crawls: dict[str, Crawled]) -> None:
    endless = crawls["endless"]
    assert Counter(asked(endless, "/index.xml")) == {"/index.xml": 1}
    assert Counter(asked(endless, "/other.xml")) == {"/other.xml": 1}
    assert asked(endless, "/deep") == ["/deep2.xml", "/deep3.xml", "/deep4.xml"]
    assert "it leads only to what was asked already" in detail(endless, "/other.xml")
    assert "indexes deep" in detail(endless, "/deep4.xml")


def test_the_sum_over_the_fates_is_the_number_of_addresses(crawls: dict[str, Crawled]) -> None:
    endless = crawls["endless"]
    listed = len(CALENDAR) + len(SESSIONS) + len(NUMBERED) + len(STORIES[:6])
    assert sum(Counter(endless.fates().values()).values()) == listed
    assert not {"queued", "fetching", "found"} & set(endless.fates().values())


# --- hosts -------------------------------------------------------------------------------------------------------------


def test_a_host_that_asks_for_patience_does_not_hold_the_sites_other_host(crawls: dict[str, Crawled]) -> None:
    held = crawls["held"]
    refused_at_s = min(a.at_s for a in held.requests if a.path.startswith("/held/"))
    free = [a.at_s for a in held.requests if a.path.startswith("/free/")]
    goes_on_at_s = min(a.at_s for a in held.requests if a.path.startswith("/held/") and a.at_s > refused_at_s)
    assert goes_on_at_s - refused_at_s >= HELD_S * 0.95
    assert len(free) == 6
    assert max(free) < goes_on_at_s
    assert set(held.fates().values()) <= {"stored", "copy"}


def test_a_site_at_an_ipv6_address_is_crawled(crawls: dict[str, Crawled]) -> None:
    six = crawls["six"]
    assert six.exit_code == 0, six.lines
    assert six.rows("SELECT count(*) AS n FROM articles") == [{"n": len(STORIES)}]
