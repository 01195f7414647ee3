"""Every address has one fate, and its story can be told; sources remember their servers' answers."""

from newscrawl.page import Fate
from newscrawl.store.frontier import (
    add_candidates,
    add_source,
    counts_by_fate,
    due_revisits,
    pending,
    set_fate,
    source_state,
    take,
    tell_url,
)
from newscrawl.store.runs import start_run
from tests.store.conftest import Opened
from tests.store.queue_samples import FEED, decide, find, grab, page
from tests.store.samples import NOON, SITE, URL, after, article, candidate, store


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
            " VALUES (?1, ?1, '2024-05-02T13:00:00+00:00', 200, 'one.warc.gz', 0, 9, 'sha256:0'),"
            " (?1, ?1, '2024-05-02T14:00:00+00:00', 200, 'two.warc.gz', 0, 9, 'sha256:1')",
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
    assert [capture["file"] for capture in story.captures] == ["one.warc.gz", "two.warc.gz"]
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
