"""Known articles are looked at again, ever more rarely."""

from datetime import datetime

import pytest

from newscrawl.page import Fate
from newscrawl.store.frontier import (
    due_revisits,
    set_fate,
)
from tests.store.conftest import Opened
from tests.store.queue_samples import decide, due_at, find, grab, page
from tests.store.samples import NOON, SITE, URL, after, article, candidate, store


def test_redirecting_address_is_not_visited_beside_its_target(db: Opened) -> None:
    target = page("target")
    find(db, candidate())
    grab(db)
    with db.writing():
        store(db.connection, article(url=target), known_as=(URL,))
    decide(db, target, Fate.STORED)
    decide(db, URL, Fate.REDIRECTED, detail=f"to {target}")
    assert [known.url for known in due_revisits(db.connection, SITE, after(days=2), 5)] == [target]


@pytest.mark.parametrize(
    "fate", [Fate.LISTING, Fate.PAYWALL, Fate.ROBOTS, Fate.OFFSITE, Fate.GONE, Fate.SOFT_404, Fate.TOO_LARGE]
)
def test_final_fate_is_not_asked_again(db: Opened, fate: Fate) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, fate)
    assert (due_at(db), grab(db, at=after(days=400)), due_revisits(db.connection, SITE, after(days=400), 5)) == (
        None,
        [],
        [],
    )


def test_article_is_looked_at_again_ever_more_rarely_and_then_left_alone(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, Fate.STORED)
    hours, at = [], NOON
    while revisits := due_revisits(db.connection, SITE, after(days=400), 5):
        assert [known.url for known in revisits] == [URL]
        at = datetime.fromisoformat(str(due_at(db)))
        hours.append((at - NOON).total_seconds() / 3600)
        decide(db, URL, Fate.NOT_MODIFIED, at)
    assert hours == [1, 6, 24, 7 * 24, 30 * 24]


def test_revisit_is_not_due_before_its_time_and_not_taken_from_the_queue(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, Fate.STORED, etag='"1"')
    assert due_revisits(db.connection, SITE, after(minutes=59), 5) == []
    (known,) = due_revisits(db.connection, SITE, after(hours=1), 5)
    assert (known.etag, known.candidate) == ('"1"', candidate())
    assert grab(db, at=after(hours=1)) == []


def test_old_article_that_a_backfill_finds_is_not_new(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    with db.writing():
        store(db.connection, article(published=after(days=-400), published_day=after(days=-400).date()))
        set_fate(db.connection, URL, Fate.STORED, NOON)
    assert due_at(db) is None


def test_stored_article_that_fails_is_asked_again_as_a_known_one(db: Opened) -> None:
    find(db, candidate())
    with db.writing():
        store(db.connection, article())
    decide(db, URL, Fate.GONE, after(hours=1))
    assert grab(db, at=after(days=2)) == []
    assert [known.url for known in due_revisits(db.connection, SITE, after(days=2), 5)] == [URL]
    decide(db, URL, Fate.TIMEOUT, after(days=2))
    assert grab(db, at=after(days=3)) == []
    assert [known.url for known in due_revisits(db.connection, SITE, after(days=3), 5)] == [URL]


def test_article_with_two_addresses_is_visited_under_one(db: Opened) -> None:
    find(db, candidate(), candidate(page("second")))
    grab(db)
    for url in (URL, page("second")):
        with db.writing():
            fate = store(db.connection, article(url=url, canonical_url=URL))
            set_fate(db.connection, url, fate, NOON)
    assert [known.url for known in due_revisits(db.connection, SITE, after(days=2), 5)] == [URL]


def test_answer_that_nothing_has_changed_is_a_sight_of_the_article(db: Opened) -> None:
    find(db, candidate())
    with db.writing():
        store(db.connection, article())
    decide(db, URL, Fate.NOT_MODIFIED, after(hours=6))
    decide(db, URL, Fate.TIMEOUT, after(hours=24))
    assert db.rows("SELECT last_seen_at, changed_seq FROM articles") == [("2024-05-02T18:00:00+00:00", 1)]


def test_revisits_of_one_run_are_capped_and_the_longest_overdue_go_first(db: Opened) -> None:
    for number in range(4):
        find(db, candidate(page(number)), at=after(minutes=number))
        decide(db, page(number), Fate.STORED, after(minutes=number))
    due = due_revisits(db.connection, SITE, after(days=1), 3)
    assert [known.url for known in due] == [page(0), page(1), page(2)]
