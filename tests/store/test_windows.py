"""A crawl's window leaves out what lies outside it, and takes nothing from the queue of the crawls that follow."""

from newscrawl.page import Fate
from newscrawl.store.frontier import add_candidates, put_back_out_of_range, set_fate, take
from newscrawl.store.runs import start_run, start_site_run
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, after, candidate

WAITING, FRESH = "https://vesti.example/2024/05/01/waiting", "https://vesti.example/2024/05/02/fresh"


def test_what_waited_in_the_queue_waits_again_after_a_crawl_with_a_window(db: Opened) -> None:
    with db.writing():
        add_candidates(db.connection, SITE, [candidate(WAITING)], NOON)
        run = start_run(db.connection, after(hours=1), "crawl", 1)
        start_site_run(db.connection, run, SITE, after(hours=1))
        add_candidates(db.connection, SITE, [candidate(FRESH)], after(hours=1), run)
        for queued in take(db.connection, SITE, 8, after(hours=1), run):
            set_fate(db.connection, queued.url, Fate.OUT_OF_RANGE, after(hours=1), "published 2024-05-01", run_id=run)
        assert put_back_out_of_range(db.connection, SITE, run) == 1
    fates = dict(db.rows("SELECT url, fate FROM urls"))
    assert fates == {WAITING: Fate.QUEUED, FRESH: Fate.OUT_OF_RANGE}, "what the window's own lists named stays out"
    with db.writing():
        assert [queued.url for queued in take(db.connection, SITE, 8, after(hours=2), None)] == [WAITING]
