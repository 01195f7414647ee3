"""What other code had read is read again from the archive: told field by field, written as our change and not the site's."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.crawls import crawl
from tests.crawl.local_site import Answer
from tests.crawl.news import STORIES, edited, news_site

pytestmark = pytest.mark.timeout(300)
EDITED, MISREAD, GONE_DUMB = STORIES[:3]
NEXT_DAY = "2024-05-03T12:30:00+00:00"
CONTENT = """SELECT url, title, text, markdown, lead, authors, tags, published, published_source, published_raw, language,
 text_hash, near_signature, extractor, status, first_seen_at, last_seen_at FROM articles ORDER BY url"""
# As an older version may have read them: a title with its outlet, a text cut short, a wrong day, an author that is none.
SPOIL = """UPDATE articles SET title = title || ' | Вести', text = substr(text, 1, 60), text_hash = 't1:old', published = NULL,
 published_source = NULL, published_raw = NULL, published_day = NULL, published_precision = NULL, authors = '["Редакция"]',
 extractor = 'newscrawl 0', near_signature = NULL WHERE url LIKE ?"""


def newscrawl(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "newscrawl", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=100)


def rows(data: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        found = connection.execute(sql, values).fetchall()
        connection.commit()
        return [tuple(row) for row in found]


def spoil_and_reread(folder: Path) -> dict[str, Any]:
    data = folder / "data"
    with news_site() as site:
        crawl(site, data)
        site.pages[EDITED.path] = Answer(body=edited(EDITED).page)
        crawl(site, data, "-a", "again=1", now=NEXT_DAY)
    told: dict[str, Any] = {
        "data": data,
        "before": rows(data, CONTENT),
        "untouched": newscrawl("reextract", "--data", str(data)),
    }
    told["version count"] = rows(data, "SELECT count(*) FROM article_versions")
    for story in (EDITED, MISREAD):
        rows(data, SPOIL, f"%{story.path}")
    told["dry"] = newscrawl("reextract", "--data", str(data), "--dry-run", "--diff")
    told["after dry"] = rows(data, CONTENT)
    told["done"] = newscrawl("reextract", "--data", str(data))
    told["after"] = rows(data, CONTENT)
    told["again"] = newscrawl("reextract", "--data", str(data))
    told["seq"] = rows(data, "SELECT max(changed_seq) FROM articles")
    return told


@pytest.fixture(scope="session")
def told(once: Callable[[str, Callable[[Path], dict[str, Any]]], dict[str, Any]]) -> dict[str, Any]:
    return once("reextracting-crawls", spoil_and_reread)


def test_what_todays_code_has_read_does_not_change(told: dict[str, Any]) -> None:
    assert told["untouched"].returncode == 0, told["untouched"].stderr
    assert told["untouched"].stdout == f"{len(STORIES)} articles read again, 0 changed\n"


def test_a_dry_run_shows_each_field_and_writes_nothing(told: dict[str, Any]) -> None:
    out = told["dry"].stdout
    assert f"{len(STORIES)} articles read again, 2 would change" in out
    assert "    title: Городская библиотека получила редкие" in out
    assert "| Вести-]" in out
    assert "authors: " in out
    assert "Редакция" in out
    assert told["after dry"] != told["before"]


def test_articles_are_again_what_their_pages_say(told: dict[str, Any]) -> None:
    assert told["done"].returncode == 0, told["done"].stderr
    assert told["after"] == told["before"]


def test_the_change_is_ours_and_not_the_sites(told: dict[str, Any]) -> None:
    kinds = rows(
        told["data"],
        "SELECT v.kind, v.changed FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id WHERE a.url LIKE ? ORDER BY v.id",
        f"%{EDITED.path}",
    )
    assert [kind for kind, _ in kinds] == ["first", "edit", "re-read"]
    assert set(kinds[2][1][1:-1].replace('"', "").split(",")) >= {"title", "text", "published", "authors"}
    assert rows(told["data"], "SELECT count(*) FROM edits") == [(1,)]


def test_a_second_call_changes_nothing(told: dict[str, Any]) -> None:
    assert told["again"].stdout == f"{len(STORIES)} articles read again, 0 changed\n"
    assert told["seq"] == rows(told["data"], "SELECT max(changed_seq) FROM articles")
    assert rows(told["data"], "SELECT count(*) FROM article_versions") == [(told["version count"][0][0] + 2,)]


def test_only_what_was_chosen_is_read(told: dict[str, Any]) -> None:
    ended = newscrawl("reextract", "--data", str(told["data"]), "--since", "2024-05-02", "--dry-run")
    assert ended.returncode == 0
    assert not ended.stdout.startswith(f"{len(STORIES)} articles")
    assert newscrawl("reextract", "--data", str(told["data"]), "--site", "nobody").returncode == 2


def test_a_file_that_is_missing_is_told_and_its_articles_stay(told: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "newscrawl.db").write_bytes((told["data"] / "newscrawl.db").read_bytes())
    ended = newscrawl("reextract", "--data", str(tmp_path))
    assert ended.returncode == 1
    assert "the archive file is missing" in ended.stderr
    assert rows(tmp_path, CONTENT) == told["after"]
