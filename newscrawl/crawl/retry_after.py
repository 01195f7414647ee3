"""An answer that asks for patience -> the seconds to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Too many requests, and unavailable for now: what a server says when it wants to be asked less.
PATIENCE_STATUSES = frozenset({429, 503})
BACK_OFF_MAX_S = 60.0
DAY_S = 86_400.0
# Where a site's delay is zero (a private one, in a test) there is nothing to double.
BACK_OFF_MIN_S = 0.01


def retry_after_s(value: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header (RFC 9110: delta-seconds or an HTTP date) asks for; None when it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    at = _http_date(value)
    return max(0.0, (at - now).total_seconds()) if at else None


def _http_date(value: bytes | None) -> datetime | None:
    try:
        at = parsedate_to_datetime((value or b"").decode("latin-1").strip())
    except (ValueError, TypeError, IndexError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def asked_wait_s(value: bytes | None, date: bytes | None, now: datetime) -> float | None:
    """As `retry_after_s`; an HTTP date is taken by the clock that wrote it (the answer's `Date`), whatever ours says.

    A clock that stands still, or an answer out of a cache, must not make days out of seconds: then ours is asked, too.
    """
    by_ours = retry_after_s(value, now)
    server_now = _http_date(date)
    if by_ours is None or server_now is None:
        return by_ours
    by_servers = retry_after_s(value, server_now)
    assert by_servers is not None
    return by_servers if by_servers <= DAY_S else min(by_servers, by_ours)


def back_off_s(delay_s: float, in_a_row: int) -> float:
    """The seconds to wait after that many such answers in a row that name no time: twice the delay, then doubled each time."""
    return float(min(BACK_OFF_MAX_S, max(delay_s, BACK_OFF_MIN_S) * 2 ** min(in_a_row, 20)))
