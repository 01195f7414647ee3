"""Sites that answer 200 with something else in every article's place: nothing is stored, and the run says that they are unwell."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.crawl.queue import MOST_UNDER_WAY
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import IN_FEED, NOW, STORIES, feed, listing, news_site
from tests.crawl.test_run import write_sites

pytestmark = pytest.mark.timeout(300)
CAPTCHA = (
    "<html><head><title>Вы не робот?</title></head><body><h1>Подтвердите, что вы не робот</h1>"
    '<form action="/check"><input name="captcha"><button>Дальше</button></form></body></html>'
)
NO_SUCH_PAGE = "<html><head><title>Страница не найдена</title></head><body><h1>Страница не найдена</h1></body></html>"
FRONT = listing(STORIES * 4)
SAME_STORY = STORIES[0].page

# What stands in every article's place, the verdict on the site, the fate of its addresses.
STAND_INS = {
    "captcha": (Answer(body=CAPTCHA), "blocked", {"challenge"}),
    "no_such_page": (Answer(body=NO_SUCH_PAGE), "layout_broken", {"soft_404"}),
    "front_page": (Answer(body=FRONT), "layout_broken", {"listing"}),
    "to_the_front": (Answer(status=302, headers=(("Location", "/"),)), "layout_broken", {"soft_404"}),
    "one_text": (Answer(body=SAME_STORY), "layout_broken", {"stored", "copy"}),
}
PATHS = [f"/news/one-of-twenty-stories-{number}" for number in range(1, 21)]


def stand_in_site(answer: Answer) -> LocalSite:
    site = news_site()
    links = [site.url(path) for path in PATHS]
    site.pages = {
        "/": Answer(body=FRONT),
        "/news/": Answer(body=listing(IN_FEED)),
        "/robots.txt": Answer(body="", content_type="text/plain"),
        "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
        **{story.path: answer for story in STORIES},
        **dict.fromkeys(PATHS, answer),
    }
    return site


def run_all(folder: Path) -> Crawled:
    sites = {name: stand_in_site(answer) for name, (answer, _, _) in STAND_INS.items()}
    data = folder / "data"
    for site in sites.values():
        site.__enter__()
    try:
        write_sites(folder, **sites)
        settings = ("-s", "SPIDER_MODULES=local_sites", "-s", f"NEWSCRAWL_NOW={NOW}", "-s", "NEWSCRAWL_READERS=1")
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", "run", *sites, "--data", str(data), *settings],
            cwd=REPOSITORY,
            env={**environment(), "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    finally:
        for site in sites.values():
            site.__exit__()
    return Crawled(exit_code=ended.returncode, lines=ended.stdout + ended.stderr, data=data)


@pytest.fixture(scope="session")
def ran(once: Callable[[str, Callable[[Path], Crawled]], Crawled]) -> Crawled:
    return once("stand-in-sites", run_all)


@pytest.mark.parametrize("name", STAND_INS)
def test_the_site_is_unwell(ran: Crawled, name: str) -> None:
    _, verdict, fates = STAND_INS[name]
    assert ran.rows("SELECT verdict FROM site_runs WHERE site = ?", name) == [{"verdict": verdict}]
    assert f"{name}: {verdict}: " in ran.lines
    rows = ran.rows("SELECT DISTINCT fate FROM urls WHERE site = ? AND kind = 'article'", name)
    assert {row["fate"] for row in rows} == fates


@pytest.mark.parametrize("name", [name for name in STAND_INS if name != "one_text"])
def test_nothing_is_stored(ran: Crawled, name: str) -> None:
    assert ran.rows("SELECT count(*) AS n FROM articles WHERE site = ?", name) == [{"n": 0}]


def test_one_text_under_twenty_addresses_is_a_row_of_copies(ran: Crawled) -> None:
    rows = ran.rows("SELECT count(*) AS n FROM articles WHERE site = 'one_text' AND copy_of IS NULL")
    assert 1 <= rows[0]["n"] <= MOST_UNDER_WAY, "pages that are read at the same time do not know of each other yet"


def test_no_site_is_well_so_the_exit_code_is_4(ran: Crawled) -> None:
    assert ran.exit_code == 4, ran.lines
