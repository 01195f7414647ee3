"""An answer that asks for patience -> seconds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl.retry_after import asked_wait_s, back_off_s, retry_after_s

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)

RETRY_AFTER = [
    (b"0", 0.0),
    (b"120", 120.0),
    (b"  7 ", 7.0),
    (b"315360000", 315360000.0),
    (b"9" * 400, 999999999999.0),
    (b"Thu, 02 May 2024 12:02:00 GMT", 120.0),
    (b"Thu, 02 May 2024 17:02:00 +0500", 120.0),
    (b"Thu, 02 May 2024 12:02:00", 120.0),
    (b"Thursday, 02-May-24 12:02:00 GMT", 120.0),
    (b"Thu, 02 May 2024 11:00:00 GMT", 0.0),
    (b"Tue, 02 May 2034 12:00:00 GMT", 315532800.0),
    (None, None),
    (b"", None),
    (b"soon", None),
    (b"-5", None),
    (b"1.5", None),
    (b"\xb2", None),
    (b"Mon, 01 Jan 2024 00:00:00 +99999999", None),
    (b"Fri, 31 Dec 99999 23:59:59 GMT", None),
    (b"x" * 100_000, None),
]


@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER, ids=[repr(v)[:50] for v, _ in RETRY_AFTER])
def test_both_forms_of_retry_after_are_read_and_nothing_else(value: bytes | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOON) == seconds


@given(st.binary(max_size=60))
def test_any_retry_after_is_a_wait_or_none(value: bytes) -> None:
    wait_s = retry_after_s(value, NOON)
    assert wait_s is None or wait_s >= 0


@pytest.mark.parametrize(
    ("delay_s", "waits"),
    [
        (1.0, [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]),
        (3.0, [6.0, 12.0, 24.0, 48.0, 60.0]),
        (100.0, [60.0]),
        (0.0, [0.02, 0.04]),
    ],
)
def test_without_a_time_the_wait_doubles_from_the_hosts_delay_up_to_a_minute(
    delay_s: float, waits: list[float]
) -> None:
    assert [back_off_s(delay_s, n) for n in range(1, len(waits) + 1)] == pytest.approx(waits)


def test_any_number_of_refusals_has_a_wait() -> None:
    assert back_off_s(1.0, 10**6) == 60.0


CLOCKS = [
    ("a server whose clock is a year ahead", b"Fri, 02 May 2025 12:00:30 GMT", b"Fri, 02 May 2025 12:00:00 GMT", 30.0),
    ("a server whose clock is behind", b"Thu, 02 May 2024 09:00:30 GMT", b"Thu, 02 May 2024 09:00:00 GMT", 30.0),
    ("seconds need no clock", b"30", b"Thu, 01 Jan 1970 00:00:00 GMT", 30.0),
    ("a clock that stands still", b"Thu, 02 May 2024 12:00:30 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT", 30.0),
    ("ten years, by both clocks", b"Tue, 02 May 2034 12:00:00 GMT", b"Thu, 02 May 2024 12:00:00 GMT", 315532800.0),
    ("no clock", b"Thu, 02 May 2024 12:00:30 GMT", None, 30.0),
    ("an unreadable clock", b"Thu, 02 May 2024 12:00:30 GMT", b"noon", 30.0),
    ("nothing is said", b"soon", b"Thu, 02 May 2024 12:00:00 GMT", None),
]


@pytest.mark.parametrize(("value", "date", "seconds"), [c[1:] for c in CLOCKS], ids=[c[0] for c in CLOCKS])
def test_a_date_is_taken_by_the_clock_that_wrote_it(value: bytes, date: bytes | None, seconds: float | None) -> None:
    assert asked_wait_s(value, date, NOON) == seconds


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_any_pair_of_headers_is_a_wait_or_none(value: bytes, date: bytes) -> None:
    wait_s = asked_wait_s(value, date, NOON)
    assert wait_s is None or wait_s >= 0
