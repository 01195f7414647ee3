"""The demo server: every address answers as it should, conditional requests work, ports are chosen and given back."""

import gzip
import http.client
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from newscrawl.demo import DEMO_SITES, DemoServer, ExpectedPage, PortTaken
from newscrawl.page import Fate

BASE = datetime(2024, 5, 2, 9, 30, 17, tzinfo=UTC)
FREE_PORTS = [0] * len(DEMO_SITES)
SOURCES = (
    ("demo_kokzhiek", "/feed/"),
    ("demo_altynbel", "/wp-json/wp/v2/posts?per_page=3"),
    ("demo_meridian", "/sitemap.xml"),
    ("demo_meridian", "/sitemap-news.xml.gz"),
    ("demo_stepnoy", "/news/"),
    ("demo_tanjaryq", "/kunder/2024-05-02/"),
    ("demo_chabarman", "/uz/"),
)


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(url: str, method: str = "GET", **headers: str) -> Got:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): v for name, v in headers.items()})
        answer = connection.getresponse()
        return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer(BASE, FREE_PORTS) as server:
        yield server


def origin(demo: DemoServer, name: str) -> str:
    return next(site.home.rstrip("/") for site in demo.sites if site.name == name)


def expected_pages(demo: DemoServer) -> list[ExpectedPage]:
    return [page for pages in demo.expected.values() for page in pages]


def test_every_expected_article_is_served_with_its_title_and_both_ends_of_its_text(demo: DemoServer) -> None:
    for page in expected_pages(demo):
        if page.article is None:
            continue
        got = ask(page.url)
        charset = got.headers["content-type"].partition("charset=")[2]
        text = got.body.decode(charset).replace("&#x27;", "'").replace("&quot;", '"')
        assert got.status == 200
        assert page.article.title in text
        assert page.article.first_words in text
        assert page.article.last_words in text


@pytest.mark.parametrize(
    ("fate", "status"),
    [
        (Fate.REDIRECTED, 301),
        (Fate.GONE, 404),
        (Fate.ROBOTS, 200),
        (Fate.EMPTY, 200),
        (Fate.SOFT_404, 200),
        (Fate.PAYWALL, 200),
        (Fate.CHALLENGE, 200),
    ],
)
def test_pages_that_are_no_articles_answer_as_their_like_do(demo: DemoServer, fate: Fate, status: int) -> None:
    pages = [page for page in expected_pages(demo) if page.fates[0] == fate]
    assert [ask(page.url).status for page in pages] == [status]


def test_the_old_address_leads_to_an_expected_article(demo: DemoServer) -> None:
    old = next(page for page in expected_pages(demo) if page.fates[0] == Fate.REDIRECTED)
    home = origin(demo, "demo_kokzhiek")
    new = home + ask(old.url).headers["location"]
    assert new in {page.url for page in expected_pages(demo) if page.article}


@pytest.mark.parametrize(("site", "path"), SOURCES)
def test_a_source_is_sent_once_and_then_not_modified(demo: DemoServer, site: str, path: str) -> None:
    url = origin(demo, site) + path
    first = ask(url)
    assert first.status == 200
    for validators in (
        {"If_None_Match": first.headers["etag"]},
        {"If_None_Match": "W/" + first.headers["etag"]},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        again = ask(url, **validators)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


def test_every_article_can_be_asked_for_conditionally(demo: DemoServer) -> None:
    urls = [page.url for page in expected_pages(demo) if page.article]
    assert {ask(url, If_None_Match=ask(url).headers["etag"]).status for url in urls} == {304}


def test_an_etag_outweighs_a_date(demo: DemoServer) -> None:
    url = origin(demo, "demo_kokzhiek") + "/feed/"
    date = ask(url).headers["last-modified"]
    assert ask(url, If_None_Match='"another"', If_Modified_Since=date).status == 200


@pytest.mark.parametrize("date", ["Wed, 01 May 2024 00:00:00 GMT", "yesterday", ""])
def test_an_earlier_or_unreadable_date_gets_the_page(demo: DemoServer, date: str) -> None:
    assert ask(origin(demo, "demo_kokzhiek") + "/feed/", If_Modified_Since=date).status == 200


def test_head_sends_no_body(demo: DemoServer) -> None:
    got = ask(origin(demo, "demo_kokzhiek") + "/feed/", method="HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["content-length"]) > 1000


def test_one_site_is_served_in_windows_1251(demo: DemoServer) -> None:
    got = ask(origin(demo, "demo_stepnoy") + "/news/")
    assert got.headers["content-type"] == "text/html; charset=windows-1251"
    assert "Новости района" in got.body.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        got.body.decode()


def test_the_news_sitemap_is_gzipped(demo: DemoServer) -> None:
    got = ask(origin(demo, "demo_meridian") + "/sitemap-news.xml.gz")
    assert b"<news:publication_date>2024-05-02T11:00:00+05:00<" in gzip.decompress(got.body)


@pytest.mark.parametrize(
    ("site", "status", "line"),
    [
        ("demo_stepnoy", 200, "Disallow: /news/internal/"),
        ("demo_meridian", 200, "Crawl-delay: 0.2"),
        ("demo_meridian", 200, "/sitemap.xml"),
        ("demo_chabarman", 404, "404"),
    ],
)
def test_robots_files(demo: DemoServer, site: str, status: int, line: str) -> None:
    got = ask(origin(demo, site) + "/robots.txt")
    assert got.status == status
    assert line in got.body.decode()


def test_a_list_page_beyond_the_last_is_404(demo: DemoServer) -> None:
    home = origin(demo, "demo_stepnoy")
    assert [ask(f"{home}/news/page/{number}/").status for number in (2, 3, 4)] == [200, 200, 404]


def test_the_servers_clock_is_the_worlds(demo: DemoServer) -> None:
    assert ask(demo.sites[0].home).headers["date"] == "Thu, 02 May 2024 09:30:17 GMT"


def test_every_request_is_noted_once() -> None:
    with DemoServer(BASE, FREE_PORTS) as demo:
        url = demo.sites[0].home + "feed/?x=1"
        ask(url, If_None_Match=ask(url).headers["etag"])
        ask(demo.sites[3].home + "nowhere")
        noted = [(r.site, r.method, r.path, r.status, r.conditional) for r in demo.requests]
    assert noted == [
        ("demo_kokzhiek", "GET", "/feed/?x=1", 200, False),
        ("demo_kokzhiek", "GET", "/feed/?x=1", 304, True),
        ("demo_stepnoy", "GET", "/nowhere", 404, False),
    ]
    assert [r.after_s for r in demo.requests] == sorted(r.after_s for r in demo.requests)


def test_the_same_ports_show_a_later_state() -> None:
    with DemoServer(BASE, FREE_PORTS) as demo:
        edited = next(iter(demo.world.edited_urls))
        before, feed = ask(edited), ask(demo.sites[0].home + "feed/")
        demo.turn_to(later=True)
        after = ask(edited, If_None_Match=before.headers["etag"], If_Modified_Since=before.headers["last-modified"])
        assert (after.status, after.body != before.body) == (200, True)
        assert ask(demo.sites[0].home + "feed/", If_None_Match=feed.headers["etag"]).status == 304


def test_a_stopped_server_gives_its_ports_back() -> None:
    with DemoServer(BASE, FREE_PORTS) as first:
        ports = first.ports
        ask(first.sites[0].home)
    with DemoServer(BASE, ports) as second:
        assert second.ports == ports
        assert ask(second.sites[0].home).status == 200


def test_a_port_that_was_asked_for_and_is_taken_is_a_plain_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"port {port} of demo site altynbel"):
            DemoServer(BASE, [0, port, 0, 0, 0, 0])


def test_a_usual_port_that_is_taken_is_moved_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        usual = [taken, *FREE_PORTS[1:]]
        sites = [replace(demo, default_port=port) for demo, port in zip(DEMO_SITES, usual, strict=True)]
        monkeypatch.setattr("newscrawl.demo.server.DEMO_SITES", tuple(sites))
        server = DemoServer(BASE)
        try:
            assert server.moved_ports[0] == ("demo_kokzhiek", taken, server.ports[0])
            assert server.ports[0] != taken
            assert server.sites[0].home == f"http://127.0.0.1:{server.ports[0]}/"
        finally:
            server.stop()


@pytest.mark.parametrize(
    ("base", "now", "later"),
    [
        (BASE.replace(tzinfo=None), None, False),
        (BASE, BASE - timedelta(hours=1), False),
        (BASE, BASE + timedelta(hours=1), True),
    ],
)
def test_a_moment_before_the_newest_article_is_refused(base: datetime, now: datetime | None, later: bool) -> None:
    with pytest.raises(ValueError, match="the demo's"):
        DemoServer(base, FREE_PORTS, now=now, later=later)
