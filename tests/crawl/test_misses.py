"""A usual place where nothing was is not asked each visit; one that once worked is, and after a month all are."""

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.crawl.misses import ASKED_AGAIN_AFTER, without_misses
from newscrawl.page import Fate
from newscrawl.site import Feed, Listing, Source
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.fates import set_fate
from newscrawl.store.frontier import add_source
from tests.store.samples import NOON, SITE

FEED = Feed(url="https://vesti.example/feed/")
LIST = Listing(url="https://vesti.example/news/")
CASES = {
    "nothing was there": ((FEED,), [Fate.GONE], timedelta(hours=1), []),
    "a page of another kind was there": ((FEED,), [Fate.BAD_RESPONSE], timedelta(days=29), []),
    "a month later": ((FEED,), [Fate.GONE], ASKED_AGAIN_AFTER, [FEED]),
    "it worked once": ((FEED,), [Fate.LISTING, Fate.GONE], timedelta(hours=1), [FEED]),
    "it was slow": ((FEED,), [Fate.TIMEOUT], timedelta(hours=1), [FEED]),
    "it was blocked": ((FEED,), [Fate.BLOCKED], timedelta(hours=1), [FEED]),
    "a list": ((LIST,), [Fate.BAD_RESPONSE], timedelta(hours=1), [LIST]),
    "never asked": ((FEED,), [], timedelta(0), [FEED]),
    "the clock was set back": ((FEED,), [Fate.GONE], -timedelta(days=1), [FEED]),
}


@pytest.mark.parametrize(("sources", "fates", "later", "asked"), CASES.values(), ids=CASES)
def test_what_is_worth_asking(
    tmp_path: Path, sources: tuple[Source, ...], fates: list[Fate], later: timedelta, asked: list[Source]
) -> None:
    path = tmp_path / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        for source in sources if fates else ():
            add_source(connection, SITE, source.url, source.kind, NOON)
            for fate in fates:
                set_fate(connection, source.url, fate, NOON, site=SITE)
        assert without_misses(connection, sources, NOON + later) == asked
    connection.close()
