"""An answer that asks for patience -> the seconds to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Too many requests, and unavailable for now: what a server says when it wants to be asked less.
PATIENCE_STATUSES = frozenset({429, 503})
BACK_OFF_MAX_S = 60.0
# Where a site's delay is zero (a private one, in a test) there is nothing to double.
BACK_OFF_MIN_S = 0.01


def retry_after_s(value: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header (RFC 9110: delta-seconds or an HTTP date) asks for; None when it says nothing."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def back_off_s(delay_s: float, in_a_row: int) -> float:
    """The seconds to wait after that many such answers in a row that name no time: twice the delay, then doubled each time."""
    return float(min(BACK_OFF_MAX_S, max(delay_s, BACK_OFF_MIN_S) * 2 ** min(in_a_row, 20)))
