"""Table hosts: robots.txt and pauses survive the run, and the queue waits with them."""

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.page import Candidate, Fate
from newscrawl.store import frontier
from newscrawl.store.hosts import KnownHost, RobotsCopy, keep_robots, pause_host, postpone, read_hosts
from tests.store.conftest import Opened

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
SITE, HOST = "vesti_example", "vesti.example"


def queue(db: Opened, *urls: str) -> None:
    with db.writing():
        found = [Candidate(url=url, found_in="https://vesti.example/rss", kind="feed") for url in urls]
        frontier.add_candidates(db.connection, SITE, found, NOON)


def taken(db: Opened, now: datetime) -> list[str]:
    with db.writing():
        return [address.url for address in frontier.take(db.connection, SITE, 99, now, None)]


def test_a_host_that_was_never_asked_is_unknown(db: Opened) -> None:
    assert read_hosts(db.connection, [HOST]) == {}


def test_what_is_remembered_is_read_for_the_hosts_asked_for(db: Opened) -> None:
    copies = {host: RobotsCopy(status=200, text=f"# {host}\n", fetched_at=NOON) for host in ("a.example", "b.example")}
    with db.writing():
        for host, copy in copies.items():
            keep_robots(db.connection, SITE, host, copy)
    found = read_hosts(db.connection, ["a.example", "c.example"])
    assert found == {"a.example": KnownHost(host="a.example", robots=copies["a.example"])}


def test_a_newer_robots_txt_replaces_the_older_one_and_leaves_the_pause(db: Opened) -> None:
    with db.writing():
        keep_robots(db.connection, SITE, HOST, RobotsCopy(status=200, text="old", fetched_at=NOON))
        pause_host(db.connection, SITE, HOST, LATER, "answered 429")
        keep_robots(db.connection, SITE, HOST, RobotsCopy(status=404, fetched_at=LATER))
    [known] = read_hosts(db.connection, [HOST]).values()
    assert known.robots == RobotsCopy(status=404, text="", fetched_at=LATER)
    assert (known.paused_until, known.paused_why) == (LATER, "answered 429")
    assert db.rows("SELECT count(*) FROM hosts") == [(1,)]


def test_a_file_that_is_no_clean_text_can_be_kept(db: Opened) -> None:
    with db.writing():
        keep_robots(db.connection, SITE, HOST, RobotsCopy(status=None, text="a\x00b\ud800c", fetched_at=NOON))
    [known] = read_hosts(db.connection, [HOST]).values()
    assert known.robots is not None
    assert known.robots.status is None
    assert known.robots.text.startswith("ab")


def test_a_host_belongs_to_the_site_that_asked_it_last(db: Opened) -> None:
    with db.writing():
        pause_host(db.connection, "web_name", HOST, LATER, "")
        pause_host(db.connection, SITE, HOST, LATER, "")
    assert db.rows("SELECT site FROM hosts") == [(SITE,)]


@pytest.mark.parametrize(
    ("now", "paused"),
    [(NOON, True), (LATER - timedelta(seconds=1), True), (LATER, False), (LATER + timedelta(1), False)],
)
def test_a_pause_has_an_end(now: datetime, paused: bool) -> None:
    assert KnownHost(host=HOST, paused_until=LATER).is_paused(now) is paused


def test_a_host_without_a_pause_is_not_paused() -> None:
    assert not KnownHost(host=HOST).is_paused(NOON)


def test_what_is_queued_of_a_paused_host_waits_for_its_end_in_its_order(db: Opened) -> None:
    urls = ["https://vesti.example/1", "http://vesti.example/2", "https://vesti.example/3"]
    queue(db, *urls)
    with db.writing():
        assert postpone(db.connection, SITE, HOST, LATER) == 3
    assert taken(db, NOON) == []
    assert taken(db, LATER - timedelta(seconds=1)) == []
    assert db.rows("SELECT DISTINCT fate, tries FROM urls") == [("queued", 0)]
    assert taken(db, LATER) == urls


OTHERS = [
    "https://en.vesti.example/1", "https://vesti.example.other.example/1", "https://vesti.example:8443/1",
    "https://other.example/https://vesti.example/1", "https://vestixexample/1",
]  # fmt: skip


@pytest.mark.parametrize("url", OTHERS)
def test_other_hosts_go_on(db: Opened, url: str) -> None:
    queue(db, url)
    with db.writing():
        assert postpone(db.connection, SITE, HOST, LATER) == 0
    assert taken(db, NOON) == [url]


def test_an_underscore_in_a_name_stands_for_itself(db: Opened) -> None:
    queue(db, "https://a_b.example/1", "https://axb.example/1")
    with db.writing():
        assert postpone(db.connection, SITE, "a_b.example", LATER) == 1
    assert taken(db, NOON) == ["https://axb.example/1"]


def test_only_what_waits_is_put_off(db: Opened) -> None:
    queue(db, "https://vesti.example/1", "https://vesti.example/2")
    with db.writing():
        frontier.set_fate(db.connection, "https://vesti.example/1", Fate.GONE, NOON, site=SITE)
        frontier.add_source(db.connection, SITE, "https://vesti.example/rss", "feed", NOON)
        assert postpone(db.connection, SITE, HOST, LATER) == 1
    assert db.rows("SELECT url, due_at FROM urls WHERE due_at IS NOT NULL") == [
        ("https://vesti.example/2", "2024-05-02T14:00:00+00:00")
    ]


def test_a_shorter_wait_does_not_cut_a_longer_one(db: Opened) -> None:
    queue(db, "https://vesti.example/1")
    with db.writing():
        postpone(db.connection, SITE, HOST, LATER)
        postpone(db.connection, SITE, HOST, NOON)
    assert taken(db, LATER - timedelta(seconds=1)) == []


def test_what_was_kept_out_because_the_file_could_not_be_had_comes_back_and_what_it_forbids_does_not(
    db: Opened,
) -> None:
    queue(db, "https://vesti.example/1", "https://vesti.example/2")
    assert len(taken(db, NOON)) == 2
    with db.writing():
        frontier.set_fate(db.connection, "https://vesti.example/1", Fate.ROBOTS, NOON, "could not be had", due_at=LATER)
        frontier.set_fate(db.connection, "https://vesti.example/2", Fate.ROBOTS, NOON, "forbids it")
    assert taken(db, NOON) == []
    assert taken(db, LATER) == ["https://vesti.example/1"]


def test_writing_needs_a_transaction(db: Opened) -> None:
    with pytest.raises(RuntimeError, match="write_transaction"):
        pause_host(db.connection, SITE, HOST, LATER, "")
    with pytest.raises(RuntimeError, match="write_transaction"):
        keep_robots(db.connection, SITE, HOST, RobotsCopy(status=200, fetched_at=NOON))
    with pytest.raises(RuntimeError, match="write_transaction"):
        postpone(db.connection, SITE, HOST, LATER)
