"""A date that is known better is no edit of the site's."""

import pytest

from newscrawl.store.changes import is_rereading

BEFORE = {"published_source": "listing", "published_raw": "Вчера 10:15"}
CASES = [
    (
        "another place told it",
        {"published_source": "feed", "published_raw": "Tue, 24 Nov 2026 10:15:00 +0500"},
        ("published",),
        True,
    ),
    ("the same string in another zone", BEFORE, ("published",), True),
    (
        "the site wrote another string",
        {"published_source": "listing", "published_raw": "24 ноября, 11:00"},
        ("published",),
        False,
    ),
    ("the text changed, too", {"published_source": "feed", "published_raw": ""}, ("text", "published"), False),
    ("only the text changed", BEFORE, ("text",), False),
    ("nothing was known before", {"published_source": "feed", "published_raw": "x"}, ("published",), True),
]


@pytest.mark.parametrize(("after", "changed", "rereading"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_whose_change_it_is(after: dict[str, str], changed: tuple[str, ...], rereading: bool) -> None:
    assert is_rereading(BEFORE, after, changed) is rereading
