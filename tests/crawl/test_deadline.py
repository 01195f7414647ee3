"""Lengths of time as they are typed."""

from datetime import timedelta

import pytest

from newscrawl.crawl.deadline import duration_of, written

LENGTHS = [
    ("50m", timedelta(minutes=50), "50m"),
    ("1h30m", timedelta(minutes=90), "1h30m"),
    ("90s", timedelta(seconds=90), "1m30s"),
    ("90m", timedelta(minutes=90), "1h30m"),
    (" 2H ", timedelta(hours=2), "2h"),
    ("1h0m5s", timedelta(hours=1, seconds=5), "1h5s"),
]
NONE = ["", " ", "50", "m", "1d", "-5m", "0m", "0h0s", "30m1h", "1.5h", "5m5m", "50 m", "٥m", "9" * 50 + "s", "1h;rm"]


@pytest.mark.parametrize(("text", "length", "again"), LENGTHS)
def test_a_length_is_read_and_written(text: str, length: timedelta, again: str) -> None:
    assert duration_of(text) == length
    assert written(length) == again
    assert duration_of(again) == length


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_length_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"length of time|no time at all") as refused:
        duration_of(text)
    assert "\n" not in str(refused.value)
