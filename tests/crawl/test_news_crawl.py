"""A healthy site, crawled as a person would: all of it, again, later, in part. Each crawl runs once and many tests look at it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article import Article
from newscrawl.page import OPEN_FATES, Fate
from tests.crawl.crawls import Crawled, crawl, frozen_copy
from tests.crawl.local_site import Answer
from tests.crawl.news import STORIES, Story, edited, news_site

pytestmark = pytest.mark.timeout(600)
Crawls = dict[str, Crawled]
SOON, NEXT_DAY, LATER = "2024-05-02T12:03:00+00:00", "2024-05-03T12:30:00+00:00", "2024-05-03T12:40:00+00:00"
EVENING = "2024-05-03T19:00:00+00:00"
THIRD_DAY, FOURTH_DAY = "2024-05-04T12:50:00+00:00", "2024-05-06T13:00:00+00:00"
EDITED, WITHDRAWN = STORIES[0], STORIES[1]
CRAWL_DELAY_S = 0.3
ROBOTS_WITH_DELAY = f"User-agent: *\nDisallow: /private/\nCrawl-delay: {CRAWL_DELAY_S}\n"


def visit_again_and_again(folder: Path) -> Crawls:
    data = folder / "data"
    with news_site() as site:
        crawls = {"first": frozen_copy(crawl(site, data), folder / "first")}
        crawls["second"] = frozen_copy(crawl(site, data, now=SOON), folder / "second")
        site.pages[EDITED.path] = Answer(body=edited(EDITED).page, validated=True)
        del site.pages[WITHDRAWN.path]
        crawls["next day"] = frozen_copy(crawl(site, data, now=NEXT_DAY), folder / "next_day")
        site.pages[WITHDRAWN.path] = Answer(status=302, headers=(("Location", "/"),))
        crawls["again"] = frozen_copy(crawl(site, data, "-a", "again=1", now=LATER), folder / "again")
        whole = dict(site.pages)
        site.pages |= dict.fromkeys(set(whole) - {WITHDRAWN.path, "/robots.txt"}, Answer(status=503))
        crawls["down"] = frozen_copy(crawl(site, data, now=EVENING), folder / "down")
        site.pages |= whole
        crawls["third day"] = frozen_copy(crawl(site, data, now=THIRD_DAY), folder / "third_day")
        site.pages[WITHDRAWN.path] = Answer(body=WITHDRAWN.page, validated=True)
        crawls["fourth day"] = frozen_copy(crawl(site, data, now=FOURTH_DAY), folder / "fourth_day")
    return crawls


def visit_in_part(folder: Path) -> Crawls:
    crawls = {}
    with news_site() as site:
        crawls["limit"] = crawl(site, folder / "limit", "-a", "limit=2")
    with news_site() as site:
        window = ("-a", "since=2024-05-02", "-a", "until=2024-05-02")
        crawls["window"] = crawl(site, folder / "window", *window)
    with news_site() as site:
        site.pages["/robots.txt"] = Answer(body=ROBOTS_WITH_DELAY, content_type="text/plain", delay_s=0.3)
        site.pages |= {f"/private/draft-of-an-article-{n}": Answer(body=STORIES[0].page) for n in range(10)}
        file = folder / "urls.txt"
        private = [site.url(f"/private/draft-of-an-article-{n}") for n in range(10)]
        named = [site.url(story.path) for story in STORIES[:3]]
        file.write_text("\n".join(["# by hand", *private, *named]), encoding="utf-8")
        crawls["urls"] = crawl(site, folder / "urls", "-a", f"urls={file}")
    return crawls


def crawl_all(folder: Path) -> Crawls:
    with ThreadPoolExecutor(2) as both:
        one, other = both.submit(visit_again_and_again, folder), both.submit(visit_in_part, folder)
        return one.result() | other.result()


@pytest.fixture(scope="session")
def crawls(once: Callable[[str, Callable[[Path], Crawls]], Crawls]) -> Crawls:
    return once("news-crawls", crawl_all)


@pytest.fixture(scope="session")
def first(crawls: Crawls) -> Crawled:
    return crawls["first"]


def path(row: dict[str, Any]) -> str:
    return "/" + str(row["url"]).split("/", 3)[-1]


NAMES = ("first", "second", "next day", "again", "third day", "fourth day", "limit", "window")


@pytest.mark.parametrize("name", NAMES)
def test_a_crawl_of_a_healthy_site_ends_well_and_says_so_in_one_line(crawls: Crawls, name: str) -> None:
    ended = crawls[name]
    said = [line for line in ended.lines.splitlines() if line.startswith("127_0_0_1_")]
    assert ended.exit_code == 0, ended.lines
    assert len(said) == 1
    assert "Traceback" not in ended.lines


@pytest.mark.parametrize("name", [*NAMES, "urls"])
def test_no_address_is_left_open_and_the_run_is_written_down(crawls: Crawls, name: str) -> None:
    ended = crawls[name]
    waiting = {url for url, fate in ended.fates().items() if Fate(fate) in OPEN_FATES}
    assert waiting == set() or name == "limit"
    [run] = ended.rows("SELECT * FROM runs ORDER BY id DESC LIMIT 1")
    assert run["exit_code"] == ended.exit_code
    assert run["ended_at"] is not None


def test_every_article_is_stored(first: Crawled) -> None:
    assert {path(row) for row in first.rows("SELECT url FROM articles")} == {story.path for story in STORIES}
    assert set(first.fates().values()) == {"stored"}


@pytest.mark.parametrize("story", STORIES, ids=[story.path for story in STORIES])
def test_an_article_is_stored_as_it_was_written(first: Crawled, story: Story) -> None:
    [row] = first.rows("SELECT * FROM articles WHERE url LIKE ?", f"%{story.path}")
    local = datetime.fromisoformat(story.published).replace(tzinfo=UTC) - timedelta(hours=5)
    assert row["text"] == story.text
    assert row["title"] == story.title
    assert row["language"] == story.language
    assert row["published_source"] == {"page": "json-ld", "feed": "feed", "list": "listing"}[story.told_by]
    assert row["published_day"] == story.published.split()[0]
    if story.told_by != "list":
        assert datetime.fromisoformat(row["published"]) == local


def test_a_list_page_is_a_source_and_no_article(first: Crawled) -> None:
    sources = {path(row): row["fate"] for row in first.rows("SELECT url, fate FROM urls WHERE kind = 'source'")}
    listed = {p: fate for p, fate in sources.items() if fate != "gone"}
    assert listed == dict.fromkeys(["/", "/feed.xml", "/news/", "/news/page/2/"], "listing")


def test_every_address_is_asked_for_once(first: Crawled) -> None:
    paths = [asked.path for asked in first.requests]
    assert sorted(paths) == sorted(set(paths))


def test_the_crawl_says_who_asks(first: Crawled) -> None:
    assert {asked.user_agent.split("/")[0] for asked in first.requests} == {"newscrawl"}


def test_what_was_stored_is_exported(first: Crawled) -> None:
    assert {record["fate"] for record in first.exported} == {"stored"}
    assert {path(record) for record in first.exported} == {story.path for story in STORIES}
    assert {frozenset(record) for record in first.exported} == {
        frozenset({"site", "fate", *(f.name for f in fields(Article))})
    }


def test_an_exported_record_says_what_its_row_says(first: Crawled) -> None:
    rows = {row["url"]: row for row in first.rows("SELECT * FROM articles")}
    for record in first.exported:
        row = rows[record["url"]]
        plain = {k: v for k, v in record.items() if isinstance(v, str) and k != "fate"}
        assert plain == {k: row[k] for k in plain}


def test_every_page_is_archived_before_it_is_read(first: Crawled) -> None:
    captures = first.rows("SELECT c.url FROM captures AS c JOIN articles AS a ON a.capture_id = c.id")
    assert len(captures) == len(STORIES)


# --- the second crawl --------------------------------------------------------------------------------------------------


def test_a_second_crawl_asks_conditionally_and_fetches_no_article(crawls: Crawls) -> None:
    second = crawls["second"]
    assert [asked.conditional for asked in second.asked("/feed.xml")] == [True]
    assert {asked.path for asked in second.requests}.isdisjoint(story.path for story in STORIES)


def test_a_second_crawl_stores_and_exports_nothing(crawls: Crawls) -> None:
    second = crawls["second"]
    assert second.exported == []
    assert second.rows("SELECT max(changed_seq) AS n FROM articles") == crawls["first"].rows(
        "SELECT max(changed_seq) AS n FROM articles"
    )
    assert second.fates() == crawls["first"].fates()
    assert ": quiet: " in second.lines


# --- the next day ------------------------------------------------------------------------------------------------------


def test_an_edit_is_found_when_the_articles_revisit_is_due(crawls: Crawls) -> None:
    next_day = crawls["next day"]
    versions = next_day.rows(
        "SELECT v.kind, v.changed, v.text FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id"
        " WHERE a.url LIKE ? ORDER BY v.id",
        f"%{EDITED.path}",
    )
    assert [(v["kind"], v["text"]) for v in versions] == [("first", EDITED.text), ("edit", edited(EDITED).text)]
    assert next_day.fates()[EDITED.path[1:]] == "updated"
    assert [(path(r), r["fate"]) for r in next_day.exported] == [(EDITED.path, "updated")]


def withdrawn(ended: Crawled) -> dict[str, Any]:
    [row] = ended.rows("SELECT * FROM articles WHERE url LIKE ?", f"%{WITHDRAWN.path}")
    return row


@pytest.mark.parametrize(("name", "fate", "misses"), [("next day", "gone", 1), ("again", "soft_404", 2)])
def test_an_article_that_is_not_found_is_missing_first(crawls: Crawls, name: str, fate: str, misses: int) -> None:
    assert crawls[name].fates()[WITHDRAWN.path[1:]] == fate
    row = withdrawn(crawls[name])
    assert (row["status"], row["gone_at"], row["misses"]) == ("live", None, misses)


def test_a_visit_that_finds_the_site_down_counts_no_article_as_missing(crawls: Crawls) -> None:
    down = crawls["down"]
    assert down.exit_code == 4
    assert down.asked(WITHDRAWN.path), "it was looked for"
    assert withdrawn(down)["misses"] == 2


def test_an_article_that_three_visits_over_a_day_did_not_find_is_gone_and_kept(crawls: Crawls) -> None:
    row = withdrawn(crawls["third day"])
    assert (row["status"], row["text"]) == ("gone", WITHDRAWN.text)
    assert row["last_seen_at"][:16] == "2024-05-02T12:00"
    assert row["gone_at"][:16] == "2024-05-03T12:30"


def test_an_article_that_comes_back_is_live_again(crawls: Crawls) -> None:
    row = withdrawn(crawls["fourth day"])
    assert (row["status"], row["gone_at"], row["misses"]) == ("live", None, 0)
    changes = crawls["fourth day"].rows(
        "SELECT changed FROM article_versions WHERE article_id = ? ORDER BY id", row["id"]
    )
    assert [change["changed"] for change in changes] == ["[]", '["status"]', '["status"]']


def test_what_did_not_change_costs_a_conditional_request_at_most(crawls: Crawls) -> None:
    next_day = crawls["next day"]
    asked = [a for a in next_day.requests if a.path in {story.path for story in STORIES}]
    assert all(a.conditional for a in asked)
    assert len(asked) == len({a.path for a in asked})
    # December's article is older than any revisit, and the day's news are looked at again.
    assert STORIES[7].path not in {a.path for a in asked}
    assert {STORIES[0].path, STORIES[1].path, STORIES[3].path, STORIES[5].path} <= {a.path for a in asked}


def test_again_fetches_known_articles_and_stores_nothing_new(crawls: Crawls) -> None:
    again = crawls["again"]
    assert {a.path for a in again.requests} >= {story.path for story in STORIES}
    assert again.exported == []
    kept = {fate for url, fate in again.fates().items() if url != WITHDRAWN.path[1:]}
    assert kept <= {"unchanged", "not_modified"}
    assert again.rows("SELECT count(*) AS n FROM articles") == [{"n": len(STORIES)}]


# --- in part -----------------------------------------------------------------------------------------------------------


def test_a_limit_is_what_is_stored(crawls: Crawls) -> None:
    limit = crawls["limit"]
    assert limit.rows("SELECT count(*) AS n FROM articles") == [{"n": 2}]
    assert len(limit.exported) == 2
    assert len([a for a in limit.requests if a.path in {story.path for story in STORIES}]) == 2


def test_what_a_limit_left_waits_for_the_next_crawl(crawls: Crawls) -> None:
    assert set(crawls["limit"].fates().values()) == {"stored", "queued"}


def test_a_window_fetches_nothing_that_its_source_dates_outside(crawls: Crawls) -> None:
    window = crawls["window"]
    asked = {a.path for a in window.requests}
    told_elsewhere = {s.path for s in STORIES if not s.published.startswith("2024-05-02")}
    # The front page lists May's first without a date before the feed is read; all others are dated by feed or list.
    assert asked.isdisjoint(told_elsewhere - {STORIES[2].path})
    inside = {s.path for s in STORIES if s.published.startswith("2024-05-02")}
    assert {path(row) for row in window.rows("SELECT url FROM articles")} == inside
    fates = window.fates()
    assert {fates[p[1:]] for p in told_elsewhere if p[1:] in fates} == {"out_of_range"}


def test_of_a_file_of_addresses_only_these_are_fetched(crawls: Crawls) -> None:
    urls = crawls["urls"]
    assert {a.path for a in urls.requests} == {"/robots.txt", *(story.path for story in STORIES[:3])}
    assert len(urls.exported) == 3


def test_of_ten_addresses_that_wait_for_a_slow_robots_txt_which_forbids_them_none_is_fetched(crawls: Crawls) -> None:
    urls = crawls["urls"]
    forbidden = [fate for url, fate in urls.fates().items() if url.startswith("private/")]
    assert forbidden == ["robots"] * 10
    assert len(urls.asked("/robots.txt")) == 1
    assert urls.exit_code == 0, "what robots.txt keeps for itself is no block beside pages that were read"


def test_the_crawl_delay_of_robots_txt_is_kept(crawls: Crawls) -> None:
    came_at = [a.at_s for a in crawls["urls"].requests if a.path != "/robots.txt"]
    assert min(later - earlier for earlier, later in pairwise(came_at)) >= CRAWL_DELAY_S * 0.95
