"""The views for people say what the tables say."""

import pytest

from newscrawl.page import KEPT_FATES, Fate
from newscrawl.store.frontier import add_source, set_fate
from newscrawl.store.removal import settle_missing
from newscrawl.store.runs import start_run
from newscrawl.store.schema import described_views
from tests.store.conftest import Opened
from tests.store.queue_samples import FEED, decide, find, page
from tests.store.samples import NOON, SITE, URL, after, article, candidate, store

OTHER = "https://vesti.example/b"


@pytest.fixture
def history(db: Opened) -> Opened:
    """One article that was edited without a word, one that was edited, withdrawn and came back, one that is gone."""
    with db.writing():
        store(db.connection, article())
        store(db.connection, article(url=OTHER, text="О другом."))
        store(db.connection, article(text="Движение остановили.", title="Мост закрыли"), after(hours=2))
        store(db.connection, article(url=OTHER, text="О другом, подробно.", modified=after(hours=3)), after(hours=4))
        for hours in (5, 12, 40):
            run = start_run(db.connection, after(hours=hours), "run", 1)
            for url in (URL, OTHER):
                set_fate(db.connection, url, Fate.GONE, after(hours=hours), run_id=run)
            settle_missing(db.connection, SITE, run, after(hours=hours))
        store(db.connection, article(url=OTHER, text="О другом, подробно."), after(hours=50))
    return db


def test_edits_show_what_stood_there_before(history: Opened) -> None:
    shown = history.rows(
        "SELECT url, changed, announced, title_before, title, letters_before, letters FROM edits ORDER BY seen_at"
    )
    first = article()
    assert shown == [
        (URL, '["text","title"]', 0, first.title, "Мост закрыли", len(first.text), len("Движение остановили.")),
        (OTHER, '["text"]', 1, first.title, first.title, len("О другом."), len("О другом, подробно.")),
    ]


def test_gone_shows_the_interval(history: Opened) -> None:
    assert history.rows("SELECT url, last_seen_at, gone_at, misses FROM gone") == [
        (URL, "2024-05-02T14:00:00+00:00", "2024-05-02T17:00:00+00:00", 3)
    ]


def test_recent_begins_with_the_latest_change(history: Opened) -> None:
    assert history.rows("SELECT url, status FROM recent") == [(OTHER, "live"), (URL, "gone")]


def test_fates_count_addresses(db: Opened) -> None:
    with db.writing():
        add_source(db.connection, SITE, FEED, "feed", NOON)
    for number in range(3):
        decide(db, page(number), Fate.BLOCKED, after(hours=number), site=SITE)
    assert db.rows("SELECT site, kind, fate, addresses, newest, oldest FROM fates ORDER BY fate") == [
        (SITE, "article", "blocked", 3, "2024-05-02T14:00:00+00:00", "2024-05-02T12:00:00+00:00"),
        (SITE, "source", "found", 1, "2024-05-02T12:00:00+00:00", "2024-05-02T12:00:00+00:00"),
    ]


def test_coverage_counts_a_day_by_what_became_of_what_was_listed(db: Opened) -> None:
    find(db, *(candidate(page(n)) for n in range(6)))
    find(db, candidate(page(6)), at=after(days=1))
    with db.writing():
        store(db.connection, article(url=page(0)))
    for number, fate in enumerate([Fate.STORED, Fate.TIMEOUT, Fate.BLOCKED, Fate.LISTING, Fate.ROBOTS]):
        decide(db, page(number), fate)
    assert db.rows("SELECT * FROM coverage ORDER BY day") == [
        (SITE, "2024-05-02", 6, 3, 1, 3),  # missing: timed out, blocked, still queued
        (SITE, "2024-05-03", 1, 0, 0, 1),
    ]


NO_ARTICLE = {Fate.LISTING, Fate.PAYWALL, Fate.SOFT_404, Fate.GONE, Fate.REDIRECTED}
NOT_ASKED_FOR = {Fate.ROBOTS, Fate.OFFSITE, Fate.FILTERED, Fate.OUT_OF_RANGE, Fate.UNSAFE}


@pytest.mark.parametrize("fate", Fate)
def test_coverage_knows_every_fate(db: Opened, fate: Fate) -> None:
    decide(db, URL, fate, site=SITE)
    [(listed, missing)] = db.rows("SELECT listed, missing FROM coverage")
    accounted = fate in NO_ARTICLE | NOT_ASKED_FOR | KEPT_FATES | {Fate.NOT_MODIFIED}
    assert (listed, missing) == (1, int(not accounted))


def test_every_view_says_what_each_column_is(db: Opened) -> None:
    views = described_views(db.connection)
    assert [view.name for view in views][:5] == ["recent", "edits", "gone", "fates", "coverage"]
    for view in views:
        shown = [row["name"] for row in db.connection.execute(f"PRAGMA table_info({view.name})")]
        assert [column.name for column in view.columns] == shown, view.name
        assert view.meaning
        assert all(column.meaning for column in view.columns)
