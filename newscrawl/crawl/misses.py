"""Places where a source may be -> those that are worth asking: where none was found lately, none is looked for."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from newscrawl.page import Fate
from newscrawl.site import Listing, Source
from newscrawl.store.addresses import find_address
from newscrawl.store.columns import instant

# What says that a place holds no source, and says it for longer than an hour.
MISSES = frozenset({Fate.GONE, Fate.BAD_RESPONSE, Fate.EMPTY, Fate.SOFT_404, Fate.OFFSITE, Fate.REDIRECTED})
ASKED_AGAIN_AFTER = timedelta(days=30)
# A source that once worked and fails is asked in each visit: it may come back, and its failing is news of the site.
WORKED = (Fate.LISTING, Fate.NOT_MODIFIED)


def without_misses(connection: sqlite3.Connection, sources: Iterable[Source], now: datetime) -> list[Source]:
    """The sources less the feeds, sitemaps and APIs that never were there and were looked for within the last month."""
    return [source for source in sources if isinstance(source, Listing) or not _is_missing(connection, source, now)]


def _is_missing(connection: sqlite3.Connection, source: Source, now: datetime) -> bool:
    row = find_address(connection, source.url)
    if row is None or row["kind"] != "source" or row["fate"] not in MISSES:
        return False
    # Set back, a clock must not keep a place from being asked for as long as it was ahead.
    recent = instant(now - ASKED_AGAIN_AFTER) < row["fate_at"] <= instant(now)
    marks = ", ".join("?" * len(WORKED))
    question = f"SELECT 1 FROM url_events WHERE url_id = ? AND fate IN ({marks}) LIMIT 1"  # noqa: S608 - only question marks
    return recent and connection.execute(question, (row["id"], *WORKED)).fetchone() is None
