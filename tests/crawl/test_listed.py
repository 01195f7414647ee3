"""Candidates -> those to fetch, and those refused before a download."""

from datetime import UTC, date, datetime

import pytest

from newscrawl.article import DateEvidence
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.listed import sort_candidates
from newscrawl.page import Candidate, Fate
from newscrawl.site import Site

NOW = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SITE = Site(
    name="vesti_example",
    home="https://vesti.example/",
    timezone="Asia/Almaty",
    languages=("ru",),
    article_url=r"https://vesti\.example/news/\d+$",
)
MAY_FIRST = CrawlArguments(since=date(2024, 5, 1), until=date(2024, 5, 1))


def candidate(path: str = "news/1", *dates: str, modified: str = "", kind: str = "feed") -> Candidate:
    evidence = tuple(DateEvidence("feed", raw) for raw in dates)
    if modified:
        evidence += (DateEvidence("sitemap", modified, role="modified"),)
    url = path if ":" in path else f"https://vesti.example/{path}"
    return Candidate(url=url, found_in="https://vesti.example/feed", kind=kind, evidence=evidence)


def fates(*candidates: Candidate, arguments: CrawlArguments = MAY_FIRST) -> list[str]:
    listed = sort_candidates(candidates, SITE, arguments, NOW)
    found = {c.url: "wanted" for c in listed.wanted} | {c.url: str(fate) for c, fate, _ in listed.refused}
    assert all(why for _, _, why in listed.refused)
    return [found[c.url] for c in candidates]


ADDRESSES = [
    ("news/1", "feed", "wanted"),
    ("about", "feed", "filtered"),
    ("about", "urls", "wanted"),
    ("files/report.pdf", "feed", "filtered"),
    ("news/1/photo.JPG?w=9", "sitemap", "filtered"),
    ("files/report.pdf", "urls", "wanted"),
    ("https://other.example/news/1", "feed", "offsite"),
    ("https://other.example/news/1", "urls", "offsite"),
    ("http://127.0.0.1/news/1", "feed", "unsafe"),
    ("http://169.254.169.254/", "urls", "unsafe"),
    ("javascript:alert(1)", "feed", "unsafe"),
    ("file:///etc/passwd", "urls", "unsafe"),
    ("http://[::1", "feed", "unsafe"),
]


@pytest.mark.parametrize(("path", "kind", "fate"), ADDRESSES)
def test_an_address_is_judged_before_it_is_asked_for(path: str, kind: str, fate: str) -> None:
    assert fates(candidate(path, kind=kind)) == [fate]


def test_a_file_is_refused_also_where_the_sites_pattern_lets_it_through() -> None:
    site = Site(name="vesti_example", home="https://vesti.example/", article_url=r"https://vesti\.example/files/")
    [(_, fate, why)] = sort_candidates([candidate("files/report.pdf")], site, CrawlArguments(), NOW).refused
    assert (fate, why) == (Fate.FILTERED, "the address is that of a file (.pdf), not of a page")


DATES = [
    ("in the window", candidate("news/1", "2024-05-01T10:00:00+05:00"), "wanted"),
    ("first second of the site's day", candidate("news/1", "2024-04-30T19:00:00Z"), "wanted"),
    ("last second before it", candidate("news/1", "2024-04-30T18:59:59Z"), "out_of_range"),
    ("last second of the site's day", candidate("news/1", "2024-05-01T18:59:59Z"), "wanted"),
    ("first second after it", candidate("news/1", "2024-05-01T19:00:00Z"), "out_of_range"),
    ("a day without a clock", candidate("news/1", "1 мая 2024"), "wanted"),
    ("the day before without a clock", candidate("news/1", "30 апреля 2024"), "out_of_range"),
    ("relative, in the window", candidate("news/1", "Вчера 10:00"), "wanted"),
    ("relative, after it", candidate("news/1", "Сегодня 10:00"), "out_of_range"),
    ("no date", candidate("news/1"), "wanted"),
    ("a date that is none", candidate("news/1", "скоро"), "wanted"),
    ("changed before the window", candidate("news/1", modified="2024-04-01T10:00:00Z"), "out_of_range"),
    ("changed after the window, and nothing else is said", candidate("news/1", modified="2024-05-02T10:00:00Z"), "out_of_range"),
    ("published before, changed in it", candidate("news/1", "2024-04-01T10:00:00Z", modified="2024-05-01T10:00:00Z"),
     "out_of_range"),
]  # fmt: skip


@pytest.mark.parametrize(("listed", "fate"), [d[1:] for d in DATES], ids=[d[0] for d in DATES])
def test_what_its_source_dates_outside_the_window_is_not_asked_for(listed: Candidate, fate: str) -> None:
    assert fates(listed) == [fate]


def test_without_a_window_no_date_matters() -> None:
    assert fates(candidate("news/1", "1999-01-01T00:00:00Z"), arguments=CrawlArguments()) == ["wanted"]


@pytest.mark.parametrize(
    ("raws", "passed"),
    [
        (["2024-04-01T10:00:00Z", "2024-03-01T10:00:00Z"], True),
        (["2024-04-01T10:00:00Z", "2024-05-01T10:00:00Z"], False),
        (["2024-05-02T10:00:00Z"], False),
        ([""], False),
        (["2024-04-01T10:00:00Z", ""], True),
        ([], False),
    ],
)
def test_a_source_has_passed_the_window_when_all_that_is_dated_lies_before_it(raws: list[str], passed: bool) -> None:
    candidates = [candidate(f"news/{n}", *([raw] if raw else [])) for n, raw in enumerate(raws)]
    assert sort_candidates(candidates, SITE, MAY_FIRST, NOW).passed_window is passed


def test_the_order_of_the_source_is_kept() -> None:
    candidates = [candidate(f"news/{n}") for n in (3, 1, 2)]
    assert sort_candidates(candidates, SITE, CrawlArguments(), NOW).wanted == candidates


def test_refused_ones_are_told_with_the_fate_of_the_closed_list() -> None:
    listed = sort_candidates([candidate("about")], SITE, CrawlArguments(), NOW)
    assert [(c.url, f) for c, f, _ in listed.refused] == [("https://vesti.example/about", Fate.FILTERED)]


def test_the_day_in_an_address_bounds_what_its_source_does_not_date() -> None:
    site = Site(name="vesti_example", home="https://vesti.example/", timezone="Asia/Almaty")
    days = [
        Candidate(url=f"https://vesti.example/2024/{day}/a/", found_in="list", kind="listing")
        for day in ("04/30", "05/01", "05/02")
    ]
    listed = sort_candidates(days, site, MAY_FIRST, NOW)
    assert [c.url for c in listed.wanted] == ["https://vesti.example/2024/05/01/a/"]
    assert not listed.undated


def test_a_window_over_candidates_without_any_date_is_told() -> None:
    assert sort_candidates([candidate()], SITE, MAY_FIRST, NOW).undated
    assert not sort_candidates([candidate()], SITE, CrawlArguments(), NOW).undated
    assert not sort_candidates([], SITE, MAY_FIRST, NOW).undated


@pytest.mark.parametrize(
    ("raw", "anchored"),
    [("Вчера 10:15", True), ("5 минут назад", True), ("2 мая, 14:05", True), ("2 мая 2024, 14:05", False)],
)
def test_a_relative_date_of_a_list_keeps_the_moment_it_was_read_at(raw: str, anchored: bool) -> None:
    found = Candidate(
        url="https://vesti.example/news/1", found_in="list", kind="listing", evidence=(DateEvidence("listing", raw),)
    )
    (wanted,) = sort_candidates([found], SITE, CrawlArguments(), NOW).wanted
    assert wanted.evidence[0].read_at == (NOW.isoformat() if anchored else None)
