"""What a visit's sources list -> the queue, up to the bound of a visit that asks for no window."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article import DateEvidence
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.enlist import Enlister
from newscrawl.crawl.health import Visit
from newscrawl.page import Candidate, Fate
from newscrawl.site import Site
from newscrawl.store import frontier
from newscrawl.store.database import open_database, write_transaction
from tests.store.samples import article, store

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SITE = Site(name="vesti_example", home="https://vesti.example/", timezone="Asia/Almaty")
SINCE = CrawlArguments(since=date(2024, 5, 1))


class RecorderHere:
    """What the enlister needs of the recorder: the clock, the run, and writes in this thread."""

    run_id = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = open_database(path)
        self.changed = asyncio.Event()
        self.visit = Visit(site="vesti_example")
        self.writes = 0

    def now(self) -> datetime:
        return NOON

    async def write(self, operation: Callable[[sqlite3.Connection], Any]) -> Any:
        self.writes += 1
        await asyncio.sleep(0)  # as in a crawl, others get their turn before the operation is run
        with write_transaction(self.connection, self.path):
            return operation(self.connection)

    def fates(self) -> dict[str, str]:
        rows = self.connection.execute("SELECT url, fate FROM urls ORDER BY id")
        return {row["url"].rpartition("/")[2]: row["fate"] for row in rows}

    def settle(self, name: str, fate: Fate) -> None:
        with write_transaction(self.connection, self.path):
            frontier.set_fate(self.connection, f"https://vesti.example/{name}", fate, NOON)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[RecorderHere]:
    here = RecorderHere(tmp_path / "newscrawl.db")
    yield here
    here.connection.close()


def listed(*names: str, day: str = "") -> list[Candidate]:
    """Candidates; the number in a name is its day of April, unless another day is given or the name has none."""
    found = []
    for name in names:
        written = day or (f"2024-04-{int(name[1:]):02}" if name[1:].isdigit() else "")
        evidence = (DateEvidence("feed", written),) if written else ()
        url = f"https://vesti.example/{name}"
        found.append(Candidate(url=url, found_in="https://vesti.example/feed", kind="feed", evidence=evidence))
    return found


def enlister(recorder: Any, arguments: CrawlArguments | None = None, room: int = 10_000) -> Enlister:
    return Enlister(SITE, arguments or CrawlArguments(), recorder, Bounds(new_addresses=room))


def test_what_is_listed_is_queued_and_counted_once(recorder: RecorderHere) -> None:
    one = enlister(recorder)
    assert asyncio.run(one.enlist(listed("a1", "a2"))) == (2, False)
    assert asyncio.run(one.enlist(listed("a2", "a3"))) == (1, False)
    assert recorder.fates() == dict.fromkeys(["a1", "a2", "a3"], "queued")
    assert recorder.changed.is_set()


def test_without_a_window_only_the_newest_new_ones_up_to_the_bound_are_queued(recorder: RecorderHere) -> None:
    one = enlister(recorder, room=3)
    asyncio.run(one.enlist(listed("a1", "a9", "undated", "a5")))
    assert recorder.fates() == {"a1": "queued", "a9": "queued", "a5": "queued", "undated": "over_limit"}
    assert one.full
    asyncio.run(one.enlist(listed("a20", "a9")))
    assert recorder.fates()["a20"] == "over_limit"
    assert recorder.fates()["a9"] == "queued"


def test_known_addresses_do_not_use_the_bound_up(recorder: RecorderHere) -> None:
    asyncio.run(enlister(recorder).enlist(listed("a1", "a2")))
    recorder.settle("a1", Fate.STORED)
    second = enlister(recorder, room=2)
    assert asyncio.run(second.enlist(listed("a1", "a2", "a3", "a4"))) == (2, False)
    assert recorder.fates() == {"a1": "stored", "a2": "queued", "a3": "queued", "a4": "queued"}


@pytest.mark.parametrize("arguments", [SINCE, CrawlArguments(until=date(2024, 5, 2)), CrawlArguments(again=True)])
def test_a_visit_with_a_window_has_no_bound(recorder: RecorderHere, arguments: CrawlArguments) -> None:
    one = enlister(recorder, arguments, room=1)
    assert asyncio.run(one.enlist(listed("a", "b", "c", day="2024-05-02"))) == (3, False)
    assert not one.full


def test_a_window_opens_again_what_an_earlier_one_or_the_bound_had_closed(recorder: RecorderHere) -> None:
    asyncio.run(enlister(recorder).enlist(listed("a", "b", "c", "d", day="2024-05-02")))
    for name, fate in zip("abcd", (Fate.OUT_OF_RANGE, Fate.OVER_LIMIT, Fate.STORED, Fate.GONE), strict=True):
        recorder.settle(name, fate)
    asyncio.run(enlister(recorder, SINCE).enlist(listed("a", "b", "c", "d", day="2024-05-02")))
    assert recorder.fates() == {"a": "queued", "b": "queued", "c": "stored", "d": "gone"}


def test_again_opens_everything(recorder: RecorderHere) -> None:
    asyncio.run(enlister(recorder).enlist(listed("a", "b")))
    recorder.settle("a", Fate.STORED)
    recorder.settle("b", Fate.GONE)
    asyncio.run(enlister(recorder, CrawlArguments(again=True)).enlist(listed("a", "b")))
    assert recorder.fates() == {"a": "queued", "b": "queued"}


def test_what_lies_before_the_window_is_closed_and_the_source_has_passed_it(recorder: RecorderHere) -> None:
    assert asyncio.run(enlister(recorder, SINCE).enlist(listed("a1", "a2"))) == (0, True)
    assert recorder.fates() == {"a1": "out_of_range", "a2": "out_of_range"}


def test_a_sitemap_is_written_in_pieces_and_judged_as_one(
    recorder: RecorderHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.crawl.enlist.MOST_AT_ONCE", 4)
    many = [f"a{day}" for day in range(1, 31)]
    one = enlister(recorder, room=7)
    assert asyncio.run(one.enlist(listed(*many))) == (7, False)
    assert recorder.writes == 6  # 23 are refused
    queued = [name for name, fate in recorder.fates().items() if fate == "queued"]
    assert queued == [f"a{day}" for day in range(24, 31)]
    assert len(recorder.fates()) == 30
    assert recorder.visit.refused == {Fate.OVER_LIMIT: 23}


@pytest.mark.parametrize(("last", "passed"), [("2024-04-30", True), ("2024-05-02", False)])
def test_a_source_in_pieces_has_passed_the_window_only_when_every_piece_has(
    recorder: RecorderHere, monkeypatch: pytest.MonkeyPatch, last: str, passed: bool
) -> None:
    monkeypatch.setattr("newscrawl.crawl.enlist.MOST_AT_ONCE", 2)
    candidates = [*listed("a1", "a2", "a3", "a4"), *listed("b", day=last)]
    assert asyncio.run(enlister(recorder, SINCE).enlist(candidates)) == (0 if passed else 1, passed)
    assert recorder.fates()["b"] == ("out_of_range" if passed else "queued")


def test_two_sources_that_come_at_once_share_the_bound(recorder: RecorderHere) -> None:
    one = enlister(recorder, room=3)

    async def both() -> None:
        await asyncio.gather(one.enlist(listed("a1", "a2")), one.enlist(listed("b1", "b2")))

    asyncio.run(both())
    assert sorted(recorder.fates().values()) == ["over_limit", "queued", "queued", "queued"]


def test_a_source_that_a_window_cannot_bound_is_said_once(
    recorder: RecorderHere, caplog: pytest.LogCaptureFixture
) -> None:
    one = enlister(recorder, SINCE)
    with caplog.at_level(logging.WARNING, logger="newscrawl"):
        asyncio.run(one.enlist(listed("a", "b")))
        asyncio.run(one.enlist(listed("c", "d")))
    [line] = [record.getMessage() for record in caplog.records]
    assert "https://vesti.example/feed lists articles without dates" in line


def test_nothing_listed_changes_nothing(recorder: RecorderHere) -> None:
    for arguments in (CrawlArguments(), SINCE):
        assert asyncio.run(enlister(recorder, arguments).enlist([])) == (0, False)
    assert recorder.fates() == {}


def test_a_new_session_of_a_known_article_is_refused_when_it_is_listed_and_is_no_news(recorder: RecorderHere) -> None:
    one = enlister(recorder)
    sessions = [f"a?zz={n}" for n in range(4)]
    asyncio.run(one.enlist(listed(*sessions[:3])))
    with write_transaction(recorder.connection, recorder.path):
        for name in sessions[:3]:
            store(
                recorder.connection,
                article(url=f"https://vesti.example/{name}", canonical_url="https://vesti.example/a?zz=0"),
            )
    assert asyncio.run(one.enlist(listed(sessions[3]))) == (0, False)
    assert recorder.fates()[sessions[3]] == "over_limit"
    again = enlister(recorder, CrawlArguments(again=True))
    asyncio.run(again.enlist(listed(sessions[3], "a?zz=new")))
    assert recorder.fates()[sessions[3]] == recorder.fates()["a?zz=new"] == "queued"
