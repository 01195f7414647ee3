"""robots.txt -> who may be asked, and how slowly."""

import pytest

from newscrawl.crawl.robots import read_robots

URL = "https://vesti.example/private/1"
FORBIDS = b"User-agent: *\nDisallow: /private/\n"

ANSWERS = [
    ("forbidden", 200, FORBIDS, False),
    ("forbidden, as Windows writes it", 200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private/\r\n", False),
    ("forbidden to us by name", 200, b"User-agent: newscrawl\nDisallow: /\n", False),
    ("forbidden to others by name", 200, b"User-agent: otherbot\nDisallow: /\n", True),
    ("our group outweighs everybody's", 200, FORBIDS + b"User-agent: NewsCrawl\nAllow: /\n", True),
    ("the longer rule outweighs", 200, FORBIDS + b"Allow: /private/1\n", True),
    ("with a wildcard", 200, b"User-agent: *\nDisallow: /*/1$\n", False),
    ("everything", 200, b"User-agent: *\nDisallow: /\n", False),
    ("nothing", 200, b"User-agent: *\nDisallow:\n", True),
    ("empty", 200, b"", True),
    ("a page in its place", 200, b"<!doctype html><title>Not found</title>" * 100, True),
    ("garbage", 200, bytes(range(256)) * 40, True),
    ("UTF-16", 200, "User-agent: *\nDisallow: /private/\n".encode("utf-16"), True),
    ("not there", 404, FORBIDS, True),
    ("gone", 410, FORBIDS, True),
    ("forbidden to read", 403, FORBIDS, True),
    ("needs a login", 401, FORBIDS, True),
    ("too many requests", 429, b"", False),
    ("server error", 500, b"", False),
    ("unavailable", 503, b"", False),
]


@pytest.mark.parametrize(("status", "body", "allowed"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_who_may_be_asked(status: int, body: bytes, allowed: bool) -> None:
    rules = read_robots(status, body)
    assert (not rules.refused and rules.allows(URL)) is allowed


def test_a_host_that_keeps_its_rules_back_says_why_nothing_is_fetched() -> None:
    assert "robots.txt answered 503" in read_robots(503, b"").refused


def test_of_a_file_of_a_megabyte_the_first_500_kib_count() -> None:
    padding = b"# nothing to see\n" * 40_000
    assert not read_robots(200, FORBIDS + padding).allows(URL)
    assert read_robots(200, padding + FORBIDS).allows(URL)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        (b"Crawl-delay: 3", 3.0),
        (b"Crawl-delay: 0.5", 0.5),
        (b"crawl-delay:10", 10.0),
        (b"Crawl-delay: 0", None),
        (b"Crawl-delay: -3", None),
        (b"Crawl-delay: soon", None),
        (b"Crawl-delay: nan", None),
        (b"Crawl-delay: inf", None),
        (b"", None),
    ],
)
def test_the_crawl_delay_is_a_number_of_seconds_or_nothing(line: bytes, seconds: float | None) -> None:
    assert read_robots(200, FORBIDS + line).crawl_delay_s == seconds


def test_another_robots_crawl_delay_is_not_ours() -> None:
    assert read_robots(200, b"User-agent: otherbot\nCrawl-delay: 9\n").crawl_delay_s is None


def test_a_host_without_a_file_asks_for_no_delay() -> None:
    assert read_robots(404, b"").crawl_delay_s is None
