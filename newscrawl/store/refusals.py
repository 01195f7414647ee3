"""Addresses that a rule of ours closes before any download, and those that a wider rule opens again: table urls."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from newscrawl.page import OPEN_FATES, Candidate, Fate
from newscrawl.store.addresses import find_address
from newscrawl.store.columns import instant, require_transaction
from newscrawl.store.frontier import add_candidates, set_fate


def refuse(
    connection: sqlite3.Connection,
    site: str,
    refused: Iterable[tuple[Candidate, Fate, str]],
    at: datetime,
    run_id: int | None = None,
) -> Counter[Fate]:
    """Give listed addresses that are not to be fetched their fate and its reason; how many of each fate are new.

    An address whose story has begun keeps its fate: a list that is read every hour says nothing new about it.
    """
    require_transaction(connection)
    new: Counter[Fate] = Counter()
    for candidate, fate, detail in refused:
        known = find_address(connection, candidate.url)
        if known is not None and known["fate"] not in OPEN_FATES:
            continue
        new[fate] += known is None
        add_candidates(connection, site, [candidate], at, run_id)
        set_fate(connection, candidate.url, fate, at, detail, site=site, run_id=run_id)
    return +new


def reopen(
    connection: sqlite3.Connection,
    urls: Iterable[str],
    at: datetime,
    fates: Collection[Fate] | None = None,
    run_id: int | None = None,
) -> int:
    """Queue known addresses again: those with one of `fates`, or whatever they are; the number that was queued.

    What got its fate in the run `run_id` stays as it is: a second list that names it must not have it fetched twice.
    """
    require_transaction(connection)
    opened = 0
    for url in urls:
        row = find_address(connection, url)
        if row is None or row["kind"] != "article" or row["fate"] in OPEN_FATES or row["forgotten_at"]:
            continue
        if (fates is not None and row["fate"] not in fates) or (run_id is not None and row["run_id"] == run_id):
            continue
        connection.execute(
            "UPDATE urls SET fate = ?, fate_at = ?, due_at = NULL, tries = 0 WHERE id = ?",
            (Fate.QUEUED, instant(at), row["id"]),
        )
        opened += 1
    return opened
