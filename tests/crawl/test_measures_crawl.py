"""What a real crawl leaves for the visits after it to compare themselves with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.local_site import Answer
from tests.crawl.news import STORIES, news_site
from tests.crawl.test_run import run, write_sites

pytestmark = pytest.mark.timeout(300)
Visits = list[dict[str, Any]]


def run_twice(folder: Path) -> Visits:
    with news_site() as site:
        write_sites(folder, good=site)
        run(folder, "good")
        site.pages["/feed.xml"] = Answer(status=404)
        ended = run(folder, "good", now="2024-05-02T13:30:00+00:00")
    rows = ended.rows("SELECT * FROM site_runs JOIN visit_measures ON site_run_id = id ORDER BY id")
    return [*rows, {"lines": ended.lines}]


@pytest.fixture(scope="module")
def visits(once: Callable[[str, Callable[[Path], Visits]], Visits]) -> Visits:
    return once("measures", run_twice)


def test_a_visit_leaves_what_it_read_off_the_pages(visits: Visits) -> None:
    first = visits[0]
    assert (first["pages"], first["with_text"]) == (len(STORIES), len(STORIES))
    assert 0 < first["with_date"] <= first["with_text"]
    assert (first["with_author"], first["low"], first["clock_off_s"]) == (0, None, None)


def test_only_what_was_published_in_the_last_two_days_is_fresh(visits: Visits) -> None:
    fresh = [story.language for story in STORIES if story.published > "2024-04-30 17:00"]
    told = json.loads(visits[0]["fresh"])
    assert 0 < sum(told.values()) < len(STORIES)
    assert {name: fresh.count(name) for name in set(fresh)} == told


def test_a_feed_that_fails_is_told_though_lists_carried_the_visit(visits: Visits) -> None:
    second = visits[1]
    assert second["verdict"] in {"healthy", "quiet"}
    ((url, since),) = json.loads(second["failing"]).items()
    assert url.endswith("/feed.xml")
    assert since.startswith("2024-05-02T13:30:")
    assert second["problem"] == f"source {url} fails since 2024-05-02 13:30 (gone)"
    assert second["problem"] in visits[2]["lines"]
