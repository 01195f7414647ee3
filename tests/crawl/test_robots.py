"""robots.txt -> who may be asked, and how slowly."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl.robots_file import read_robots, rules_of

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
    ("forbidden to us with a version", 200, b"User-agent: newscrawl/0.1 (x)\nDisallow: /\n", False),
    ("forbidden to us, with a comment", 200, b"User-agent: newscrawl # you\nDisallow: /\n", False),
    ("forbidden to us, without the colon", 200, b"User agent newscrawl\nDisallow: /\n", False),
    ("forbidden to us among others", 200, b"User-agent: a\nUser-agent: newscrawl\nUser-agent: b\nDisallow: /\n", False),
    (
        "forbidden to us in two groups",
        200,
        b"User-agent: newscrawl\nAllow: /x\n\nUser-agent: newscrawl\nDisallow: /\n",
        False,
    ),
    ("forbidden to a robot whose name begins ours", 200, b"User-agent: news\nDisallow: /\n", True),
    ("forbidden to a robot whose name ours begins", 200, b"User-agent: newscrawler\nDisallow: /\n", True),
    ("forbidden to a robot whose name holds ours", 200, b"User-agent: my-newscrawl\nDisallow: /\n", True),
    ("forbidden to robots without a name", 200, b"User-agent:\nDisallow: /\n", True),
    ("a short name does not outweigh everybody's", 200, b"User-agent: news\nDisallow:\n" + FORBIDS, False),
    ("forbidden, with old line ends", 200, b"User-agent: *\rDisallow: /private/\r", False),
    ("everything", 200, b"User-agent: *\nDisallow: /\n", False),
    ("nothing", 200, b"User-agent: *\nDisallow:\n", True),
    ("empty", 200, b"", True),
    ("a page in its place", 200, b"<!doctype html><title>Not found</title>" * 100, True),
    ("a page that shows a robots.txt", 200, b"\n <html><pre>\n" + FORBIDS + b"</pre>", True),
    ("no content", 204, b"", True),
    ("a redirect that leads nowhere", 302, FORBIDS, True),
    ("not modified, though nobody asked", 304, b"", True),
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


HOSTILE = {
    "many rules": "User-agent: *\n" + "Disallow: /a/b\n" * 30_000,
    "many wildcards": "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b\n",
    "many robots": "".join(f"User-agent: bot{n}\n" for n in range(400)) + "Disallow: /\n" * 30_000,
    "one endless line": "x" * 500_000,
    "spaces": "User-agent" + " " * 500_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_was_made_to_take_long_does_not(text: str) -> None:
    begun_s = perf_counter()
    rules_of(text).allows("https://vesti.example/" + "a" * 2000)
    assert perf_counter() - begun_s < 2


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_file_is_read_and_any_address_is_answered(text: str, path: str) -> None:
    rules = rules_of(text)
    assert rules.allows(f"https://vesti.example/{path}") in {True, False}
    assert rules.crawl_delay_s is None or rules.crawl_delay_s > 0


@given(st.binary(max_size=200), st.integers(100, 599))
def test_any_answer_is_read(body: bytes, status: int) -> None:
    assert bool(read_robots(status, body).refused) is (status >= 500 or status == 429)
