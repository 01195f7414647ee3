"""A database that was lost is the same again: made from the archive alone, by the same code that made the first."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscrawl.page import Fate
from tests.crawl.crawls import Crawled, crawl
from tests.crawl.local_site import Answer
from tests.crawl.news import STORIES, edited, news_site

pytestmark = pytest.mark.timeout(300)
EDITED, WITHDRAWN, RETURNING, FORGOTTEN = STORIES[:4]
DAYS = [f"2024-05-{day:02}T12:30:00+00:00" for day in (3, 5, 7, 9, 11)]
SAME = """SELECT url, title, text_hash, published, published_source, published_raw, published_precision, authors, language,
 status, missing_since, copy_of, lead, section, tags, first_seen_at, site, extractor,
 (SELECT count(*) FROM article_versions AS v WHERE v.article_id = articles.id) AS versions,
 (SELECT group_concat(kind || changed || coalesce(announced, '-')) FROM article_versions AS v WHERE v.article_id = articles.id) AS kinds
 FROM articles ORDER BY url"""


def live_and_lose(folder: Path) -> dict[str, Any]:
    """Five visits over nine days (an edit, a withdrawal, a withdrawal that is taken back), then the database is lost."""
    data = folder / "data"
    with news_site() as site:
        crawl(site, data)
        pages = dict(site.pages)
        for number, day in enumerate(DAYS):
            if number == 0:
                site.pages[EDITED.path] = Answer(body=edited(EDITED).page)
                del site.pages[WITHDRAWN.path], site.pages[RETURNING.path]
            if number == 4:
                site.pages[RETURNING.path] = pages[RETURNING.path]
            crawled = crawl(site, data, "-a", "again=1", now=day)
        newscrawl("forget", site.url(FORGOTTEN.path), "--yes", "--data", str(data))
    before = crawled.rows(SAME)
    for file in data.glob("newscrawl.db*"):
        file.rename(folder / file.name)
    ended = newscrawl("rebuild", "--data", str(data), check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    again = Crawled(exit_code=ended.returncode, lines=ended.stdout + ended.stderr, data=data)
    return {"before": before, "after": again, "refused": newscrawl("rebuild", "--data", str(data), check=False)}


def newscrawl(*arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "newscrawl", *arguments]
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=100)


@pytest.fixture(scope="session")
def lives(once: Callable[[str, Callable[[Path], dict[str, Any]]], dict[str, Any]]) -> dict[str, Any]:
    return once("rebuilding-crawls", live_and_lose)


def test_articles_and_their_versions_are_what_they_were(lives: dict[str, Any]) -> None:
    before, after = lives["before"], lives["after"].rows(SAME)
    assert after == before
    assert len(before) == len(STORIES) - 1
    statuses = {row["url"].rpartition("-")[2]: row["status"] for row in before}
    assert statuses[WITHDRAWN.path.rpartition("-")[2]] == "gone", "or the comparison says little"
    assert max(row["versions"] for row in before) >= 3, "gone and back again"


def test_what_was_forgotten_stays_so(lives: dict[str, Any]) -> None:
    [row] = lives["after"].rows("SELECT url, fate FROM urls WHERE forgotten_at IS NOT NULL")
    assert row["url"].endswith(FORGOTTEN.path)
    assert row["fate"] == Fate.FILTERED


def test_the_index_finds_the_articles(lives: dict[str, Any]) -> None:
    assert lives["after"].rows("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'мост*'")
    assert lives["after"].rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_a_database_that_is_there_is_never_touched(lives: dict[str, Any]) -> None:
    refused = lives["refused"]
    assert refused.returncode == 1
    assert "newscrawl.db: is there; move it" in refused.stderr


def test_a_log_that_was_left_beside_the_lost_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "newscrawl.db-wal").write_bytes(b"left")
    refused = newscrawl("rebuild", "--data", str(tmp_path), check=False)
    assert refused.returncode == 1
    assert "newscrawl.db-wal: is there" in refused.stderr


def test_an_empty_archive_makes_no_database(tmp_path: Path) -> None:
    refused = newscrawl("rebuild", "--data", str(tmp_path), check=False)
    assert refused.returncode == 1
    assert "holds no archive" in refused.stderr
    assert not list(tmp_path.glob("newscrawl.db*"))
