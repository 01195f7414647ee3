"""A writer to be killed: stores, edits and queues pages for ever and prints what was committed, one line a transaction."""

import sys
from pathlib import Path
from sqlite3 import Connection

from newscrawl.page import Fate
from newscrawl.store.database import checkpoint, open_database, write_transaction
from newscrawl.store.frontier import add_candidates, requeue_abandoned, set_fate, take
from newscrawl.store.removal import settle_missing
from newscrawl.store.runs import start_run
from tests.store.samples import SITE, after, article, candidate, store


def miss_for_a_day(connection: Connection, url: str, number: int) -> None:
    """Three visits that look for an article in vain: it is withdrawn."""
    for hours in (0, 6, 24):
        at = after(minutes=number, hours=hours)
        run = start_run(connection, at, "run", 1)
        set_fate(connection, url, Fate.GONE, at, run_id=run)
        settle_missing(connection, SITE, run, at)


def write_for_ever(path: Path, first: int) -> None:
    """Each transaction: one address found, taken, stored, its predecessor edited, both with their fates."""
    connection = open_database(path)
    with write_transaction(connection, path):
        requeue_abandoned(connection, SITE)
    for number in range(first, first + 100_000):
        url, now = f"https://vesti.example/{number}", after(minutes=number)
        with write_transaction(connection, path):
            add_candidates(connection, SITE, [candidate(url)], now)
            take(connection, SITE, 10, now, None)
        with write_transaction(connection, path):
            fate = store(connection, article(url=url, text=f"Слово {number}. " * 300), now)
            set_fate(connection, url, fate, now)
            edited = article(url=f"https://vesti.example/{number - 1}", text=f"Правка {number}. " * 300)
            if number > first:
                set_fate(connection, edited.url, store(connection, edited, now), now)
            if number % 5 == 4 and number > first:
                miss_for_a_day(connection, edited.url, number)
            if number % 5 == 0 and number > first + 1:
                set_fate(connection, f"https://vesti.example/{number - 2}", Fate.NOT_MODIFIED, now)
        print(number, fate is Fate.STORED, flush=True)
        if number % 50 == 0:
            checkpoint(connection)


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
