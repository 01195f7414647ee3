"""The queue: found, taken, left behind, given a fate, asked again; and the story of an address."""

from datetime import datetime

import pytest

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate, Fate
from newscrawl.store.frontier import (
    add_candidates,
    add_source,
    counts_by_fate,
    due_revisits,
    pending,
    requeue_abandoned,
    set_fate,
    source_state,
    take,
    tell_url,
)
from newscrawl.store.runs import start_run
from newscrawl.store.schedule import RETRIED_FATES, RETRY_AFTER
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, URL, after, article, candidate, store

FEED = "https://vesti.example/feed"


def page(name: object) -> str:
    return f"https://vesti.example/{name}"


def find(db: Opened, *candidates: Candidate, at: datetime = NOON, site: str = SITE) -> int:
    with db.writing():
        return add_candidates(db.connection, site, candidates, at)


def grab(db: Opened, limit: int = 10, at: datetime = NOON, site: str = SITE) -> list[str]:
    with db.writing():
        return [queued.url for queued in take(db.connection, site, limit, at, None)]


def decide(db: Opened, url: str, fate: Fate, at: datetime = NOON, detail: str = "", **more: object) -> None:
    with db.writing():
        set_fate(db.connection, url, fate, at, detail, **more)  # type: ignore[arg-type]


def due_at(db: Opened, url: str = URL) -> object:
    return db.rows("SELECT due_at FROM urls WHERE url = ?", url)[0][0]


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


def test_unknown_address_gets_its_row_with_its_fate(db: Opened) -> None:
    decide(db, "https://elsewhere.example/x", Fate.OFFSITE, detail="host is not the site's", site=SITE, found_in=URL)
    assert counts_by_fate(db.connection, SITE) == {Fate.OFFSITE: 1}
    assert db.rows("SELECT found_in, detail, kind FROM urls") == [(URL, "host is not the site's", "article")]
    decide(db, "javascript:void(0)", Fate.UNSAFE)
    assert tell_url(db.connection, "javascript:void(0)") is not None


def test_every_address_is_counted_under_one_fate(db: Opened) -> None:
    with db.writing():
        run = start_run(db.connection, NOON, "run", 1)
        add_candidates(db.connection, SITE, [candidate(page(n)) for n in range(6)], NOON)
        taken = take(db.connection, SITE, 4, NOON, run)
        for queued, fate in zip(taken, (Fate.STORED, Fate.STORED, Fate.PAYWALL), strict=False):
            set_fate(db.connection, queued.url, fate, NOON, run_id=run)
    assert counts_by_fate(db.connection, SITE) == {Fate.STORED: 2, Fate.PAYWALL: 1, Fate.FETCHING: 1, Fate.QUEUED: 2}
    assert counts_by_fate(db.connection, SITE, run) == {Fate.STORED: 2, Fate.PAYWALL: 1, Fate.FETCHING: 1}
    assert pending(db.connection, SITE) == 3


def test_sources_remember_what_their_server_said(db: Opened) -> None:
    assert source_state(db.connection, FEED) is None
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", NOON)
    assert source_state(db.connection, FEED) == (None, None, None)
    decide(db, FEED, Fate.LISTING, etag='"a"', last_modified="Thu, 02 May 2024 11:00:00 GMT", body_hash="sha256:1")
    decide(db, FEED, Fate.NOT_MODIFIED, after(hours=1))
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", after(hours=2))
    assert source_state(db.connection, FEED) == ('"a"', "Thu, 02 May 2024 11:00:00 GMT", "sha256:1")
    decide(db, FEED, Fate.LISTING, after(hours=2), etag="")
    assert source_state(db.connection, FEED) == (None, "Thu, 02 May 2024 11:00:00 GMT", "sha256:1")
    assert (pending(db.connection, SITE), grab(db), due_revisits(db.connection, SITE, after(days=9), 5)) == (0, [], [])


def test_two_sources_that_look_alike_keep_their_own_tags(db: Opened) -> None:
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", NOON)
        add_source(db.connection, SITE, f"{FEED}/", "feed", NOON)
    decide(db, FEED, Fate.LISTING, etag='"one"')
    decide(db, f"{FEED}/", Fate.LISTING, etag='"two"')
    assert [source_state(db.connection, url) for url in (FEED, f"{FEED}/")] == [
        ('"one"', None, None),
        ('"two"', None, None),
    ]


def test_address_that_turns_out_to_be_a_source_leaves_the_queue(db: Opened) -> None:
    find(db, candidate(FEED))
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", NOON)
    assert grab(db) == []
    assert find(db, candidate(FEED)) == 0


def test_story_tells_what_happened_when_and_why(db: Opened) -> None:
    find(db, candidate())
    grab(db)
    decide(db, URL, Fate.TIMEOUT, NOON, "no answer in 30 s")
    grab(db, at=after(hours=1))
    with db.writing():
        db.connection.execute(
            "INSERT INTO captures (url, final_url, fetched_at, status, file, offset, length, body_hash)"
            " VALUES (?1, ?1, '2024-05-02T13:00:00+00:00', 200, 'one.warc.gz', 0, 9, 'sha256:0')",
            (URL,),
        )
        store(db.connection, article(), after(hours=1))
        set_fate(db.connection, URL, Fate.STORED, after(hours=1), "1 paragraph")
        store(db.connection, article(url=page("moved"), canonical_url=URL), after(hours=2))
    story = tell_url(db.connection, f"{URL}/?utm_source=tg")
    assert story is not None
    assert [(event["at"], event["fate"], event["detail"]) for event in story.events] == [
        ("2024-05-02T12:00:00+00:00", "timeout", "no answer in 30 s"),
        ("2024-05-02T13:00:00+00:00", "stored", "1 paragraph"),
    ]
    assert (story.row["found_in"], story.row["due_at"]) == (FEED, "2024-05-02T17:50:00+00:00")
    assert [capture["file"] for capture in story.captures] == ["one.warc.gz"]
    assert story.article is not None
    assert story.article["title"] == article().title
    assert [version["kind"] for version in story.versions] == ["first"]
    assert story.other_urls == (page("moved"),)
    assert tell_url(db.connection, page("unknown")) is None


def test_story_is_bounded(db: Opened) -> None:
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", NOON)
    for hour in range(30):
        decide(db, FEED, Fate.NOT_MODIFIED, after(hours=hour), str(hour))
    story = tell_url(db.connection, FEED)
    assert story is not None
    assert [event["detail"] for event in story.events] == [str(hour) for hour in range(10, 30)]


def test_questions_of_every_hour_read_no_whole_table(db: Opened) -> None:
    questions = {
        "take": "SELECT * FROM urls WHERE site = 's' AND fate = 'queued' AND kind = 'article' ORDER BY found_at DESC, id",
        "due": "SELECT * FROM urls WHERE site = 's' AND due_at <= 'x' ORDER BY due_at, id",
        "find": "SELECT * FROM urls WHERE url = 'x' OR canonical IN ('x', 'y')",
        "since N": "SELECT * FROM articles WHERE changed_seq > 7 ORDER BY changed_seq",
        "same text": "SELECT url FROM articles WHERE text_hash = 'x' AND copy_of IS NULL",
        "last runs": "SELECT * FROM site_runs WHERE site = 's' AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC",
        "day": "SELECT * FROM articles WHERE site = 's' AND published >= 'x' ORDER BY published",
    }
    for name, sql in questions.items():
        plan = " | ".join(str(row[-1]) for row in db.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "SCAN" not in plan, (name, plan)
        assert "TEMP B-TREE" not in plan, (name, plan)
