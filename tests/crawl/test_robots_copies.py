"""A host's robots.txt, remembered for a day; what waits when it cannot be had."""

import asyncio
import logging
from datetime import datetime, timedelta

import pytest
from scrapy import Request

from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.robots import RobotsMiddleware
from newscrawl.page import Fate
from newscrawl.store.hosts import KnownHost, RobotsCopy
from tests.crawl.robots_stand_ins import (
    FORBIDS,
    NOON,
    Download,
    Engine,
    Memory,
    answers,
    asked,
    crawler_of,
    fails,
    paths,
)


def copied(text: str, ago: timedelta, status: int | None = 200) -> Memory:
    copy = RobotsCopy(status=status, text=text, fetched_at=NOON - ago)
    return Memory(KnownHost(host="vesti.example", robots=copy))


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(hours=23, minutes=59)])
def test_within_a_day_the_copy_counts_and_nothing_is_asked(ago: timedelta) -> None:
    memory = copied(FORBIDS.decode() + "Crawl-delay: 3\n", ago)
    said, engine = asked(answers(b"", 500), *paths("private/1", "news/1"), memory=memory)
    assert said == ["robots: robots.txt forbids this address", "passed"]
    assert engine.asked == []
    assert engine.delay_of("vesti.example") == 3.0


@pytest.mark.parametrize("status", [404, 403, None])
def test_a_host_that_had_none_is_not_asked_again_within_a_day(status: int | None) -> None:
    said, engine = asked(answers(FORBIDS), *paths("private/1"), memory=copied("", timedelta(hours=3), status))
    assert (said, engine.asked) == (["passed"], [])


@pytest.mark.parametrize("ago", [timedelta(days=1, seconds=1), timedelta(days=30), timedelta(hours=-1)])
def test_an_older_copy_or_one_from_the_future_is_asked_for_anew(ago: timedelta) -> None:
    memory = copied("", ago)
    said, engine = asked(answers(FORBIDS), *paths("private/1"), memory=memory)
    assert said == ["robots: robots.txt forbids this address"]
    assert len(engine.asked) == 1
    kept = memory.kept["vesti.example"]
    assert (kept.status, kept.text) == (200, FORBIDS.decode())
    assert kept.fetched_at - NOON < timedelta(seconds=5)


def test_an_older_copy_does_not_stand_in_for_a_file_that_cannot_be_had() -> None:
    memory = copied("", timedelta(days=2))
    said, _ = asked(answers(b"", 503), *paths("1"), memory=memory)
    assert said[0].startswith("robots: robots.txt answered 503")
    assert memory.kept == {}


@pytest.mark.parametrize(
    ("download", "status", "text"),
    [
        (answers(FORBIDS), 200, FORBIDS.decode()),
        (answers(FORBIDS, 404), 404, ""),
        (answers(b"<html>"), 200, ""),
        (fails(RefusedRequest(Fate.OFFSITE, "led away")), None, ""),
    ],
)
def test_every_answer_that_counts_is_kept(download: Download, status: int | None, text: str) -> None:
    memory = Memory()
    asked(download, *paths("1"), memory=memory)
    assert (memory.kept["vesti.example"].status, memory.kept["vesti.example"].text) == (status, text)
    assert memory.put_off == {}


def test_a_file_that_cannot_be_had_is_told_once_and_its_hosts_addresses_wait_for_the_next_run(
    caplog: pytest.LogCaptureFixture,
) -> None:
    memory = Memory()
    said, engine = asked(answers(b"", 503), *paths("1", "2", "3"), memory=memory)
    assert len(engine.asked) == 1
    assert memory.kept == {}
    assert timedelta(minutes=10) < memory.put_off["vesti.example"] - NOON < timedelta(hours=1)
    assert len([r for r in caplog.records if r.levelno == logging.WARNING]) == 1
    assert len(said) == 3


def test_what_is_kept_out_for_now_says_when_it_may_be_asked_for() -> None:
    async def run(download: Download) -> datetime | None:
        middleware = RobotsMiddleware.from_crawler(crawler_of(Engine(download)))
        with pytest.raises(RefusedRequest) as raised:
            await middleware.process_request(Request("https://vesti.example/private/1"))
        return raised.value.due_at

    due_at = asyncio.run(run(answers(b"", 503)))
    assert due_at is not None
    assert NOON < due_at < NOON + timedelta(hours=1)
    assert asyncio.run(run(answers(FORBIDS))) is None


def test_a_paused_host_is_no_host_without_rules() -> None:
    paused = RefusedRequest(Fate.THROTTLED, "vesti.example answered 429", due_at=NOON)
    memory = Memory()
    said, engine = asked(fails(paused), *paths("1", "2"), memory=memory)
    assert said == ["throttled: vesti.example answered 429"] * 2
    assert (memory.kept, memory.put_off) == ({}, {})
    assert len(engine.asked) == 1


def test_one_file_counts_for_http_and_https() -> None:
    _, engine = asked(answers(b""), "https://vesti.example/1", "http://vesti.example/1", "https://vesti.example:443/1")
    assert engine.asked == ["https://vesti.example/robots.txt"]


def test_a_text_that_could_not_be_had_is_none() -> None:
    async def run() -> str | None:
        middleware = RobotsMiddleware.from_crawler(crawler_of(Engine(answers(b"Sitemap: x\n", 503))))
        with pytest.raises(RefusedRequest):
            await middleware.process_request(Request("https://vesti.example/"))
        return middleware.text_of("https://vesti.example/")

    assert asyncio.run(run()) is None
