"""layout_broken, source_dead and clock_wrong: what earlier visits show of this one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawl.article import DateEvidence
from newscrawl.crawl.health import judge, judge_in_time, run_remark
from newscrawl.crawl.history import History
from newscrawl.crawl.visit import PageNotes, Visit
from newscrawl.extraction.draft import IN_THE_FUTURE, Draft, JudgedDate
from newscrawl.page import Fate
from newscrawl.site import WordPress
from tests.crawl.histories import FEED, HOUR, NOW, SITE, evenly, hindsight, hourly, past_visit

STEADY = hourly(evenly(ru=4), days=2)


def pages(text: int, date: int, author: int, empty: int = 0) -> Visit:
    visit = Visit(site="vesti_example", pages=PageNotes(with_text=text, with_date=date, with_author=author))
    visit.articles[Fate.STORED], visit.articles[Fate.EMPTY] = text, empty
    return visit


LAYOUTS = [
    ("as always", pages(9, 9, 8), None),
    ("the texts are gone", pages(0, 0, 0, empty=3), "0 of 3 article pages have a text, normally 100%"),
    ("two bad pages", pages(0, 0, 0, empty=2), None),
    ("one text of five", pages(1, 1, 1, empty=4), "1 of 5 article pages have a text, normally 100%"),
    ("the dates are gone", pages(5, 0, 5), "0 of 5 article pages have a date, normally 100%"),
    ("half of the dates are gone", pages(6, 3, 6), None),
    ("the authors are gone", pages(14, 14, 0), "0 of 14 article pages have an author, normally 90%"),
    ("a few pages without authors", pages(4, 4, 3), None),
    ("very many pages", pages(9_000, 9_000, 10), "10 of 9000 article pages have an author, normally 90%"),
]


@pytest.mark.parametrize(("visit", "why"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_a_share_that_falls_against_the_sites_own_history(visit: Visit, why: str | None) -> None:
    judgement = hindsight(STEADY, visit=visit).judgement
    assert judgement == (("layout_broken", why) if why else None)


def test_a_site_that_never_had_authors_is_not_broken() -> None:
    past = [past_visit(NOW - HOUR * n, pages=10, with_text=10, with_date=10, with_author=1) for n in range(48, 0, -1)]
    assert hindsight(past, visit=pages(14, 14, 0)).judgement is None


def test_a_short_history_breaks_no_layout() -> None:
    past = [past_visit(NOW - HOUR, pages=10, with_text=10, with_date=10, with_author=10)]
    assert hindsight(past, visit=pages(0, 0, 0, empty=9)).judgement is None


def test_few_pages_are_judged_together_with_those_of_the_day() -> None:
    dateless = [past_visit(NOW - HOUR * n, pages=1, with_text=1) for n in (4, 3, 2, 1)]
    past = hourly(evenly(ru=4), days=2, until=NOW - HOUR * 4)
    assert hindsight([*past, *dateless[:3]], visit=pages(1, 0, 0)).judgement is None
    assert hindsight([*past, *dateless], visit=pages(1, 0, 0)).judgement is not None


def failed(url: str = FEED, fate: Fate = Fate.GONE) -> Visit:
    return Visit(site="vesti_example", failed_sources={url: fate})


def test_a_feed_that_is_gone_is_told_at_once_and_dead_after_a_week() -> None:
    first = hindsight(STEADY, visit=failed())
    assert first.measures.failing == {FEED: NOW}
    assert (first.judgement, first.remark) == (None, f"source {FEED} fails since 2024-05-02 12:00 (gone)")
    for days, dead in ((6.9, False), (7.0, True)):
        since = NOW - timedelta(days=days)
        past = [*STEADY, past_visit(NOW - HOUR, failing={FEED: since})]
        found = hindsight(past, visit=failed(fate=Fate.SERVER_ERROR))
        assert found.measures.failing == {FEED: since}
        told = f"source {FEED} fails since {since:%Y-%m-%d %H:%M} (server_error)"
        assert found.judgement == (("source_dead", told) if dead else None)


def test_a_feed_that_came_back_is_forgotten() -> None:
    past = [*STEADY, past_visit(NOW - HOUR, failing={FEED: NOW - timedelta(days=30)})]
    back = Visit(site="vesti_example", worked_sources={FEED})
    assert hindsight(past, visit=back).measures.failing == {}


def test_a_source_that_was_not_asked_in_this_visit_stays_what_it_is() -> None:
    since = NOW - timedelta(days=1)
    past = [*STEADY, past_visit(NOW - HOUR, failing={FEED: since})]
    other = Visit(site="vesti_example", worked_sources={"https://vesti.example/news/"})
    found = hindsight(past, visit=other)
    assert found.measures.failing == {FEED: since}
    assert found.remark == f"source {FEED} fails since {since:%Y-%m-%d %H:%M} (not asked this time)"


def test_a_visit_that_asked_no_source_keeps_what_is_known() -> None:
    since = NOW - timedelta(days=1)
    history = History(past=[past_visit(NOW - HOUR, failing={FEED: since})], first_at=NOW - HOUR)
    found = judge_in_time(Visit(site="vesti_example"), SITE, history, NOW, whole=True)
    assert found.measures.failing == {FEED: since}


def test_a_page_that_continues_a_list_is_no_source_of_its_own() -> None:
    assert hindsight(STEADY, visit=failed("https://vesti.example/news/?page=9")).measures.failing == {}


def test_a_wordpress_source_begins_below_its_own_address() -> None:
    root = "https://vesti.example/wp-json/"
    site = replace(SITE, sources=(WordPress(url=root),))
    found = hindsight(STEADY, visit=failed(root + "wp/v2/posts?per_page=100"), site=site)
    assert found.measures.failing == {root: NOW}
    assert "(gone)" in found.remark


CLOCKS = [(0.0, None), (599.0, None), (601.0, "10 min ahead of"), (-7_199.0, None), (-18_000.0, "300 min behind")]


@pytest.mark.parametrize(("off_s", "words"), CLOCKS)
def test_a_servers_clock_that_is_far_from_ours(off_s: float, words: str | None) -> None:
    judgement = hindsight(STEADY, visit=Visit(site="vesti_example", clock_off_s=off_s)).judgement
    if words is None:
        assert judgement is None
    else:
        assert judgement == ("clock_wrong", f"the server's clock is {words} this machine's")


def test_the_least_difference_of_a_visits_answers_counts() -> None:
    visit = Visit(site="vesti_example")
    for off_s in (-90_000.0, -3.0, 700.0):
        visit.note_clock(off_s)
    assert visit.clock_off_s == -3.0


def draft(*, future: bool = False, **fields: object) -> Draft:
    ahead = JudgedDate(
        evidence=DateEvidence("meta", "2031-01-01"), instant=None, day=None, precision=None, verdict=IN_THE_FUTURE
    )
    return Draft(url="https://vesti.example/1", judged=(ahead,) if future else (), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("ahead", "well", "wrong"), [(3, 2, True), (2, 0, False), (3, 3, False)])
def test_articles_dated_in_the_future(ahead: int, well: int, wrong: bool) -> None:
    visit = Visit(site="vesti_example")
    for _ in range(ahead):
        visit.note_article(draft(future=True), Fate.STORED, NOW)
    for _ in range(well):
        visit.note_article(draft(future=True, published=NOW), Fate.STORED, NOW)
    judgement = hindsight((), visit=visit).judgement
    assert judgement == (
        ("clock_wrong", f"{ahead} of {ahead + well} articles are dated in the future") if wrong else None
    )


def test_what_is_read_off_the_pages_is_counted() -> None:
    visit = Visit(site="vesti_example")
    visit.note_article(draft(published=NOW, authors=("Айгуль Серикова",), language="kk"), Fate.STORED, NOW)
    visit.note_article(draft(published=NOW - timedelta(days=3), language="ru"), Fate.STORED, NOW)
    visit.note_article(draft(agency="КазТАГ"), Fate.COPY, NOW)
    visit.note_article(draft(published=NOW, language="ru"), Fate.UNCHANGED, NOW)
    visit.articles.update({Fate.EMPTY: 2, Fate.APP_SHELL: 1, Fate.GONE: 5, Fate.PAYWALL: 1})
    measures = visit.measures()
    assert (measures.pages, measures.with_text, measures.with_date, measures.with_author) == (7, 4, 3, 2)
    assert measures.fresh == {"kk": 1, "und": 1}, "an old article is a backfill's, a known one is not new"


def test_trouble_in_the_visit_itself_goes_before_its_history() -> None:
    past = [past_visit(NOW - HOUR, failing={FEED: NOW - timedelta(days=9)})]
    visit = Visit(site="vesti_example", sources=pages(0, 0, 0).sources, failed_sources={FEED: Fate.BLOCKED})
    visit.sources[Fate.BLOCKED] = 1
    found = judge_in_time(visit, SITE, History(past=past, first_at=NOW - HOUR), NOW, whole=True)
    assert judge(visit)[0] == "blocked"
    assert found.measures.failing == {FEED: NOW - timedelta(days=9)}


def test_the_verdict_of_the_history_stays_with_the_visit() -> None:
    visit = Visit(site="vesti_example", clock_off_s=9_999.0)
    visit.sources[Fate.LISTING] = 1
    assert judge(visit)[0] == "quiet"
    judge_in_time(visit, SITE, History(), NOW, whole=True)
    assert judge(visit)[0] == "clock_wrong"


def test_a_holiday_is_said_once_for_the_run() -> None:
    sites = [Visit(site=name, holiday=name != "b") for name in "cab"]
    assert run_remark(sites) == "a, c: fewer articles than normal, on the other sites too: a holiday, most likely"
    assert run_remark(sites[2:]) == ""
