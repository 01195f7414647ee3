"""Dates that lists write for machines, beside a text that says less: `data-unixtime="1795148100"` beside "09:15"."""

from datetime import UTC, datetime

import pytest

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.listed import sort_candidates
from newscrawl.discovery.listings import read_listing
from newscrawl.page import Candidate
from newscrawl.site import Listing, Site

HOME = "https://vesti.example/"
SITE = Site(name="vesti_example", home=HOME, article_url=r"https://vesti\.example/news/\d+$", timezone="Asia/Almaty")
TITLE = "Мост через реку открыли"


def read(entry: str) -> Candidate:
    [found] = read_listing(
        f"<html><body><ul><li>{entry}</li></ul></body></html>", HOME, Listing(url=HOME), SITE
    ).candidates
    return found


@pytest.mark.parametrize(
    ("attribute", "raw"),
    [
        ('data-unixtime="1795148100"', "1795148100"),
        ('data-timestamp="1795148100000"', "1795148100000"),
        ('data-time="2026-11-20T09:15:00+05:00"', "2026-11-20T09:15:00+05:00"),
        ('data-date="20261120"', "20261120"),
        ('data-time="09:15"', None),
        ('data-time="1284"', None),
        ('data-id="1795148100"', None),
        ('title="1795148100"', None),
        ('data-unixtime="99999999999999"', None),
    ],
)
def test_an_attribute_for_machines_dates_the_entry(attribute: str, raw: str | None) -> None:
    found = read(f'<span {attribute}>09:15</span> <a href="/news/1">{TITLE}</a>')
    assert [evidence.raw for evidence in found.evidence] == ([raw] if raw else [])


@pytest.mark.parametrize(
    "inside",
    [
        f'<span data-unixtime="1795148100">09:15</span><span>{TITLE}</span>',
        f'<time datetime="2026-11-20T09:15:00+05:00">20 ноября 2026, 09:15</time> {TITLE}',
        f'<div data-date="20261120"><b>{TITLE}</b></div>',
    ],
)
def test_a_date_inside_the_link_is_no_part_of_the_title(inside: str) -> None:
    assert read(f'<a href="/news/1">{inside}</a>').title == TITLE


def test_such_a_date_is_judged_by_the_window() -> None:
    found = read(f'<span data-unixtime="1795148100">09:15</span> <a href="/news/1">{TITLE}</a>')
    now = datetime(2026, 11, 22, tzinfo=UTC)
    late, fits = (CrawlArguments(since=datetime(2026, 11, day, tzinfo=UTC).date()) for day in (21, 20))
    assert not sort_candidates([found], SITE, late, now).wanted
    [wanted] = sort_candidates([found], SITE, fits, now).wanted
    assert wanted.evidence[0].read_at is None, "it does not count from the moment of reading"
