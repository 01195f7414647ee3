"""`scrapy crawl` ends with an honest exit code and a plain line, never a traceback."""

import signal
import sqlite3
import subprocess
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from newscrawl.crawl.locks import site_lock
from newscrawl.store.database import open_database, open_readonly
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, crawl, environment, run
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, TIMEZONE, news_site

pytestmark = pytest.mark.timeout(300)


def said_plainly(lines: str) -> bool:
    return "Traceback" not in lines and "Error while" not in lines


def test_a_site_that_forbids_everything_is_blocked(tmp_path: Path) -> None:
    with LocalSite(everything=Answer(status=403)) as site:
        ended = crawl(site, tmp_path / "data")
    assert ended.exit_code == 4
    assert f"{site.name}: blocked: " in ended.lines
    assert ended.rows("SELECT verdict FROM site_runs") == [{"verdict": "blocked"}]
    assert ended.rows("SELECT count(*) AS n FROM articles") == [{"n": 0}]


USAGE = [
    ("misspelt argument", ["web", "-a", "url=http://127.0.0.1:9/", "-a", "sinse=2024-05-01"], "since=DATE"),
    ("no address", ["web"], "-a url="),
    ("a host of another site", ["web", "-a", "url=https://kaz.tengrinews.kz/"], "scrapy crawl tengrinews_kz"),
    ("unknown site", ["tengri"], "there is no site 'tengri'"),
]


@pytest.mark.parametrize(("typed", "words"), [u[1:] for u in USAGE], ids=[u[0] for u in USAGE])
def test_what_was_typed_wrong_is_told_before_anything_starts(tmp_path: Path, typed: list[str], words: str) -> None:
    data = tmp_path / "data"
    spider, *given = typed
    ended = run(command(data, *given, spider=spider))
    assert ended.returncode == 2
    assert words in ended.stderr + ended.stdout
    assert said_plainly(ended.stderr)
    assert not data.exists()


def refused(tmp_path: Path, data: Path) -> Crawled:
    """A crawl of the news site that ends before its first request."""
    with news_site() as site:
        ended = crawl(site, data)
    assert ended.requests == []
    assert ended.exit_code == 1
    assert said_plainly(ended.lines)
    return ended


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "newscrawl.db"
    connection = open_database(file)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    assert f"{file}: " in refused(tmp_path, file.parent).lines
    left = sqlite3.connect(file)
    assert left.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    left.close()


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    assert str(tmp_path / "data") in refused(tmp_path, tmp_path / "data").lines


def test_an_archive_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive").write_text("a file is in the way")
    assert str(tmp_path / "data" / "archive") in refused(tmp_path, tmp_path / "data").lines


def test_a_site_that_is_being_crawled_is_not_crawled_twice(tmp_path: Path) -> None:
    with news_site() as site, site_lock(tmp_path / "data", site.name):
        ended = crawl(site, tmp_path / "data")
    assert ended.exit_code == 75
    assert f"a crawl of {site.name} is under way already (process " in ended.lines
    assert ended.requests == []
    assert said_plainly(ended.lines)
    assert not (tmp_path / "data" / "newscrawl.db").exists()


# --- a mistake in the program ------------------------------------------------------------------------------------------

FAULTY = ("-s", "SPIDER_MODULES=tests.crawl.faulty_spiders")


def test_a_callback_that_raises_costs_its_page_and_is_no_success(tmp_path: Path) -> None:
    with news_site() as site:
        ended = crawl(site, tmp_path / "data", *FAULTY, spider="faulty_callback")
    assert ended.exit_code == 1
    assert "ZeroDivisionError: stumbled" in ended.lines.splitlines()[-1]
    assert "lost sight" not in ended.lines
    fates = ended.fates()
    assert fates.pop(STORIES[1].path[1:]) == "read_error"
    assert set(fates.values()) == {"stored"}
    assert len(fates) == len(STORIES) - 1


def test_a_start_that_raises_is_no_success_and_leaves_nothing_open(tmp_path: Path) -> None:
    with news_site() as site:
        ended = crawl(site, tmp_path / "data", *FAULTY, spider="faulty_start")
    assert ended.exit_code == 1
    assert "ZeroDivisionError: stumbled" in ended.lines.splitlines()[-1]
    assert "fetching" not in ended.fates().values()
    assert ended.rows("SELECT exit_code FROM runs") == [{"exit_code": 1}]


# --- a crawl that is ended in the middle -------------------------------------------------------------------------------

HELD = STORIES[4].path


def wait_for_an_article(data: Path) -> None:
    """Until the crawl has committed one: pages that were fetched before the one that is held back are on their way."""
    reader = open_readonly(data / "newscrawl.db")
    deadline_s = monotonic() + LIMIT_S
    while not reader.execute("SELECT count(*) FROM articles").fetchone()[0]:
        assert monotonic() < deadline_s
        Event().wait(0.02)
    reader.close()


def end_in_the_middle(site: LocalSite, data: Path, number: signal.Signals) -> tuple[int, str]:
    """Start a crawl, send the signal when the fifth article is asked for and one is stored; (exit code, standard error)."""
    gate = Event()
    page = site.pages[HELD]
    site.pages[HELD] = Answer(body=STORIES[4].page, gate=gate)
    given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
    with subprocess.Popen(
        command(data, *given), cwd=REPOSITORY, env=environment(), stderr=subprocess.PIPE, text=True
    ) as crawling:
        assert site.when_asked(HELD).wait(LIMIT_S)
        wait_for_an_article(data)
        crawling.send_signal(number)
        if number != signal.SIGKILL:
            gate.set()
        _, lines = crawling.communicate(timeout=LIMIT_S)
    gate.set()
    site.pages[HELD] = page
    return crawling.returncode, lines


def test_a_killed_crawl_loses_no_article_and_stores_none_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with news_site() as site:
        code, _ = end_in_the_middle(site, data, signal.SIGKILL)
        ended = crawl(site, data)
    assert code == -signal.SIGKILL
    assert ended.exit_code == 0
    urls = [row["url"].removeprefix(site.origin) for row in ended.rows("SELECT url FROM articles")]
    assert sorted(urls) == sorted(story.path for story in STORIES)
    assert set(ended.fates().values()) <= {"stored", "unchanged"}
    assert ended.rows("SELECT count(*) AS n FROM article_versions") == [{"n": len(STORIES)}]
    asked = {story.path: site.paths().count(story.path) for story in STORIES}
    # What was under way may be asked for twice; what was committed before the kill is not.
    stored_before = [story.path for story in STORIES if not ended.asked(story.path)]
    assert set(asked.values()) <= {1, 2}
    assert stored_before
    assert HELD not in stored_before


def test_a_crawl_that_is_asked_to_stop_finishes_what_is_under_way(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with news_site() as site:
        ended, lines = end_in_the_middle(site, data, signal.SIGTERM)
    left = Crawled(exit_code=ended, lines=lines, data=data)
    assert ended == 143, lines
    assert said_plainly(lines)
    fates = left.fates()
    assert "fetching" not in fates.values()
    assert fates[HELD[1:]] == "stored", "it was under way"
    assert left.rows("SELECT count(*) AS n FROM site_runs WHERE ended_at IS NULL") == [{"n": 0}]
    assert not list((data / "archive").glob("*.open"))
