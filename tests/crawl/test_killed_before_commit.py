"""A page that is in the archive when its crawl is killed, and in no table, is found by the next crawl."""

import json
import signal
from pathlib import Path

import pytest

from newscrawl.settings import ITEM_PIPELINES
from newscrawl.store.archive_reading import read_capture
from newscrawl.store.captures import find_captures
from newscrawl.store.database import open_readonly
from tests.crawl.crawls import crawl
from tests.crawl.dying_pipelines.killed import FATAL
from tests.crawl.news import STORIES, news_site

pytestmark = pytest.mark.timeout(120)
DYING = {
    name.replace("pipelines.archive.ArchivePipeline", "tests.crawl.dying_pipelines.killed.KilledBeforeTheCommit"): place
    for name, place in ITEM_PIPELINES.items()
}
LOST = next(story for story in STORIES if story.path.endswith(FATAL))


def captured(data: Path, url: str) -> list[str]:
    """The bodies that the tables lead to."""
    connection = open_readonly(data / "newscrawl.db")
    refs = [capture.ref for capture in find_captures(connection, url)]
    connection.close()
    return [read_capture(data / "archive", ref.file, ref.offset).body.decode() for ref in refs]


def test_what_is_archived_and_in_no_table_is_taken_in_by_the_next_crawl(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with news_site() as site:
        killed = crawl(site, data, "-s", f"ITEM_PIPELINES={json.dumps(DYING)}")
        assert killed.exit_code == -signal.SIGKILL, killed.lines
        assert captured(data, site.url(LOST.path)) == [], "no table knows of it"
        ended = crawl(site, data)
        assert ended.exit_code == 0, ended.lines
        first, *_ = captured(data, site.url(LOST.path))
        assert first == LOST.page
    assert len(ended.rows("SELECT DISTINCT url FROM articles")) == len(STORIES)
    assert ended.rows("SELECT count(*) AS n FROM article_versions") == [{"n": len(STORIES)}]
