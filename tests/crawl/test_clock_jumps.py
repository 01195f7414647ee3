"""A machine whose clock jumps back, or whose time zone changes: the order of what happened is kept, and every instant is in UTC."""

import subprocess
from pathlib import Path

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW, STORIES, TIMEZONE, edited, news_site

pytestmark = pytest.mark.timeout(120)
AN_HOUR_BEFORE = "2024-05-02T11:00:00+00:00"


def crawl_in(zone: str, site: LocalSite, data: Path, now: str, *more: str) -> Crawled:
    """A crawl on a machine in that time zone."""
    given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}", *more)
    ended = subprocess.run(
        command(data, *given, now=now),
        cwd=REPOSITORY, env={**environment(), "TZ": zone}, capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    return Crawled(exit_code=ended.returncode, lines=ended.stderr + ended.stdout, data=data)


def test_a_clock_that_jumps_back_and_a_zone_that_changes_leave_order_and_instants_as_they_are(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with news_site() as site:
        first = crawl_in("America/St_Johns", site, data, NOW)
        assert first.exit_code == 0, first.lines
        published = first.rows("SELECT url, published FROM articles ORDER BY url")
        site.pages[STORIES[0].path] = Answer(body=edited(STORIES[0]).page)
        back = crawl_in("Asia/Almaty", site, data, AN_HOUR_BEFORE, "-a", "again=1")
        assert back.exit_code == 0, back.lines
    assert back.rows("SELECT url, published FROM articles ORDER BY url") == published
    mine = {row["published"] for row in published if row["url"].endswith(STORIES[0].path)}
    assert mine == {"2024-05-02T11:05:00+00:00"}, "16:05 in Almaty"
    versions = back.rows(
        "SELECT v.changed_seq, v.text FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id"
        " WHERE a.url LIKE ? ORDER BY v.changed_seq",
        f"%{STORIES[0].path}",
    )
    assert [row["text"] for row in versions] == [STORIES[0].text, edited(STORIES[0]).text], "the edit stands last"
    backwards = "SELECT count(*) AS n FROM articles WHERE last_seen_at < first_seen_at"
    assert back.rows(backwards) == [{"n": 0}]
    assert back.rows("SELECT count(*) AS n FROM runs WHERE ended_at < started_at") == [{"n": 0}]
    instants = back.rows("SELECT first_seen_at, last_seen_at, published FROM articles")
    assert all(value.endswith("+00:00") for row in instants for value in row.values())
