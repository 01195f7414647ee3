"""An article under another address stays one article, and two articles stay two."""

from typing import Any

import pytest

from newscrawl.extraction.fingerprint import near_signature, text_hash
from newscrawl.page import Fate
from newscrawl.store.articles import article_record
from tests.store.conftest import Opened
from tests.store.samples import URL, after, article, store

MOVED = "https://vesti.example/news/most"
PARAGRAPHS = [f"Строка {n} рассказывает о мосте через реку {n * 7} и о людях с улицы {n * 13}." for n in range(12)]
TEXT = "\n\n".join(PARAGRAPHS)
EDITED = "\n\n".join([*PARAGRAPHS, "Позже стало известно, что движение откроют через неделю."])
OTHER = "\n\n".join(f"Совсем другая строка {n}: о погоде, урожае и ценах на рынке." for n in range(12))


def put(db: Opened, url: str, text: str, **more: Any) -> Fate:
    fields = {name: more.pop(name) for name in ("title", "canonical_url") if name in more}
    with db.writing():
        return store(
            db.connection,
            article(url=url, text=text, **fields),
            after(hours=len(db.rows("SELECT 1 FROM articles"))),
            text_hash=text_hash(text),
            near_signature=near_signature(text),
            **more,
        )


def record(db: Opened, url: str) -> dict[str, Any]:
    found = article_record(db.connection, url)
    assert found is not None
    return found


@pytest.mark.parametrize("told", ["canonical", "redirect"])
@pytest.mark.parametrize(("text", "fate"), [(TEXT, Fate.UNCHANGED), (EDITED, Fate.UPDATED)])
def test_moved_article_stays_one(db: Opened, told: str, text: str, fate: Fate) -> None:
    put(db, URL, TEXT)
    canonical, known_as = (URL, ()) if told == "canonical" else (None, (URL,))
    assert put(db, MOVED, text, canonical_url=canonical, known_as=known_as) is fate
    assert db.rows("SELECT count(*) FROM articles") == [(1,)]
    assert record(db, MOVED)["url"] == URL
    assert record(db, MOVED)["text"] == text


@pytest.mark.parametrize(
    ("text", "title"),
    [(OTHER, "Мост через Ишим открыли"), (EDITED, "Погода на завтра"), ("Коротко.", "Мост через Ишим открыли")],
)
def test_redirect_to_another_article_makes_two(db: Opened, text: str, title: str) -> None:
    put(db, URL, TEXT)
    assert put(db, MOVED, text, title=title, known_as=(URL,)) is Fate.STORED
    assert record(db, URL)["text"] == TEXT
    assert db.rows("SELECT article_id FROM urls WHERE url = ?", URL) == [(record(db, URL)["id"],)]


def test_canonical_that_names_another_article_does_not_swallow_it(db: Opened) -> None:
    put(db, "https://vesti.example/", "Главная.")
    assert put(db, URL, TEXT, canonical_url="https://vesti.example/") is Fate.STORED
    assert record(db, "https://vesti.example/")["text"] == "Главная."
