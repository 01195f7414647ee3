"""How old an article is, or how often an address has failed -> when it is asked for again."""

from datetime import datetime, timedelta

from newscrawl.page import Fate

REVISIT_AGES = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""The ages at which an article is looked at again. After a month no more: an archive of years would be asked for ever."""

RETRY_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
"""How long an address rests after its first, second ... failure in a row; after the last it is given up."""

RETRIED_FATES = frozenset({
    Fate.BLOCKED, Fate.CHALLENGE, Fate.THROTTLED, Fate.SERVER_ERROR, Fate.BAD_RESPONSE,
    Fate.TIMEOUT, Fate.DNS_ERROR, Fate.CONNECT_ERROR, Fate.READ_ERROR, Fate.STORE_ERROR,
})  # fmt: skip
"""Fates that may pass: the address is tried again without anybody asking for it."""


def next_revisit(born_at: datetime, at: datetime) -> datetime | None:
    """The next time at which an article of that birth is looked at again; None when it is old enough to be left alone."""
    return next((born_at + age for age in REVISIT_AGES if born_at + age > at), None)


def next_try(tries: int, at: datetime) -> datetime | None:
    """When an address that has failed that many times in a row is tried again; None when it is given up."""
    return at + RETRY_AFTER[max(tries, 1) - 1] if tries <= len(RETRY_AFTER) else None
