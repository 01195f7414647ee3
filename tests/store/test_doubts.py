"""What a page shows now does not replace a good text when it cannot be that article's text."""

from typing import Any

import pytest

from newscrawl.article import Article
from newscrawl.extraction.fingerprint import near_signature, text_hash
from newscrawl.page import Fate
from newscrawl.store.articles import Stored, article_record, store_article
from tests.store.conftest import Opened
from tests.store.samples import NOON, SITE, URL, after, article

PARAGRAPHS = [f"Строка {n} рассказывает о мосте через реку {n * 7} и о людях с улицы {n * 13}." for n in range(12)]
TEXT = "\n\n".join(PARAGRAPHS)
UNRELATED = "\n\n".join(
    f"Прогноз {n * 3}: ветер {n} метров, давление {700 + n}, дождь на востоке страны." for n in range(14)
)
NOTICE = "Материал временно недоступен, приносим извинения."


def put(db: Opened, hours: float, **fields: Any) -> Stored:
    written = article(**{"text": TEXT, **fields})
    with db.writing():
        return store_article(
            db.connection, written, site=SITE, fetched_at=after(hours=hours), capture_id=None,
            text_hash=text_hash(written.text), near_signature=near_signature(written.text), extractor="newscrawl 0.1",
        )  # fmt: skip


def kept(db: Opened) -> dict[str, Any]:
    found = article_record(db.connection, URL)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fields", "fate", "reason"),
    [
        ({"text": "", "title": "Доступ закрыт"}, Fate.EMPTY, "without its text"),
        ({"text": NOTICE}, Fate.EMPTY, f"shrank from {len(TEXT)} to {len(NOTICE)} characters"),
        ({"text": PARAGRAPHS[0], "modified": NOON}, Fate.EMPTY, "shrank"),
        ({"text": UNRELATED}, Fate.EMPTY, "without a sentence of the stored one"),
        ({"text": UNRELATED, "title": "«Мост  через Ишим» открыли".replace("«", "").replace("»", "")}, Fate.EMPTY, "headline"),
    ],
    ids=["nothing", "a notice", "its first paragraph, however announced", "another text", "typography is the same headline"],
)  # fmt: skip
def test_a_page_that_cannot_be_the_article_touches_nothing(
    db: Opened, fields: dict[str, Any], fate: Fate, reason: str
) -> None:
    put(db, 0)
    before = kept(db)
    told = put(db, 3, **fields)
    assert told.fate is fate
    assert reason in told.detail
    assert kept(db) == before
    assert db.rows("SELECT count(*) FROM article_versions") == [(1,)]


def test_a_text_that_another_article_of_the_site_has_stands_in_for_it(db: Opened) -> None:
    put(db, 0)
    put(db, 0, url="https://vesti.example/about", title="О проекте", text=UNRELATED)
    told = put(db, 3, text=UNRELATED, title="Вести", modified=after(hours=2))
    assert (told.fate, "https://vesti.example/about" in told.detail) == (Fate.ERROR_PAGE, True)
    assert kept(db)["text"] == TEXT


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "\n\n".join(PARAGRAPHS[:4])},
        {"text": UNRELATED, "title": "Мост закрыли из-за ветра"},
        {"text": UNRELATED, "modified": after(hours=2)},
        {"text": UNRELATED, "kind": "live"},
        {"text": "\n\n".join([*PARAGRAPHS[:3], UNRELATED])},
    ],
    ids=["cut to a third", "another headline too", "the site says it was modified", "a live page", "a part is left"],
)
def test_a_large_edit_is_an_edit(db: Opened, fields: dict[str, Any]) -> None:
    put(db, 0)
    assert put(db, 3, **fields).fate is Fate.UPDATED
    assert kept(db)["text"] == fields["text"]


def test_a_short_notice_may_become_shorter(db: Opened) -> None:
    put(
        db,
        0,
        text="Мост закрыт до утра. Автобусы идут в объезд, сообщает городской штаб. Водителей просят быть внимательнее.",
    )
    assert put(db, 3, text="Мост открыт.").fate is Fate.UPDATED


def test_a_text_without_a_signature_is_not_compared(db: Opened) -> None:
    put(db, 0, text="Мост закрыт до утра.")
    assert put(db, 3, text="Паром ходит каждый час.").fate is Fate.UPDATED


def test_an_article_stored_without_text_takes_any(db: Opened) -> None:
    with db.writing():
        bare = Article(url=URL, title="Мост через Ишим открыли")
        store_article(
            db.connection, bare, site=SITE, fetched_at=NOON, capture_id=None, text_hash=text_hash(""),
            near_signature=None, extractor="newscrawl 0.1",
        )  # fmt: skip
    assert put(db, 3, text=NOTICE).fate is Fate.UPDATED
