"""Addresses that a rule closes before a download, and those that a wider rule opens again."""

from collections import Counter
from pathlib import Path

import pytest

from newscrawl.page import Fate
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates, counts_by_fate, set_fate, take, tell_url
from newscrawl.store.refusals import refuse, reopen
from newscrawl.store.runs import start_run
from tests.store.samples import NOON, SITE, after, candidate

KNOWN, NEW = "https://vesti.example/known", "https://vesti.example/new"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "newscrawl.db"


def test_a_refused_address_has_its_fate_and_reason_and_is_counted_once(place: Path) -> None:
    connection = open_database(place)
    refused = [(candidate(NEW), Fate.FILTERED, "no article's address"), (candidate(KNOWN), Fate.OFFSITE, "elsewhere")]
    with write_transaction(connection, place):
        assert refuse(connection, SITE, refused, NOON) == Counter({Fate.FILTERED: 1, Fate.OFFSITE: 1})
        assert refuse(connection, SITE, refused, after(hours=1)) == Counter()
    story = tell_url(connection, NEW)
    assert story is not None
    assert (story.row["fate"], story.row["detail"]) == ("filtered", "no article's address")
    assert len(story.events) == 1


def test_an_address_whose_story_has_begun_keeps_its_fate(place: Path) -> None:
    connection = open_database(place)
    with write_transaction(connection, place):
        add_candidates(connection, SITE, [candidate(KNOWN)], NOON)
        set_fate(connection, KNOWN, Fate.STORED, NOON)
        refuse(connection, SITE, [(candidate(KNOWN), Fate.OUT_OF_RANGE, "before the window")], after(hours=1))
    assert counts_by_fate(connection, SITE) == {Fate.STORED: 1}


def test_a_wider_window_opens_what_a_narrower_one_closed(place: Path) -> None:
    connection = open_database(place)
    with write_transaction(connection, place):
        refuse(connection, SITE, [(candidate(NEW), Fate.OUT_OF_RANGE, "before the window")], NOON)
        refuse(connection, SITE, [(candidate(KNOWN), Fate.FILTERED, "no article's address")], NOON)
        assert reopen(connection, [NEW, KNOWN, "https://vesti.example/unseen"], NOON, {Fate.OUT_OF_RANGE}) == 1
        assert [queued.url for queued in take(connection, SITE, 5, NOON, None)] == [NEW]
        assert reopen(connection, [NEW], NOON) == 0, "it is under way"
        assert reopen(connection, [KNOWN], NOON) == 1, "whatever it was"


def test_what_was_fetched_in_this_run_is_not_opened_again(place: Path) -> None:
    connection = open_database(place)
    with write_transaction(connection, place):
        run = start_run(connection, NOON, "crawl", 1)
        set_fate(connection, KNOWN, Fate.UNCHANGED, NOON, site=SITE, run_id=run)
        assert reopen(connection, [KNOWN], NOON, None, run) == 0
        assert reopen(connection, [KNOWN], NOON, None, run + 1) == 1
