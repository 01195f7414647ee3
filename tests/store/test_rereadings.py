"""What our own reading knows better, or reads otherwise, is no edit of the site's."""

from typing import Any

import pytest

from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.store.articles import Rereading, article_record, store_article, version_records
from newscrawl.store.changes import is_rereading
from tests.store.conftest import Opened
from tests.store.samples import SITE, URL, after, article

BEFORE = {"published_source": "listing", "published_raw": "Вчера 10:15"}
CASES = [
    (
        "another place told it",
        {"published_source": "feed", "published_raw": "Tue, 24 Nov 2026 10:15:00 +0500"},
        ("published",),
        True,
    ),
    ("the same string in another zone", BEFORE, ("published",), True),
    (
        "the site wrote another string",
        {"published_source": "listing", "published_raw": "24 ноября, 11:00"},
        ("published",),
        False,
    ),
    ("the text changed, too", {"published_source": "feed", "published_raw": ""}, ("text", "published"), False),
    ("only the text changed", BEFORE, ("text",), False),
    ("nothing was known before", {"published_source": "feed", "published_raw": "x"}, ("published",), True),
]


@pytest.mark.parametrize(("after", "changed", "rereading"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_whose_change_it_is(after: dict[str, str], changed: tuple[str, ...], rereading: bool) -> None:
    assert is_rereading(BEFORE, after, changed) is rereading


WITH_MENU = "Главная Новости\n\nДвижение по мосту началось утром."
WITHOUT = "Движение по мосту началось утром."
EDITED = "Движение по мосту началось вечером."


def capture(db: Opened, number: int) -> int:
    with db.writing():
        db.connection.execute(
            "INSERT INTO captures (id, url, final_url, fetched_at, status, file, offset, length, body_hash)"
            " VALUES (?1, 'a', 'a', '2024-05-02T12:00:00+00:00', 200, 'one.warc.gz', ?1, 9, 'sha256:0')",
            (number,),
        )
    return number


def put(db: Opened, written: Article, capture_id: int, hours: float, extractor: str, **more: Any) -> Fate:
    with db.writing():
        return store_article(
            db.connection, written, site=SITE, fetched_at=after(hours=hours), capture_id=capture_id,
            text_hash=f"t1:{written.text}", near_signature=None, extractor=extractor, **more,
        ).fate  # fmt: skip


def kinds(db: Opened) -> list[tuple[str, list[str]]]:
    found = article_record(db.connection, URL)
    assert found is not None
    return [(v["kind"], v["changed"]) for v in version_records(db.connection, found["id"])]


def test_the_same_capture_read_by_other_code_is_a_rereading_and_no_sight(db: Opened) -> None:
    one = capture(db, 1)
    put(db, article(text=WITH_MENU), one, 0, "newscrawl 0.1")
    put(db, article(text=WITHOUT, title="Мост открыт"), one, 0, "newscrawl 0.2")
    assert kinds(db) == [("first", []), ("re-read", ["text", "title"])]
    assert put(db, article(text=WITHOUT, title="Мост открыт"), one, 0, "newscrawl 0.2") is Fate.UNCHANGED


def test_rereading_does_not_bring_a_gone_article_back(db: Opened) -> None:
    one = capture(db, 1)
    put(db, article(text=WITH_MENU), one, 0, "newscrawl 0.1")
    with db.writing():
        db.connection.execute("UPDATE articles SET status = 'gone', gone_at = '2024-05-03T12:00:00+00:00'")
    put(db, article(text=WITHOUT), one, 0, "newscrawl 0.2")
    assert db.rows("SELECT status, last_seen_at FROM articles") == [("gone", "2024-05-02T12:00:00+00:00")]
    assert kinds(db)[-1] == ("re-read", ["text"])


@pytest.mark.parametrize(
    ("now", "kind"), [(WITHOUT, "re-read"), (EDITED, "edit")], ids=["only our code changed", "the site changed too"]
)
def test_after_an_upgrade_the_old_page_tells_whose_change_it_is(db: Opened, now: str, kind: str) -> None:
    put(db, article(text=WITH_MENU), capture(db, 1), 0, "newscrawl 0.1")
    then = Rereading(article(text=WITHOUT), f"t1:{WITHOUT}")
    put(db, article(text=now), capture(db, 2), 6, "newscrawl 0.2", rereading=then)
    assert kinds(db) == [("first", []), (kind, ["text"])]
