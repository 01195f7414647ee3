"""A visit -> the one line that a person reads."""

from collections import Counter

import pytest

from newscrawl.crawl.health import Verdict, Visit
from newscrawl.crawl.summary import visit_line
from newscrawl.page import Fate


def line(verdict: Verdict, why: str = "", problem: str | None = None, **articles: int) -> str:
    visit = Visit(site="vesti", articles=Counter({Fate(f): n for f, n in articles.items()}), problem=problem)
    return visit_line(visit, verdict, why)


LINES = [
    (line(Verdict.HEALTHY, stored=12, updated=1), "vesti: healthy: 12 stored, 1 updated"),
    (line(Verdict.QUIET, "nothing new"), "vesti: quiet: nothing new"),
    (
        line(Verdict.NEW, "first visit", stored=2, gone=1, robots=3),
        "vesti: new: 2 stored; 4 other addresses (gone 1, robots 3)",
    ),
    (
        line(Verdict.BLOCKED, "2 of 2 sources: blocked 2", blocked=1),
        "vesti: blocked: nothing new; 1 other addresses (blocked 1); 2 of 2 sources: blocked 2",
    ),
    (
        line(Verdict.HEALTHY, problem="ended early: shutdown", stored=1),
        "vesti: healthy: 1 stored; ended early: shutdown",
    ),
]


@pytest.mark.parametrize(("said", "expected"), LINES)
def test_the_line_says_what_was_kept_what_not_and_what_is_wrong(said: str, expected: str) -> None:
    assert said == expected
