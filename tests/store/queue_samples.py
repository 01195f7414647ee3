"""The queue as its tests use it: one call, one transaction."""

from datetime import datetime

from newscrawl.page import Candidate, Fate
from newscrawl.store.frontier import add_candidates, set_fate, take
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, URL

FEED = "https://vesti.example/feed"


def page(name: object) -> str:
    """An address on the site."""
    return f"https://vesti.example/{name}"


def find(db: Opened, *candidates: Candidate, at: datetime = NOON, site: str = SITE) -> int:
    """Queue candidates."""
    with db.writing():
        return add_candidates(db.connection, site, candidates, at)


def grab(db: Opened, limit: int = 10, at: datetime = NOON, site: str = SITE) -> list[str]:
    """Take from the queue."""
    with db.writing():
        return [queued.url for queued in take(db.connection, site, limit, at, None)]


def decide(db: Opened, url: str, fate: Fate, at: datetime = NOON, detail: str = "", **more: object) -> None:
    """Write a fate."""
    with db.writing():
        set_fate(db.connection, url, fate, at, detail, **more)  # type: ignore[arg-type]


def due_at(db: Opened, url: str = URL) -> object:
    """When the address is asked again."""
    return db.rows("SELECT due_at FROM urls WHERE url = ?", url)[0][0]
