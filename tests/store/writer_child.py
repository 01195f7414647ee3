"""A writer to be killed: stores, edits and queues pages for ever and prints what was committed, one line a transaction."""

import sys
from pathlib import Path

from newscrawl.page import Fate
from newscrawl.store.database import checkpoint, open_database, write_transaction
from newscrawl.store.frontier import add_candidates, requeue_abandoned, set_fate, take
from tests.store.samples import SITE, after, article, candidate, store


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
        print(number, fate is Fate.STORED, flush=True)
        if number % 50 == 0:
            checkpoint(connection)


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
