"""Servers that drip, cut off, go round in circles or send a page that hurts: each page has its fate, the site beside it goes on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.store.archive_reading import read_capture
from newscrawl.store.captures import find_captures
from newscrawl.store.database import open_readonly
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW, STORIES, Story, feed, news_site
from tests.crawl.test_run import write_sites

pytestmark = pytest.mark.timeout(300)
TIMEOUT_S, RETRIES = 1, 1
DRIPS, CUT, CIRCLE, HURTS, GOOD = (
    "/news/drips-a-byte-at-a-time-1",
    "/news/is-cut-off-in-the-middle-2",
    "/news/leads-to-itself-for-ever-3",
    "/news/paragraphs-without-an-end-4",
    "/news/good-page-at-the-end-5",
)
FERRY = Story(
    path=GOOD,
    language="ru",
    title="Паром снова ходит до острова",
    published="2024-05-02 15:10",
    paragraphs=(
        "После зимнего ремонта паром снова перевозит жителей острова. Первым рейсом на берег отправились школьники и почтальон.",
        "Механики заменили оба двигателя и покрасили палубу, а в рубке поставили новую радиостанцию.",
        "Расписание висит на пристани: летом паром ходит каждый час, по воскресеньям дольше обычного.",
    ),
)
PARAGRAPHS = "<html><body><h1>Абзацы</h1>" + "<p>а б в г д" * 200_000
SETTINGS = {
    "SPIDER_MODULES": "local_sites",
    "NEWSCRAWL_NOW": NOW,
    "NEWSCRAWL_READERS": "1",
    "DOWNLOAD_TIMEOUT": str(TIMEOUT_S),
    "RETRY_TIMES": str(RETRIES),
}


def faulty_site() -> LocalSite:
    site = LocalSite()
    site.pages |= {
        DRIPS: Answer(body=STORIES[0].page, drip_s=0.2),
        CUT: Answer(body=STORIES[0].page[:300], announced=9000),
        CIRCLE: Answer(status=302, headers=(("Location", CIRCLE),)),
        HURTS: Answer(body=PARAGRAPHS),
        GOOD: Answer(body=FERRY.page),
    }
    links = [site.url(path) for path in site.pages]
    site.pages |= {
        "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
        "/robots.txt": Answer(body="", content_type="text/plain"),
    }
    return site


def run_beside_a_good_one(folder: Path) -> dict[str, Crawled]:
    """`newscrawl run` over the faulty site and a good one; by name."""
    data = folder / "data"
    with faulty_site() as faulty, news_site() as good:
        write_sites(folder, faulty=faulty, good=good)
        given = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", "run", "faulty", "good", "-v", "--data", str(data), *given],
            cwd=REPOSITORY,
            env={**environment(), "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        lines = ended.stdout + ended.stderr
        return {
            name: Crawled(exit_code=ended.returncode, lines=lines, data=data, requests=site.requests)
            for name, site in (("faulty", faulty), ("good", good))
        }


@pytest.fixture(scope="session")
def ran(once: Callable[[str, Callable[[Path], dict[str, Crawled]]], dict[str, Crawled]]) -> dict[str, Crawled]:
    return once("faulty-servers", run_beside_a_good_one)


FATES = [(DRIPS, "timeout"), (CUT, "bad_response"), (CIRCLE, "bad_response"), (HURTS, "read_error"), (GOOD, "stored")]


@pytest.mark.parametrize(("path", "fate"), FATES)
def test_each_page_has_its_fate(ran: dict[str, Crawled], path: str, fate: str) -> None:
    [row] = ran["faulty"].rows("SELECT fate FROM urls WHERE url LIKE ?", f"%{path}")
    assert row["fate"] == fate


def test_a_page_that_drips_is_given_up_in_time_and_holds_no_other_site_up(ran: dict[str, Crawled]) -> None:
    dripping = ran["faulty"].asked(DRIPS)
    assert len(dripping) == RETRIES + 1
    assert TIMEOUT_S <= dripping[1].at_s - dripping[0].at_s < TIMEOUT_S + 4, "a byte now and then does not put it off"
    good = ran["good"]
    assert good.requests[-1].at_s < dripping[-1].at_s, "it was ready before the dripping was over"
    assert good.rows("SELECT count(*) AS n FROM articles WHERE site = 'good'") == [{"n": len(STORIES)}]


def test_a_page_that_was_cut_off_is_asked_for_again_and_is_no_article(ran: dict[str, Crawled]) -> None:
    assert len(ran["faulty"].asked(CUT)) == RETRIES + 1
    titles = ran["faulty"].rows("SELECT title FROM articles WHERE site = 'faulty'")
    assert titles == [{"title": FERRY.title}]


def test_a_redirect_that_goes_round_is_followed_five_times(ran: dict[str, Crawled]) -> None:
    assert len(ran["faulty"].asked(CIRCLE)) == 1 + 5


def test_a_page_that_could_not_be_read_is_in_the_archive(ran: dict[str, Crawled]) -> None:
    data = ran["faulty"].data
    connection = open_readonly(data / "newscrawl.db")
    [row] = connection.execute("SELECT url FROM urls WHERE url LIKE ?", (f"%{HURTS}",)).fetchall()
    [capture] = find_captures(connection, row["url"])
    page = read_capture(data / "archive", capture.ref.file, capture.ref.offset)
    assert page.body == PARAGRAPHS.encode()
    connection.close()


def test_the_run_says_so_in_a_line_and_in_its_exit_code(ran: dict[str, Crawled]) -> None:
    assert ran["good"].exit_code == 3
    assert "Traceback" not in ran["good"].lines
    assert [line for line in ran["good"].lines.splitlines() if line.startswith("good: new: ")]
    assert [line for line in ran["good"].lines.splitlines() if "faulty: down: " in line]
