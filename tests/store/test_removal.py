"""An article is gone when several visits over a day have missed it, and not before; and it may come back."""

from datetime import datetime
from typing import Any

import pytest

from newscrawl.page import Fate
from newscrawl.store.frontier import due_revisits, set_fate
from newscrawl.store.records import article_record, version_records
from newscrawl.store.removal import settle_missing
from newscrawl.store.runs import start_run
from tests.store.conftest import Opened
from tests.store.samples import SITE, URL, after, article, store

SECOND = "https://vesti.example/2024/05/02/most-2"
SIGNATURE = b"n1:" + bytes(range(256)) * 2


def page(number: int) -> str:
    return f"https://vesti.example/news/{number}"


def known(db: Opened, *urls: str) -> None:
    """Articles that were stored at noon."""
    with db.writing():
        for url in urls:
            store(db.connection, article(url=url, text=f"Текст {url}."))
            set_fate(db.connection, url, Fate.STORED, after())


def visit(db: Opened, at: datetime, fates: dict[str, Fate], *, well: bool = True) -> int:
    """A visit that gets these answers; how many articles are gone at its end."""
    with db.writing():
        run = start_run(db.connection, at, "run", 1)
        for url, fate in fates.items():
            set_fate(db.connection, url, fate, at, site=SITE, run_id=run)
        return settle_missing(db.connection, SITE, run, at) if well else 0


def row(db: Opened, url: str = URL) -> dict[str, Any]:
    found = article_record(db.connection, url)
    assert found is not None
    return found


def looks(db: Opened, hours: list[float], fate: Fate = Fate.GONE) -> list[int]:
    return [visit(db, after(hours=hour), {URL: fate}) for hour in hours]


@pytest.mark.parametrize(
    ("hours", "gone"),
    [
        ([6], [0]),
        ([6, 30], [0, 0]),
        ([6, 12, 18], [0, 0, 0]),
        ([6, 12, 29.9], [0, 0, 0]),
        ([6, 12, 30], [0, 0, 1]),
        ([6, 12, 18, 24, 31, 55], [0, 0, 0, 0, 1, 0]),
    ],
)
def test_three_visits_over_a_day_must_miss_an_article(db: Opened, hours: list[float], gone: list[int]) -> None:
    known(db, URL)
    assert looks(db, hours) == gone
    assert row(db)["status"] == ("gone" if sum(gone) else "live")
    assert row(db)["misses"] == len(hours)


def test_removal_is_an_interval_from_last_seen_to_first_missing(db: Opened) -> None:
    known(db, URL)
    visit(db, after(hours=1), {URL: Fate.NOT_MODIFIED})
    looks(db, [6, 12, 30])
    told = row(db)
    assert (told["last_seen_at"], told["gone_at"]) == ("2024-05-02T13:00:00+00:00", "2024-05-02T18:00:00+00:00")
    assert told["updated_at"] == "2024-05-03T18:00:00+00:00"
    assert told["text"] == f"Текст {URL}."


@pytest.mark.parametrize("fates", [[Fate.SOFT_404] * 3, [Fate.GONE, Fate.SOFT_404, Fate.GONE]])
def test_a_soft_404_is_as_good_as_a_404(db: Opened, fates: list[Fate]) -> None:
    known(db, URL)
    told = [visit(db, after(hours=hour), {URL: fate}) for hour, fate in zip([6, 12, 30], fates, strict=True)]
    assert told == [0, 0, 1]


@pytest.mark.parametrize(
    "fate", [Fate.TIMEOUT, Fate.BLOCKED, Fate.SERVER_ERROR, Fate.CHALLENGE, Fate.EMPTY, Fate.LISTING, Fate.LOGIN]
)
def test_what_failed_is_not_missing(db: Opened, fate: Fate) -> None:
    known(db, URL)
    assert looks(db, [6, 12, 30, 60], fate) == [0, 0, 0, 0]
    assert (row(db)["status"], row(db)["missing_since"]) == ("live", None)


def test_failures_between_two_misses_neither_count_nor_absolve(db: Opened) -> None:
    known(db, URL)
    looks(db, [6, 12])
    looks(db, [20], Fate.TIMEOUT)
    assert looks(db, [31]) == [1]


def test_visit_that_is_not_well_misses_nothing(db: Opened) -> None:
    known(db, URL)
    for hour in (6, 12, 30, 60):
        visit(db, after(hours=hour), {URL: Fate.GONE}, well=False)
    assert (row(db)["status"], row(db)["misses"]) == ("live", 0)
    assert looks(db, [61, 70, 85]) == [0, 0, 1]
    assert row(db)["gone_at"] == "2024-05-05T01:00:00+00:00", "the first miss that counts"


def test_one_visit_is_one_miss_however_many_addresses_it_asks(db: Opened) -> None:
    known(db, URL)
    with db.writing():
        store(db.connection, article(url=SECOND, canonical_url=URL, text=f"Текст {URL}."))
        set_fate(db.connection, SECOND, Fate.UNCHANGED, after())
    for hour in (6, 12, 30):
        visit(db, after(hours=hour), {URL: Fate.GONE, SECOND: Fate.GONE})
    assert (row(db)["status"], row(db)["misses"]) == ("gone", 3)


def test_article_that_stands_under_another_of_its_addresses_is_not_missing(db: Opened) -> None:
    known(db, URL)
    with db.writing():
        store(db.connection, article(url=SECOND, canonical_url=URL, text=f"Текст {URL}."))
        set_fate(db.connection, SECOND, Fate.UNCHANGED, after())
    assert looks(db, [6, 12, 30]) == [0, 0, 0]
    assert row(db)["misses"] == 0
    due = [queued.url for queued in due_revisits(db.connection, SITE, after(hours=30), 9)]
    assert SECOND in due, "whether it still stands there is asked next"


def test_most_of_a_site_missing_at_once_is_a_fault_of_the_site(db: Opened) -> None:
    urls = [page(n) for n in range(8)]
    known(db, *urls)
    broken = dict.fromkeys(urls[:5], Fate.GONE) | dict.fromkeys(urls[5:], Fate.NOT_MODIFIED)
    for hour in (6, 12, 30, 60):
        assert visit(db, after(hours=hour), broken) == 0
    assert db.rows("SELECT count(*) FROM articles WHERE missing_since IS NOT NULL") == [(0,)]
    few = dict.fromkeys(urls[:4], Fate.GONE)
    assert [visit(db, after(hours=hour), few) for hour in (61, 70, 90)] == [0, 0, 4]


def test_later_looks_at_what_was_missed_beside_others_count(db: Opened) -> None:
    urls = [page(n) for n in range(12)]
    known(db, *urls)
    missed = dict.fromkeys(urls[:6], Fate.GONE)
    visit(db, after(hours=6), missed | dict.fromkeys(urls[6:], Fate.UNCHANGED))
    assert [visit(db, after(hours=hour), missed) for hour in (12, 30)] == [0, 6]


def test_missing_article_is_looked_for_again_in_time_to_tell(db: Opened) -> None:
    known(db, URL)
    at, hours = after(days=40), [0.0]  # no look is due at that age
    visit(db, at, {URL: Fate.GONE})
    while due := due_revisits(db.connection, SITE, after(days=400), 5):
        assert [queued.url for queued in due] == [URL]
        due_at = datetime.fromisoformat(str(db.rows("SELECT due_at FROM urls WHERE url = ?", URL)[0][0]))
        hours.append((due_at - at).total_seconds() / 3600)
        visit(db, due_at, {URL: Fate.GONE})
    assert hours == [0, 6, 24, 72, 7 * 24, 30 * 24]
    assert row(db)["status"] == "gone"


@pytest.mark.parametrize("seen", [Fate.NOT_MODIFIED, Fate.UNCHANGED])
def test_a_sight_between_two_misses_begins_the_count_anew(db: Opened, seen: Fate) -> None:
    known(db, URL)
    looks(db, [6, 12])
    with db.writing():
        if seen is Fate.UNCHANGED:
            store(db.connection, article(text=f"Текст {URL}."), after(hours=20))
        set_fate(db.connection, URL, seen, after(hours=20))
    assert (row(db)["missing_since"], row(db)["misses"]) == (None, 0)
    assert looks(db, [31, 40]) == [0, 0]
    assert looks(db, [56]) == [1]
    assert row(db)["gone_at"] == "2024-05-03T19:00:00+00:00"


@pytest.mark.parametrize("told_by", ["its page", "not modified"])
def test_coming_back_is_noticed(db: Opened, told_by: str) -> None:
    known(db, URL)
    looks(db, [6, 12, 30])
    back = after(days=8)
    with db.writing():
        if told_by == "its page":
            assert store(db.connection, article(text=f"Текст {URL}."), back) is Fate.UPDATED
        set_fate(db.connection, URL, Fate.NOT_MODIFIED if told_by == "not modified" else Fate.UPDATED, back)
    told = row(db)
    assert (told["status"], told["gone_at"], told["missing_since"], told["misses"]) == ("live", None, None, 0)
    assert told["last_seen_at"] == "2024-05-10T12:00:00+00:00"
    versions = version_records(db.connection, told["id"])
    assert [(v["kind"], v["changed"]) for v in versions] == [("first", []), ("edit", ["status"]), ("edit", ["status"])]
    assert [v["changed_seq"] for v in versions] == [1, 2, told["changed_seq"]]


def test_a_gone_article_is_gone_once(db: Opened) -> None:
    known(db, URL)
    looks(db, [6, 12, 30, 54, 100, 300])
    assert row(db)["changed_seq"] == 2
    assert len(version_records(db.connection, row(db)["id"])) == 2
    assert row(db)["gone_at"] == "2024-05-02T18:00:00+00:00"
