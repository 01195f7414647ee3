"""The queue: found, taken, left behind, failed and tried again."""

from datetime import datetime

import pytest

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate, Fate
from newscrawl.store.frontier import (
    add_source,
    last_asked,
    pending,
    put_back,
    requeue_abandoned,
    set_fate,
    take,
    tell_url,
)
from newscrawl.store.schedule import RETRIED_FATES, RETRY_AFTER
from tests.store.conftest import Opened
from tests.store.queue_samples import decide, due_at, find, grab, page
from tests.store.samples import NOON, SITE, URL, after, candidate


def test_candidate_comes_back_exactly_as_its_source_listed_it(db: Opened) -> None:
    odd = candidate(title="Мост\x00\ud800", alternates=(("kk", page("kk")), ("en", page("en"))))
    plain = Candidate(url=page("b"), found_in=page("list"), kind="listing")
    assert find(db, odd, plain) == 2
    with db.writing():
        assert [queued.candidate for queued in take(db.connection, SITE, 5, NOON, None)] == [odd, plain]


def test_known_address_is_not_new_in_any_spelling(db: Opened) -> None:
    assert find(db, candidate()) == 1
    assert (
        find(db, candidate(), candidate(f"{URL}?utm_source=feed"), candidate("http://m.vesti.example/2024/05/02/most/"))
        == 0
    )
    assert grab(db) == [URL]


def test_known_address_keeps_its_fate_and_learns_what_the_source_says_more(db: Opened) -> None:
    find(db, Candidate(url=URL, found_in=page("list"), kind="listing", title="Мост"))
    decide(db, URL, Fate.STORED)
    find(db, candidate())
    story = tell_url(db.connection, URL)
    assert story is not None
    assert story.row["fate"] == "stored"
    assert story.candidate == candidate(found_in=page("list"), kind="listing", title="Мост")


def test_source_that_changes_its_date_in_every_run_does_not_grow_the_row(db: Opened) -> None:
    for hour in range(40):
        find(db, candidate(evidence=(DateEvidence("feed", f"{hour} o'clock"),)))
    story = tell_url(db.connection, URL)
    assert story is not None
    assert [date.raw for date in story.candidate.evidence] == [f"{hour} o'clock" for hour in range(12)]


def test_newest_found_is_taken_first_in_the_sources_order(db: Opened) -> None:
    find(db, *(candidate(page(f"old-{n}")) for n in range(3)))
    find(db, *(candidate(page(f"new-{n}")) for n in range(2)), at=after(hours=1))
    assert grab(db, 3) == [page("new-0"), page("new-1"), page("old-0")]
    assert grab(db, 3) == [page("old-1"), page("old-2")]
    assert grab(db) == []


def test_queue_belongs_to_one_site(db: Opened) -> None:
    find(db, candidate(page("a")))
    find(db, candidate("https://drugie.example/a"), site="drugie_example")
    assert grab(db, site="drugie_example") == ["https://drugie.example/a"]
    assert (pending(db.connection, SITE), pending(db.connection, "drugie_example")) == (1, 1)


def test_killed_run_loses_nothing(db: Opened) -> None:
    find(db, candidate(page("a")), candidate(page("b")))
    assert len(grab(db)) == 2
    decide(db, page("a"), Fate.STORED)
    with db.writing():
        assert requeue_abandoned(db.connection, SITE) == 1
        assert requeue_abandoned(db.connection, SITE) == 0
    assert grab(db) == [page("b")]


def test_clean_end_puts_back_what_was_taken_as_if_it_never_was(db: Opened) -> None:
    find(db, candidate())
    for _ in range(2 * len(RETRY_AFTER)):
        assert grab(db) == [URL]
        with db.writing():
            assert put_back(db.connection, SITE) == 1
    assert db.rows("SELECT fate, tries FROM urls") == [("queued", 0)]
    assert db.rows("SELECT count(*) FROM url_events") == [(0,)]


def test_page_that_ends_every_run_is_given_up(db: Opened) -> None:
    find(db, candidate())
    rounds = 0
    while grab(db):
        rounds += 1
        with db.writing():
            requeue_abandoned(db.connection, SITE)
    assert rounds == len(RETRY_AFTER) + 1
    assert db.rows("SELECT fate, detail FROM urls") == [("read_error", "given up: the run ended each time")]


@pytest.mark.parametrize("fate", sorted(RETRIED_FATES))
def test_failure_that_may_pass_comes_back_at_longer_intervals_and_then_no_more(db: Opened, fate: Fate) -> None:
    find(db, candidate())
    at, waits = NOON, []
    for _ in range(len(RETRY_AFTER) + 1):
        assert grab(db, at=at) == [URL]
        decide(db, URL, fate, at)
        if (due := due_at(db)) is None:
            break
        assert grab(db, at=at) == []
        waits.append(datetime.fromisoformat(str(due)) - at)
        at = datetime.fromisoformat(str(due))
    assert waits == list(RETRY_AFTER)
    assert due_at(db) is None
    assert grab(db, at=after(days=400)) == []


def test_answer_after_failures_starts_the_count_anew(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, Fate.TIMEOUT)
    grab(db, at=after(hours=1))
    decide(db, URL, Fate.STORED, after(hours=1))
    assert db.rows("SELECT tries FROM urls") == [(0,)]


def test_retry_waits_until_the_instant_its_server_named(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, Fate.THROTTLED, due_at=after(days=3))
    assert grab(db, at=after(days=2)) == []
    assert grab(db, at=after(days=3)) == [URL]


def test_queued_address_may_be_put_off(db: Opened) -> None:
    find(db, candidate())
    decide(db, URL, Fate.QUEUED, due_at=after(hours=2))
    assert grab(db, at=after(hours=1)) == []
    assert grab(db, at=after(hours=2)) == [URL]


def test_hosts_that_are_full_are_left_out(db: Opened) -> None:
    other = "http://KAZ.vesti.example/a"
    find(db, candidate(page("a")), candidate(other), candidate("https://vesti.example.org/a"))
    with db.writing():
        taken = take(db.connection, SITE, 9, NOON, None, but_hosts=["vesti.example"])
        assert [queued.url for queued in taken] == [other, "https://vesti.example.org/a"]
        assert take(db.connection, SITE, 9, NOON, None, but_hosts=["vesti.example", "kaz.vesti.example"]) == []
    decide(db, other, Fate.TIMEOUT)
    with db.writing():
        at = after(hours=1)
        assert take(db.connection, SITE, 9, at, None, but_hosts=["vesti.example", "kaz.vesti.example"]) == []
        assert [queued.url for queued in take(db.connection, SITE, 9, at, None)] == [page("a"), other]


def test_when_sources_were_last_asked_is_known(db: Opened) -> None:
    asked, unasked = page("feed"), page("map.xml")
    with db.writing():
        for url in (asked, unasked):
            add_source(db.connection, SITE, url, "feed", NOON)
        set_fate(db.connection, asked, Fate.NOT_MODIFIED, after(hours=2))
    assert last_asked(db.connection, [asked, unasked, page("nobody")]) == {asked: (after(hours=2), Fate.NOT_MODIFIED)}
