"""How long a host is left alone: waits inside a run, pauses beyond it, and what waits meanwhile."""

import asyncio
from collections import deque
from datetime import timedelta

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl.health import Verdict, judge
from newscrawl.crawl.politeness import REFUSALS_BEFORE_PAUSE
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.page import Fate
from newscrawl.store.hosts import KnownHost
from tests.crawl.polite_stand_ins import NOON, Crawl

PAUSED = KnownHost(host="vesti.example", paused_until=NOON + timedelta(hours=2), paused_why="answered 429")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["30", "Thu, 02 May 2024 12:00:30 GMT"])
def test_the_host_is_left_alone_as_long_as_it_asks(status: int, value: str) -> None:
    crawl = Crawl()
    request = crawl.answer(status, value)
    assert crawl.wait_s() == pytest.approx(30, abs=1.5)
    assert "dont_retry" not in request.meta
    assert crawl.memory.recorder.visit.paused == ""


def test_a_short_wait_is_remembered_for_a_run_that_begins_while_it_lasts() -> None:
    crawl = Crawl()
    request = crawl.answer(429, "30")
    asyncio.run(crawl.politeness.process_response(request, Response(request.url, status=429)))
    assert crawl.memory.written == ["vesti.example"]
    assert crawl.pause_of() == timedelta(seconds=31)


def test_the_end_of_a_pause_that_is_near_is_waited_for() -> None:
    crawl = Crawl(PAUSED, now=NOON + timedelta(hours=2, seconds=-90))
    assert crawl.refusal_of("https://vesti.example/1") is None
    assert crawl.wait_s() == pytest.approx(90, abs=1.5)
    assert crawl.memory.recorder.visit.paused == ""
    crawl.slots["vesti.example"].lastseen = 0.0
    assert crawl.refusal_of("https://vesti.example/2") is None
    assert crawl.wait_s() <= 0, "it is waited for once"


def test_an_http_date_is_taken_by_the_clock_that_wrote_it() -> None:
    crawl = Crawl()
    headers = {"Date": "Sat, 07 Nov 2026 09:00:00 GMT", "Retry-After": "Sat, 07 Nov 2026 09:00:40 GMT"}
    url = "https://vesti.example/1"
    crawl.politeness.answer_came(Request(url), Response(url, status=503, headers=headers))
    assert crawl.wait_s() == pytest.approx(40, abs=1.5)


def test_a_wait_holds_also_a_queue_without_a_delay() -> None:
    crawl = Crawl(delay_s=0.0)
    crawl.answer(429, "30")
    assert crawl.wait_s() == pytest.approx(30, abs=1.5)
    assert crawl.slots["vesti.example"].delay > 0


def test_another_host_of_the_site_is_asked_meanwhile() -> None:
    crawl = Crawl()
    crawl.answer(429, "30")
    crawl.answer(200, url="https://en.vesti.example/1")
    assert crawl.wait_s("en.vesti.example") <= 0
    assert crawl.refusal_of("https://en.vesti.example/2") is None


@pytest.mark.parametrize(("status", "value"), [(200, "30"), (404, "30"), (403, None), (500, None), (301, "30")])
def test_nothing_is_waited_for_without_need(status: int, value: str | None) -> None:
    crawl = Crawl()
    crawl.answer(status, value)
    assert crawl.wait_s() <= 0


def test_without_a_time_each_refusal_doubles_the_wait() -> None:
    crawl = Crawl()
    waits = []
    for value in (None, "soon", None):
        crawl.answer(503, value)
        waits.append(round(crawl.wait_s()))
    assert waits == [2, 4, 8]


@pytest.mark.parametrize("status", [200, 304, 404, 403])
def test_an_answer_that_is_no_refusal_ends_the_row(status: int) -> None:
    crawl = Crawl()
    for _ in range(3):
        crawl.answer(503)
        crawl.answer(status)
    crawl.slots["vesti.example"].lastseen = 0.0
    crawl.answer(503)
    assert round(crawl.wait_s()) == 2


def test_an_error_of_the_server_neither_counts_nor_ends_the_row() -> None:
    crawl = Crawl()
    for status in (503, 500, 500, 503):
        crawl.answer(status)
    assert round(crawl.wait_s()) == 4


def test_many_refusals_in_a_row_end_the_hosts_turn_for_less_than_an_hour() -> None:
    crawl = Crawl()
    pauses = []
    for _ in range(REFUSALS_BEFORE_PAUSE):
        crawl.answer(503)
        pauses.append(crawl.pause_of())
    assert pauses[:-1] == [None] * (REFUSALS_BEFORE_PAUSE - 1)
    assert pauses[-1] is not None
    assert timedelta(minutes=10) < pauses[-1] < timedelta(hours=1)


LONG = [
    ("121", timedelta(seconds=121)),
    ("3600", timedelta(hours=1)),
    ("315360000", timedelta(days=3650)),
    ("Tue, 02 May 2034 12:00:00 GMT", timedelta(days=3652)),
    ("9" * 300, timedelta(days=36_500)),
]


@pytest.mark.parametrize(("value", "pause"), LONG, ids=[v[:30] for v, _ in LONG])
@pytest.mark.parametrize("status", [429, 503])
def test_a_longer_wait_pauses_the_host_and_is_not_tried_again(status: int, value: str, pause: timedelta) -> None:
    crawl = Crawl()
    request = crawl.answer(status, value)
    found = crawl.pause_of()
    assert found is not None
    assert abs(found - pause) <= timedelta(seconds=2)
    assert request.meta["dont_retry"] is True


def test_a_wait_of_exactly_the_longest_is_waited_for() -> None:
    crawl = Crawl(NEWSCRAWL_RETRY_AFTER_MAX_S=30)
    crawl.answer(429, "30")
    assert crawl.refusal_of("https://vesti.example/2") is None


def test_what_waits_in_the_queue_of_a_paused_host_is_refused_and_comes_back_after_it() -> None:
    crawl = Crawl()
    outcomes = crawl.enqueue(
        "https://vesti.example/2",
        "https://vesti.example:8443/2",
        "http://vesti.example/3",
        "https://en.vesti.example/2",
    )
    crawl.answer(429, "7200")
    refused = [outcome.value for outcome in (outcomes[0], outcomes[2])]
    assert [type(error) for error in refused] == [RefusedRequest] * 2
    assert {error.fate for error in refused} == {Fate.THROTTLED}
    assert {error.due_at - NOON for error in refused} <= {timedelta(seconds=7200 + n) for n in range(3)}
    assert (
        "vesti.example answered 429 with Retry-After: 7200: it is left alone until 2024-05-02 14:00:0"
        in refused[0].detail
    )
    assert [outcomes[1], outcomes[3]] == [None, None]
    assert isinstance(crawl.slots["vesti.example"].queue, deque)
    assert [entry[0].url for entry in crawl.slots["vesti.example"].queue] == ["https://vesti.example:8443/2"]


def test_a_pause_is_committed_before_its_answer_goes_on() -> None:
    crawl = Crawl()
    request = crawl.answer(429, "7200")
    assert crawl.memory.written == []
    answer = Response(request.url, status=429)
    assert asyncio.run(crawl.politeness.process_response(request, answer)) is answer
    assert crawl.memory.written == ["vesti.example"]


def test_a_host_that_an_earlier_run_has_paused_is_asked_for_nothing() -> None:
    crawl = Crawl(PAUSED)
    for url in ("https://vesti.example/1", "http://vesti.example/1", "https://vesti.example/robots.txt"):
        refused = crawl.refusal_of(url)
        assert refused is not None
        assert (refused.fate, refused.due_at) == (Fate.THROTTLED, PAUSED.paused_until)
    assert crawl.refusal_of("https://en.vesti.example/1") is None


def test_a_pause_ends() -> None:
    assert Crawl(PAUSED, now=NOON + timedelta(hours=2)).refusal_of("https://vesti.example/1") is None


def test_a_visit_that_met_a_pause_is_throttled_whatever_else_it_did() -> None:
    crawl = Crawl(PAUSED)
    crawl.refusal_of("https://vesti.example/1")
    visit = crawl.memory.recorder.visit
    visit.sources[Fate.LISTING] = 3
    visit.articles[Fate.STORED] = 50
    verdict, why = judge(visit)
    assert verdict is Verdict.THROTTLED
    assert why == "vesti.example answered 429: it is left alone until 2024-05-02 14:00:00 UTC"


def test_the_delay_counts_from_an_answers_arrival_and_never_shortens_a_wait() -> None:
    crawl = Crawl()
    request = Request("https://vesti.example/1")
    crawl.politeness.answer_begins(request)
    assert crawl.wait_s() == pytest.approx(1.0, abs=0.2)
    crawl.answer(429, "30")
    crawl.politeness.answer_begins(request)
    assert crawl.wait_s() == pytest.approx(30, abs=1.5)


def test_a_spider_of_another_kind_is_left_alone() -> None:
    crawl = Crawl(PAUSED)
    crawl.crawler.spider = object()
    assert crawl.refusal_of("https://vesti.example/1") is None
    crawl.answer(429, "7200")
    crawl.politeness.answer_begins(Request("https://vesti.example/1"))
    assert crawl.slots == {}
