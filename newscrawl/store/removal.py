"""The looks of one visit that found nothing where an article was -> articles that count as withdrawn.

    visit ends well, address says 404, 410 or "no such page", or leads to the front page ... the article was missed once more
    missed by MISSES_NEEDED visits in a row, MISSING_SPAN or more from first to last ....... gone, since the first of them
    seen again, anywhere, at any time ...................................................... live, and nothing is missed

A visit counts at its end and as a whole: a site that is down, blocked or half out of order withdraws nothing, and a killed visit
only makes it later. The interval in which an article was withdrawn is (last_seen_at, gone_at).
"""

import sqlite3
from datetime import datetime, timedelta

from newscrawl.page import Fate
from newscrawl.store.columns import instant, instant_of, require_transaction, to_json
from newscrawl.store.fates import LIVE_FATES
from newscrawl.store.versions import mark_gone

MISSING_FATES = frozenset({Fate.GONE, Fate.SOFT_404})
"""Fates of an address that say: there is nothing here (any more)."""

MISSES_NEEDED = 3
"""Visits in a row that must have missed an article. Two can be one fault of a cache in front of the site."""

MISSING_SPAN = timedelta(hours=24)
"""From the first miss to the last, at least: a publication that fails at night is put right in the morning."""

LOOK_AGAIN_AFTER = (timedelta(hours=6), MISSING_SPAN, timedelta(days=3), timedelta(days=7), timedelta(days=30))
"""When a missing article is looked for again, counted from the first miss: twice to be sure, then to see it come back."""

MANY_MISSES = 5
"""As many articles missed for the first time in one visit, and more than were found, are a fault of the site: nobody
withdraws most of what he has at once, but a move to another system answers every old address with 404."""

_MISSING = to_json(sorted(MISSING_FATES))
_LIVE = to_json(sorted(LIVE_FATES))


def settle_missing(connection: sqlite3.Connection, site: str, run_id: int, at: datetime) -> int:
    """At the end of a visit that went well: count what it missed; the number of articles that are gone from now on."""
    require_transaction(connection)
    missed = _missed(connection, site, run_id)
    fresh = sum(row["misses"] == 0 for row in missed)
    if fresh >= MANY_MISSES and fresh > _found(connection, site, run_id):
        return 0
    return sum(_miss(connection, row, at) for row in missed)


def _missed(connection: sqlite3.Connection, site: str, run_id: int) -> list[sqlite3.Row]:
    """The articles missed, each once, with the address at which it was missed last. One that stands at another of its
    addresses is not missed; whether it still does is asked in the next visit."""
    rows = connection.execute(
        "SELECT a.id, a.status, a.misses, a.missing_since, u.id AS url_id, u.due_at, max(u.fate_at) AS missed_at,"
        " (SELECT max(o.id) FROM urls AS o WHERE o.article_id = a.id AND o.fate IN (SELECT value FROM json_each(:live)))"
        "  AS elsewhere_id"
        " FROM urls AS u JOIN articles AS a ON a.id = u.article_id"
        " WHERE u.run_id = :run AND u.site = :site AND u.fate IN (SELECT value FROM json_each(:missing)) GROUP BY a.id",
        {"run": run_id, "site": site, "missing": _MISSING, "live": _LIVE},
    ).fetchall()
    connection.executemany(
        "UPDATE urls SET due_at = ? WHERE id = ?",
        [(row["missed_at"], row["elsewhere_id"]) for row in rows if row["elsewhere_id"]],
    )
    return [row for row in rows if not row["elsewhere_id"]]


def _found(connection: sqlite3.Connection, site: str, run_id: int) -> int:
    question = "SELECT count(*) FROM urls WHERE run_id = ? AND site = ? AND fate IN (SELECT value FROM json_each(?))"
    return int(connection.execute(question, (run_id, site, _LIVE)).fetchone()[0])


def _miss(connection: sqlite3.Connection, row: sqlite3.Row, at: datetime) -> bool:
    missed_at = instant_of(row["missed_at"])
    since = instant_of(row["missing_since"]) if row["missing_since"] else missed_at
    misses = row["misses"] + 1
    connection.execute(
        "UPDATE articles SET missing_since = ?, misses = ? WHERE id = ?", (instant(since), misses, row["id"])
    )
    _look_again(connection, row, since, missed_at)
    if row["status"] == "gone" or misses < MISSES_NEEDED or missed_at - since < MISSING_SPAN:
        return False
    mark_gone(connection, row["id"], at)
    return True


def _look_again(connection: sqlite3.Connection, row: sqlite3.Row, since: datetime, missed_at: datetime) -> None:
    times = [instant(since + span) for span in LOOK_AGAIN_AFTER if since + span > missed_at]
    times += [row["due_at"]] if row["due_at"] else []  # its age may ask for a look sooner
    if times:
        connection.execute("UPDATE urls SET due_at = ? WHERE id = ?", (min(times), row["url_id"]))
