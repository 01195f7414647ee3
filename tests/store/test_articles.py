"""Storing articles: new, seen again, changed, copied, gone, under another address."""

import json
from typing import Any

import pytest

from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.store.articles import (
    article_record,
    find_by_text_hash,
    recent,
    store_article,
    version_records,
)
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, URL, after, article, store

EARLIER = NOON.replace(hour=11)


def put(db: Opened, written: Article, hours: float = 0, **more: Any) -> Fate:
    with db.writing():
        return store(db.connection, written, after(hours=hours), **more)


def record(db: Opened, url: str = URL) -> dict[str, Any]:
    found = article_record(db.connection, url)
    assert found is not None
    return found


def versions(db: Opened) -> list[dict[str, Any]]:
    return list(version_records(db.connection, record(db)["id"]))


def test_every_field_of_an_article_comes_back_as_it_was(db: Opened) -> None:
    assert put(db, article()) is Fate.STORED
    back = record(db)
    assert {name: back[name] for name in article().to_record()} == article().to_record()
    assert json.loads(json.dumps(back)) == back
    assert (back["site"], back["status"], back["first_seen_at"]) == (SITE, "live", "2024-05-02T12:00:00+00:00")


def test_article_without_anything_but_an_address_and_text_is_stored(db: Opened) -> None:
    bare = Article(url=URL, text="Дождь.")
    assert put(db, bare) is Fate.STORED
    assert {name: record(db)[name] for name in bare.to_record()} == bare.to_record()


def test_seen_again_moves_only_the_last_sight(db: Opened) -> None:
    put(db, article())
    before = record(db)
    assert put(db, article(tags=("другое",), image="https://vesti.example/new.jpg"), hours=3) is Fate.UNCHANGED
    assert record(db) == {**before, "last_seen_at": "2024-05-02T15:00:00+00:00"}
    assert len(versions(db)) == 1


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"text": "Движение по мосту остановили."}, ["text"]),
        ({"title": "Мост через Ишим закрыли"}, ["title"]),
        ({"authors": ("Айгуль Серикова",)}, ["authors"]),
        ({"published": EARLIER, "published_raw": "2 мая 2024, 09:15"}, ["published"]),
        ({"title": "Мост закрыли", "text": "Движение остановили."}, ["text", "title"]),
    ],
)
def test_change_makes_a_version_that_says_what_changed(db: Opened, fields: dict[str, Any], changed: list[str]) -> None:
    put(db, article())
    assert put(db, article(**fields), hours=2) is Fate.UPDATED
    first, second = versions(db)
    assert (first["changed"], first["kind"], first["text"]) == ([], "first", article().text)
    assert (second["changed"], second["kind"], second["seen_at"]) == (changed, "edit", "2024-05-02T14:00:00+00:00")
    written = article(**fields).to_record()
    assert {name: record(db)[name] for name in written} == written
    assert {name: second[name] for name in ("title", "text", "authors", "published")} == {
        name: written[name] for name in ("title", "text", "authors", "published")
    }
    assert record(db)["changed_seq"] == second["changed_seq"] > first["changed_seq"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "  Мост  через\u00a0Ишим открыли "},
        {"title": "Мост через Иш\u00adим\u200b открыли"},
        {"title": None},
        {"authors": ("Иван  Петров", "Айгуль СЕРИКОВА")},
        {"authors": ()},
        {"published": None, "published_day": None, "published_source": None, "published_precision": None},
        {"published": NOON.replace(hour=0), "published_precision": "day", "published_source": "url"},
        {"published_source": "feed", "published_raw": "Thu, 02 May 2024 11:50:00 GMT"},
        {"modified": NOON},
        {"text": "", "markdown": "", "title": "Главная"},
    ],
)
def test_noise_and_failed_readings_are_no_edit(db: Opened, fields: dict[str, Any]) -> None:
    put(db, article())
    before = record(db)
    assert put(db, article(**fields), hours=2, text_hash=f"t1:{article().text}") in {Fate.UNCHANGED, Fate.EMPTY}
    assert {**record(db), "last_seen_at": ""} == {**before, "last_seen_at": ""}
    assert len(versions(db)) == 1


def test_typographic_marks_in_a_title_are_no_edit(db: Opened) -> None:
    put(db, article(title='"Астана" - чемпион'))
    assert put(db, article(title="«Астана» – чемпион")) is Fate.UNCHANGED


def test_hash_of_another_scheme_alone_is_no_edit(db: Opened) -> None:
    put(db, article())
    assert put(db, article(text=article().text.replace("\n\n", "\n")), text_hash="t2:0") is Fate.UNCHANGED
    assert put(db, article(text="Иначе."), text_hash="t2:1") is Fate.UPDATED


def test_page_without_its_text_is_said_and_touches_nothing(db: Opened) -> None:
    put(db, article())
    before = record(db)
    assert put(db, article(text="", title="Доступ закрыт"), hours=1) is Fate.EMPTY
    assert record(db) == before


def test_edit_keeps_what_its_reading_does_not_know(db: Opened) -> None:
    put(db, article())
    edited = Article(url=URL, title="Новый заголовок", text="Новый текст.", language="kk")
    assert put(db, edited, hours=1) is Fate.UPDATED
    now, first = record(db), article().to_record()
    kept = ("published", "published_source", "published_raw", "published_precision", "published_day", "authors", "tags")
    assert {name: now[name] for name in kept} == {name: first[name] for name in kept}
    assert (now["language"], now["script"], now["language_confidence"]) == ("kk", None, None)  # one fact, moved whole


def test_finer_date_replaces_a_coarse_one(db: Opened) -> None:
    put(db, article(published=NOON.replace(hour=0), published_precision="day"))
    assert put(db, article()) is Fate.UPDATED
    assert record(db)["published_precision"] == "minute"


@pytest.mark.parametrize(("modified", "announced"), [(NOON.replace(hour=14), 1), (None, 0), (NOON, 0)])
def test_version_knows_whether_the_site_announced_the_edit(db: Opened, modified: Any, announced: int) -> None:
    put(db, article(modified=NOON))
    put(db, article(text="Иначе.", modified=modified), hours=3)
    assert [version["announced"] for version in versions(db)] == [None, announced]


def test_changed_seq_only_rises_and_is_never_given_twice(db: Opened) -> None:
    put(db, article())
    put(db, article(url="https://vesti.example/b"))
    put(db, article(url="https://vesti.example/b"), hours=1)
    put(db, article(text="Иначе."), hours=2)
    assert [row["url"] for row in recent(db.connection, 5)] == [URL, "https://vesti.example/b"]
    assert db.rows("SELECT changed_seq FROM articles ORDER BY id") == [(3,), (2,)]
    with db.writing():
        db.connection.execute("DELETE FROM articles WHERE url = ?", (URL,))
    put(db, article(url="https://vesti.example/c"))
    assert record(db, "https://vesti.example/c")["changed_seq"] == 4


def test_copy_is_kept_and_names_its_original(db: Opened) -> None:
    put(db, article())
    original = find_by_text_hash(db.connection, f"t1:{article().text}")
    elsewhere = article(url="https://drugie.example/most")
    assert put(db, elsewhere, hours=1, site="drugie_example", copy_of=original) is Fate.COPY
    assert record(db, elsewhere.url)["copy_of"] == URL
    assert find_by_text_hash(db.connection, f"t1:{article().text}") == URL
    assert put(db, elsewhere, hours=2, site="drugie_example", copy_of=original) is Fate.UNCHANGED


def test_original_that_finds_itself_is_no_copy(db: Opened) -> None:
    put(db, article())
    assert put(db, article(text="Иначе."), hours=1, copy_of=URL) is Fate.UPDATED
    assert record(db)["copy_of"] is None


def test_copy_of_something_nobody_stored_is_an_article(db: Opened) -> None:
    assert put(db, article(), copy_of="https://nobody.example/") is Fate.STORED
    assert find_by_text_hash(db.connection, "t1:unknown") is None


def test_other_spelling_of_an_address_is_the_same_article(db: Opened) -> None:
    put(db, article())
    assert put(db, article(url=f"{URL}/?utm_source=tg"), hours=1) is Fate.UNCHANGED
    assert db.rows("SELECT count(*) FROM articles") == [(1,)]
    assert record(db, f"http://m.{URL.removeprefix('https://')}")["url"] == URL


def test_clock_that_jumps_back_does_not_make_an_article_older(db: Opened) -> None:
    put(db, article(), hours=2)
    assert put(db, article(text="Иначе."), hours=1) is Fate.UPDATED
    assert record(db)["last_seen_at"] == "2024-05-02T14:00:00+00:00"
    assert [version["text"] for version in versions(db)][-1] == "Иначе."


def test_clock_without_a_zone_is_refused(db: Opened) -> None:
    with pytest.raises(ValueError, match="aware"), db.writing():
        store(db.connection, article(), NOON.replace(tzinfo=None))


def test_text_that_sqlite_cannot_hold_is_stored_clean(db: Opened) -> None:
    put(
        db,
        article(title="Мост\x00 \ud800 \U0001f309", text="Текст\x00 \udfff.", tags=("\ud83d\ude00",)),
        text_hash="t1:0",
    )
    assert record(db)["title"] == "Мост \ufffd \U0001f309"
    assert record(db)["text"] == "Текст \ufffd."
    assert record(db)["tags"] == ["\U0001f600"]


def test_index_follows_edits_and_deletions(db: Opened) -> None:
    put(db, article())
    put(db, article(text="Паром снова ходит."), hours=1)
    found = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    assert (db.rows(found, "автобус"), db.rows(found, "паром")) == ([(0,)], [(1,)])
    with db.writing():
        db.connection.execute("DELETE FROM articles")
    assert db.rows(found, "паром") == [(0,)]
    db.connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    assert db.rows("SELECT count(*) FROM article_versions") == [(0,)]


def test_reading_names_the_capture_it_comes_from(db: Opened) -> None:
    with db.writing():
        db.connection.execute(
            "INSERT INTO captures (id, url, final_url, fetched_at, status, file, offset, length, body_hash)"
            " VALUES (7, 'a', 'a', '2024-05-02T12:00:00+00:00', 200, 'one.warc.gz', 0, 9, 'sha256:0')"
        )
        store_article(
            db.connection,
            article(),
            site=SITE,
            fetched_at=NOON,
            capture_id=7,
            text_hash="t1:0",
            near_signature=None,
            extractor="newscrawl 0.1",
        )
    assert (record(db)["capture_id"], versions(db)[0]["capture_id"]) == (7, 7)
    with db.writing():
        db.connection.execute("DELETE FROM captures")
    assert record(db)["capture_id"] is None
