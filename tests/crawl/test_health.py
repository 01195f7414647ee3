"""A visit's fates -> the verdict on the site, and the exit code of the run."""

from collections import Counter
from datetime import timedelta

import pytest

from newscrawl.crawl.health import WELL, Verdict, Visit, exit_code, judge, kept
from newscrawl.page import Fate


def visit(sources: dict[str, int], articles: dict[str, int], *, first: bool = False) -> Visit:
    return Visit(
        site="vesti",
        first=first,
        sources=Counter({Fate(f): n for f, n in sources.items()}),
        articles=Counter({Fate(f): n for f, n in articles.items()}),
    )


READ = {"listing": 1}
VISITS = [
    ("stored something", READ, {"stored": 3}, "healthy"),
    ("updated something", READ, {"updated": 1, "unchanged": 9}, "healthy"),
    ("nothing new", READ, {}, "quiet"),
    ("nothing new, asked conditionally", {"not_modified": 3}, {}, "quiet"),
    ("only seen again", READ, {"unchanged": 5, "not_modified": 5}, "quiet"),
    ("one page forbidden of many", READ, {"stored": 9, "blocked": 1}, "healthy"),
    ("half of the pages forbidden", READ, {"stored": 2, "blocked": 2}, "healthy"),
    ("most pages forbidden", READ, {"stored": 2, "blocked": 3}, "blocked"),
    ("all sources forbidden", {"blocked": 2}, {}, "blocked"),
    ("one of two sources forbidden", {"blocked": 1, "listing": 1}, {"stored": 1}, "healthy"),
    ("robots.txt could not be had", {"robots": 2}, {}, "blocked"),
    ("a captcha everywhere", READ, {"challenge": 6}, "blocked"),
    ("a login everywhere", READ, {"login": 3, "consent": 3}, "blocked"),
    ("too many requests", {"throttled": 1}, {}, "throttled"),
    ("too many requests for pages", READ, {"throttled": 4, "stored": 1}, "throttled"),
    ("server errors", {"server_error": 2}, {}, "down"),
    ("all kinds of network trouble", {"timeout": 1, "dns_error": 1, "connect_error": 1}, {}, "down"),
    ("pages that time out", READ, {"timeout": 3, "server_error": 3, "stored": 2}, "down"),
    ("a name that leads to a private address", {"unsafe": 2}, {}, "down"),
    ("pages without text", READ, {"empty": 5}, "layout_broken"),
    ("the front page for every address", READ, {"soft_404": 30}, "layout_broken"),
    ("scripts only", READ, {"app_shell": 5}, "needs_javascript"),
    ("sources that are gone", {"gone": 2}, {}, "source_dead"),
    ("what was not asked for does not count", READ, {"blocked": 3, "out_of_range": 500, "filtered": 5}, "blocked"),
    ("refusals of ours are no trouble of the site", READ, {"stored": 1, "offsite": 50, "filtered": 50}, "healthy"),
]


@pytest.mark.parametrize(("sources", "articles", "verdict"), [v[1:] for v in VISITS], ids=[v[0] for v in VISITS])
def test_the_verdict_on_a_visit(sources: dict[str, int], articles: dict[str, int], verdict: str) -> None:
    said, why = judge(visit(sources, articles))
    assert said == verdict
    assert bool(why) or said == Verdict.HEALTHY


def test_a_first_visit_is_new_unless_there_is_trouble() -> None:
    assert judge(visit(READ, {"stored": 3}, first=True))[0] == Verdict.NEW
    assert judge(visit({"blocked": 1}, {}, first=True))[0] == Verdict.BLOCKED


def test_the_reason_names_the_trouble_and_not_the_rest() -> None:
    _, why = judge(visit(READ, {"blocked": 4, "stored": 1}))
    assert why == "4 of 5 article pages: blocked 4"


CODES = [
    ([], False, 0),
    ([Verdict.HEALTHY, Verdict.NEW, Verdict.QUIET], False, 0),
    ([Verdict.HEALTHY, Verdict.BLOCKED], False, 3),
    ([Verdict.BLOCKED], False, 4),
    ([Verdict.BLOCKED, Verdict.DOWN], False, 4),
    ([Verdict.HEALTHY], True, 1),
    ([Verdict.BLOCKED], True, 1),
    ([], True, 1),
]


@pytest.mark.parametrize(("verdicts", "internal_error", "code"), CODES)
def test_the_exit_code_of_a_run(verdicts: list[Verdict], internal_error: bool, code: int) -> None:
    assert exit_code(verdicts, internal_error) == code


def test_every_verdict_is_either_well_or_makes_a_run_fail() -> None:
    assert {v: exit_code([v]) for v in Verdict} == {v: 0 if v in WELL else 4 for v in Verdict}


def test_kept_are_the_addresses_that_lead_to_an_article() -> None:
    assert kept({Fate.STORED: 2, Fate.UNCHANGED: 3, Fate.COPY: 1, Fate.UPDATED: 1, Fate.GONE: 7}) == 7


def test_a_site_without_a_source_is_not_quiet() -> None:
    verdict, why = judge(Visit(site="vesti_example", sourceless=True))
    assert (verdict, why) == (Verdict.SOURCE_DEAD, "the site's file names no source")


def test_a_host_without_an_answer_is_down_not_blocked() -> None:
    visit = Visit(
        site="vesti_example",
        sources=Counter({Fate.ROBOTS: 2}),
        kept_out="vesti.example: robots.txt could not be fetched",
    )
    assert judge(visit) == (Verdict.DOWN, "vesti.example: robots.txt could not be fetched")


@pytest.mark.parametrize(
    ("articles", "verdict"), [({"robots": 10, "stored": 8}, "healthy"), ({"robots": 3}, "blocked")]
)
def test_what_robots_keeps_for_itself_is_no_block_beside_other_pages(articles: dict[str, int], verdict: str) -> None:
    visit = Visit(site="vesti_example", sources=Counter({Fate.LISTING: 1}))
    visit.articles.update({Fate(name): count for name, count in articles.items()})
    assert judge(visit)[0] == verdict


QUIET_HOURS = [
    ({"challenge": 1}, False, "quiet"),
    ({"challenge": 1}, True, "blocked"),
    ({"challenge": 3}, False, "blocked"),
    ({"listing": 40}, True, "layout_broken"),
    ({"stored": 1, "copy": 39}, True, "layout_broken"),
    ({"stored": 4, "copy": 9}, False, "healthy"),
]


@pytest.mark.parametrize(("articles", "first", "verdict"), QUIET_HOURS)
def test_one_bad_page_condemns_no_site_and_one_text_everywhere_does(
    articles: dict[str, int], first: bool, verdict: str
) -> None:
    visit = Visit(site="vesti_example", first=first, sources=Counter({Fate.LISTING: 1}))
    visit.articles.update({Fate(name): count for name, count in articles.items()})
    assert judge(visit)[0] == verdict


def test_what_failed_before_and_fails_again_says_nothing_new() -> None:
    visit = Visit(site="vesti_example", sources=Counter({Fate.LISTING: 1}), retried=Counter({Fate.BLOCKED: 9}))
    assert judge(visit)[0] == "quiet"


PAUSES = [
    ("vesti.example answered 429 with Retry-After: 3600: it is left alone until 2024-05-02 13:00:01 UTC", "throttled"),
    ("vesti.example answered 429 6 times in a row: it is left alone until 2024-05-02 12:30:01 UTC", "throttled"),
    ("vesti.example answered 503 6 times in a row: it is left alone until 2024-05-02 12:30:01 UTC", "down"),
]


@pytest.mark.parametrize(("paused", "verdict"), PAUSES)
def test_a_server_in_trouble_is_down_and_one_that_is_asked_too_often_throttles(paused: str, verdict: str) -> None:
    assert judge(Visit(site="vesti_example", paused=paused)) == (verdict, paused)


@pytest.mark.parametrize(
    ("length", "verdict"), [(timedelta(hours=2), Verdict.THROTTLED), (timedelta(days=3650), Verdict.BLOCKED)]
)
def test_who_asks_for_years_of_patience_blocks_us(length: timedelta, verdict: Verdict) -> None:
    visit = Visit(site="vesti_example")
    visit.note_pause("vesti.example answered 429 with Retry-After: much", length)
    assert judge(visit)[0] == verdict
