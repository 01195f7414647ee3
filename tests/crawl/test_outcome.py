"""Which sites turn the exit code of a run."""

from datetime import UTC, datetime

import pytest

from newscrawl.crawl.health import Verdict, Visit
from newscrawl.crawl.outcome import SiteOutcome, run_exit_code, unverified_line

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


def site(
    verdict: Verdict | None, before: str | None = None, *, verified: bool = True, failed: bool = False, **more: object
) -> SiteOutcome:
    visit = Visit(site="vesti", begun=True, internal_error=failed) if verdict else None
    given = {"counts_always": verified, "before": before, "before_at": NOON, **more}
    return SiteOutcome("vesti", verdict, "vesti: ...", visit, **given)  # type: ignore[arg-type]


WELL, BAD = Verdict.HEALTHY, Verdict.BLOCKED
RUNS = [
    ("all well", [site(WELL), site(Verdict.QUIET), site(Verdict.NEW)], 0),
    ("some in trouble", [site(WELL), site(BAD)], 3),
    ("all in trouble", [site(BAD), site(Verdict.DOWN)], 4),
    ("an error of ours", [site(WELL, failed=True), site(BAD)], 1),
    ("others crawl them all", [site(None, held=True), site(None, held=True)], 75),
    ("another crawls one of them", [site(None, held=True), site(WELL)], 0),
    ("a turn that did not come", [site(WELL), site(None, cut_short="the deadline")], 0),
    ("a deadline before the first one", [site(None, cut_short="the deadline")], 0),
    ("cut short and well", [site(WELL, cut_short="3000 requests")], 0),
    ("nothing due", [], 0),
    # sites that nobody has verified
    ("trouble that begins", [site(WELL), site(BAD, "healthy", verified=False)], 3),
    ("trouble on the first visit", [site(WELL), site(BAD, verified=False)], 3),
    ("trouble that changes", [site(WELL), site(BAD, "down", verified=False)], 3),
    ("trouble as before", [site(WELL), site(BAD, "blocked", verified=False)], 0),
    ("verified, trouble as before", [site(WELL), site(BAD, "blocked")], 3),
    ("as before, and an error of ours", [site(WELL), site(BAD, "blocked", verified=False, failed=True)], 1),
    ("as before, beside new trouble", [site(BAD, "blocked", verified=False), site(BAD)], 4),
    ("as before, and nothing is well", [site(BAD, "blocked", verified=False)] * 2, 4),
]


@pytest.mark.parametrize(("sites", "code"), [run[1:] for run in RUNS], ids=[run[0] for run in RUNS])
def test_exit_code(sites: list[SiteOutcome], code: int) -> None:
    assert run_exit_code(sites, broken=False, well_otherwise=True) == code


def test_an_unverified_site_that_alone_is_due_does_not_turn_the_code_while_others_are_well() -> None:
    alone = [site(BAD, "blocked", verified=False)]
    assert run_exit_code(alone, broken=False, well_otherwise=True, well_elsewhere=True) == 0
    assert run_exit_code(alone, broken=False, well_otherwise=True, well_elsewhere=False) == 4


@pytest.mark.parametrize(("sites", "well_otherwise", "code"), [([site(WELL)], True, 3), ([], True, 3), ([], False, 4)])
def test_a_broken_file_counts_each_time(sites: list[SiteOutcome], well_otherwise: bool, code: int) -> None:
    assert run_exit_code(sites, broken=True, well_otherwise=well_otherwise) == code


def test_old_news_are_told_once_a_day() -> None:
    old = site(BAD, "blocked", verified=False)
    assert old.is_told_today(NOON.replace(hour=23))
    assert not old.is_told_today(NOON.replace(day=3, hour=0))
    assert not site(BAD, "down", verified=False).is_told_today(NOON), "it is no old news"
    assert unverified_line([old]) == "not verified yet, in trouble as before: vesti (blocked)"
