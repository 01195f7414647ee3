"""A source that answers with another page in its place: its fate says which, the next source is tried, and health counts it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from newscrawl.crawl.stand_ins import LARGEST_STAND_IN_BYTES, may_be_stand_in, stand_in_fate
from newscrawl.extraction.draft import Draft
from newscrawl.page import Fate
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, environment
from tests.crawl.local_site import Answer, LocalSite, Reply
from tests.crawl.news import NOW, STORIES, TIMEZONE, listing

pytestmark = pytest.mark.timeout(200)
SITE_FILE = """
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap, WordPress


class Walled(NewsSpider):
    name = "{name}"
    site = Site(
        name="{name}",
        home="{origin}/",
        timezone="{timezone}",
        private=True,
        delay_s=0.01,
        article_url=r"https?://[^/]+/news/[a-z]",
        sources=({sources}),
    )
"""
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><form id='challenge-form'></form>"
    "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
)
LOGIN = (
    "<html><head><title>Вход на сайт</title></head><body><h1>Вход</h1><form action='/login'>"
    "<input name='name'><input type='password' name='password'><button>Войти</button></form></body></html>"
)
CONSENT = (
    "<html><head><title>Cookies</title></head><body><p>We use cookies. Please accept cookies to continue.</p>"
    "<form><button>Accept all cookies</button></form></body></html>"
)
SHELL = (
    "<html><head><title>Новости</title></head><body><div id='root'></div><script src='/app.js'></script></body></html>"
)
NO_SUCH_PAGE = "<html><head><title>Страница не найдена</title></head><body><h1>Страница не найдена</h1></body></html>"
# Path of a source -> (its form in the site's file, what it answers, its fate).
SOURCES: dict[str, tuple[str, Answer, str]] = {
    "/sitemap.xml": ("Sitemap(url='{url}')", Answer(body=CHALLENGE), "challenge"),
    "/refused.xml": ("Sitemap(url='{url}')", Answer(body=CHALLENGE, status=403), "challenge"),
    "/plain-403.xml": ("Sitemap(url='{url}')", Answer(body="<html><h1>Forbidden</h1></html>", status=403), "blocked"),
    "/feed": ("Feed(url='{url}')", Answer(body=LOGIN), "login"),
    "/lenta/": ("Listing(url='{url}')", Answer(body=CONSENT), "consent"),
    "/app/": ("Listing(url='{url}')", Answer(body=SHELL), "app_shell"),
    "/old-feed": ("Feed(url='{url}')", Answer(body=NO_SUCH_PAGE), "soft_404"),
    "/broken-feed": ("Feed(url='{url}')", Answer(body="<p>no feed</p>"), "bad_response"),
    "/day/2024-05-02": ("DayPages(url='{origin}/day/%Y-%m-%d', days=2)", Answer(body=CHALLENGE), "challenge"),
    "/day/2024-05-01": ("", Answer(body="<html><body><h1>2 мая</h1><p>Новостей нет.</p></body></html>"), "listing"),
}
NEWS = {"/news/": Answer(body=listing(STORIES[:2])), **{s.path: Answer(body=s.page) for s in STORIES[:2]}}


def walled_site(folder: Path, name: str, pages: dict[str, Reply]) -> LocalSite:
    site = LocalSite(pages={"/robots.txt": Answer(body="", content_type="text/plain"), **pages})
    asked = [(path, SOURCES[path][0]) for path in pages if path in SOURCES] + [("/news/", "Listing(url='{url}')")]
    forms = [form.format(url=site.url(path), origin=site.origin) for path, form in asked if form]
    package = folder / "local_sites"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").write_text("")
    text = SITE_FILE.format(name=name, origin=site.origin, timezone=TIMEZONE, sources=", ".join(forms) + ",")
    (package / f"{name}.py").write_text(text)
    return site


def run_both(folder: Path) -> Crawled:
    answers: dict[str, Reply] = {path: answer for path, (_, answer, _) in SOURCES.items()}
    data = folder / "data"
    settings = ("-s", "SPIDER_MODULES=local_sites", "-s", f"NEWSCRAWL_NOW={NOW}", "-s", "NEWSCRAWL_READERS=1")
    with (
        walled_site(folder, "some_work", {**answers, **NEWS}),
        walled_site(folder, "walled", {path: answers[path] for path in ("/sitemap.xml", "/feed")}) as walled,
    ):
        walled.pages["/news/"] = Answer(body=CONSENT)
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", "run", "some_work", "walled", "--data", str(data), *settings],
            cwd=REPOSITORY,
            env={**environment(), "PYTHONPATH": f"{folder}:{REPOSITORY}"},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    return Crawled(exit_code=ended.returncode, lines=ended.stdout + ended.stderr, data=data)


@pytest.fixture(scope="session")
def ran(once: Callable[[str, Callable[[Path], Crawled]], Crawled]) -> Crawled:
    return once("stand-in-sources", run_both)


@pytest.mark.parametrize("path", SOURCES)
def test_its_fate_says_what_stands_in_its_place(ran: Crawled, path: str) -> None:
    rows = ran.rows("SELECT fate, detail FROM urls WHERE site = 'some_work' AND url LIKE ?", f"%{path}")
    assert [row["fate"] for row in rows] == [SOURCES[path][2]], rows


def test_the_status_is_told_beside_it(ran: Crawled) -> None:
    [row] = ran.rows("SELECT detail FROM urls WHERE site = 'some_work' AND url LIKE '%/refused.xml'")
    assert row["detail"].startswith("the server answered 403; few words")


def test_the_next_source_is_tried(ran: Crawled) -> None:
    assert ran.rows("SELECT count(*) AS n FROM articles WHERE site = 'some_work'") == [{"n": 2}]
    assert ran.rows("SELECT count(*) AS n FROM articles WHERE site = 'walled'") == [{"n": 0}]


def test_a_site_behind_walls_is_blocked(ran: Crawled) -> None:
    assert ran.rows("SELECT verdict FROM site_runs WHERE site = 'walled'") == [{"verdict": "blocked"}]
    assert "3 of 3 sources: challenge 1, login 1, consent 1" in ran.lines


@pytest.mark.parametrize(
    ("body", "fate", "expected"),
    [
        (CHALLENGE, None, True),
        (CHALLENGE, Fate.SERVER_ERROR, True),
        (CHALLENGE, Fate.GONE, False),
        ("<!-- a comment -->\n<!DOCTYPE html><p>", None, True),
        ("<rss><channel><item>", None, False),
        ('{"code": "rest_forbidden"}', None, False),
        ("<html>" + "x" * LARGEST_STAND_IN_BYTES, None, False),
    ],
)
def test_only_what_looks_like_a_page_is_read_as_one(body: str, fate: Fate | None, expected: bool) -> None:
    assert may_be_stand_in(HtmlResponse("https://vesti.example/feed", body=body.encode()), fate) is expected


@pytest.mark.parametrize(
    ("page_type", "fate", "expected"),
    [
        ("challenge", Fate.SERVER_ERROR, (Fate.CHALLENGE, "the server answered 503; it says so")),
        ("challenge", Fate.GONE, None),
        ("error_page", Fate.BLOCKED, None),
        ("article", Fate.BLOCKED, None),
        ("list", None, None),
    ],
)
def test_a_404_stays_one_and_a_list_is_no_wall(page_type, fate, expected) -> None:  # type: ignore[no-untyped-def]
    draft = Draft(url="https://vesti.example/feed", page_type=page_type, reason="it says so")
    assert stand_in_fate(draft, fate, "the server answered 503") == expected
