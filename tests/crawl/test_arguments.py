"""What `-a` takes, and what it says to everything else."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newscrawl.crawl.arguments import ArgumentError, CrawlArguments, read_arguments
from newscrawl.site import Site

ALMATY = Site(name="vesti_example", home="https://vesti.example/", timezone="Asia/Almaty")
NOWHERE = Site(name="vesti_example", home="https://vesti.example/")


def test_nothing_given_asks_for_everything() -> None:
    assert read_arguments("vesti", {}) == CrawlArguments()


def test_each_argument_is_read() -> None:
    given = {"since": "2024-05-01", "until": "2024-05-02", "limit": "12", "again": "1"}
    expected = CrawlArguments(since=date(2024, 5, 1), until=date(2024, 5, 2), limit=12, again=True)
    assert read_arguments("vesti", dict(given)) == expected


@pytest.mark.parametrize(
    ("text", "on"), [("1", True), ("true", True), ("yes", True), ("0", False), ("no", False), ("false", False)]
)
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:
    assert read_arguments("vesti", {"again": text}).again is on


WRONG = [
    ({"since": "yesterday"}, ["since=yesterday", "2024-05-01"]),
    ({"since": ""}, ["since=", "2024-05-01"]),
    ({"since": "2024-13-01"}, ["since=2024-13-01", "2024-05-01"]),
    ({"since": "0001-01-01"}, ["since=0001-01-01", "2024-05-01"]),
    ({"until": "9999-12-31"}, ["until=9999-12-31", "2024-05-01"]),
    ({"until": "02.05.2024"}, ["until=02.05.2024", "2024-05-01"]),
    ({"since": "2024-05-02", "until": "2024-05-01"}, ["since=2024-05-02", "until=2024-05-01", "between"]),
    ({"limit": "0"}, ["limit=0", "from 1 up"]),
    ({"limit": "-3"}, ["limit=-3", "from 1 up"]),
    ({"limit": "many"}, ["limit=many", "from 1 up"]),
    ({"limit": "²"}, ["limit=²", "from 1 up"]),
    ({"limit": "1.5"}, ["limit=1.5", "from 1 up"]),
    ({"again": "maybe"}, ["again=maybe", "neither 1 nor 0"]),
    ({"again": ""}, ["again=", "neither 1 nor 0"]),
    ({"urls": "no/such/file"}, ["urls=no/such/file", "cannot be read"]),
]


@pytest.mark.parametrize(("given", "words"), WRONG, ids=[str(given) for given, _ in WRONG])
def test_a_wrong_value_is_one_line_that_names_the_argument_and_what_is_expected(
    given: dict[str, str | None], words: list[str]
) -> None:
    with pytest.raises(ArgumentError) as raised:
        read_arguments("vesti", given)
    assert all(word in str(raised.value) for word in words)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["sinse", "URL", "Limit", "from", ""])
def test_a_misspelt_argument_is_told_the_right_ones(name: str) -> None:
    with pytest.raises(ArgumentError) as raised:
        read_arguments("vesti", {name: "1"})
    text = str(raised.value)
    assert f"'vesti' has no argument {name!r}" in text
    assert all(f"-a {right}=" in text for right in ("since", "until", "limit", "again", "urls"))


def listed(tmp_path: Path, text: str | bytes) -> tuple[str, ...] | None:
    file = tmp_path / "urls.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_arguments("vesti", {"urls": str(file)}).urls


def test_a_file_of_addresses_may_hold_comments_and_empty_lines(tmp_path: Path) -> None:
    text = "# mine\n\nhttps://vesti.example/1\r\n   http://vesti.example/2  \n"
    assert listed(tmp_path, text) == ("https://vesti.example/1", "http://vesti.example/2")


def test_a_file_that_an_editor_of_windows_wrote_is_read(tmp_path: Path) -> None:
    assert listed(tmp_path, b"\xef\xbb\xbfhttps://vesti.example/1\r\n") == ("https://vesti.example/1",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no address"),
        ("# nothing\n", "holds no address"),
        ("vesti.example/1", "'vesti.example/1' is no http or https address"),
        ("https://vesti.example/1\nfile:///etc/passwd", "'file:///etc/passwd' is no http or https address"),
        ("http://[::1", "'http://[::1' is no http or https address"),
        ("https://", "'https://' is no http or https address"),
        ("http://vesti.example:99999/", "'http://vesti.example:99999/' is no http or https address"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_of_something_else_is_one_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(ArgumentError) as raised:
        listed(tmp_path, text)
    assert words in str(raised.value)
    assert "urls.txt" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_window_is_whole_days_of_the_sites_own_calendar() -> None:
    # Almaty's clock went from UTC+6 to UTC+5 on 2024-03-01.
    window = CrawlArguments(since=date(2024, 2, 28), until=date(2024, 3, 2)).instants(ALMATY)
    assert window == (datetime(2024, 2, 27, 18, tzinfo=UTC), datetime(2024, 3, 2, 19, tzinfo=UTC))


def test_without_a_zone_of_the_site_the_window_is_in_utc() -> None:
    window = CrawlArguments(since=date(2024, 5, 1), until=date(2024, 5, 1)).instants(NOWHERE)
    assert window == (datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("published", "inside"),
    [
        (datetime(2024, 4, 30, 18, 59, tzinfo=UTC), False),
        (datetime(2024, 4, 30, 19, 0, tzinfo=UTC), True),
        (datetime(2024, 5, 2, 18, 59, 59, tzinfo=UTC), True),
        (datetime(2024, 5, 2, 19, 0, tzinfo=UTC), False),
        (None, True),
    ],
)
def test_both_days_of_a_window_belong_to_it(published: datetime | None, inside: bool) -> None:
    arguments = CrawlArguments(since=date(2024, 5, 1), until=date(2024, 5, 2))
    assert arguments.holds(published, ALMATY) is inside
