"""Search: endings, spellings, and that no input can be an error."""

import sqlite3
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.store.database import open_readonly
from newscrawl.store.search import match_expression, search, spellings, stem_of
from tests.store.conftest import Opened
from tests.store.samples import SITE, article, store

TEXTS = {
    "president": (
        "Токаева пригласили в Бишкек",
        "Президент Токаев ещё не ответил. О поездке с Токаевым говорили давно.",
    ),
    "book": ("Жаңа кітабы жарық көрді", "Жазушының кітабы дүкендерге түсті. Оның көгілдір мұқабасы бар."),
    "capital": ("Астананың жаңа көпірі", "Астанада көпір ашылды. Балығы мол Есіл өзенінің үстінде."),
    "percent": ("Цены выросли", "Рост цен составил 12 процентов, в газетах пишут о 2024 годе, банках и елках без ё."),
    "more": ("Мыңнан астам адам", "Шеруге мыңнан астам адам қатысты."),
    "tashkent": ("Toshkentda yangi maktablar", "Shahar maktablarining soni oshdi."),
    "vote": ("Elections postponed", "The election commission met twice in Almaty. Бангкок."),
}


@pytest.fixture
def news(db: Opened) -> Opened:
    with db.writing():
        for name, (title, text) in TEXTS.items():
            store(db.connection, article(url=f"https://vesti.example/{name}", title=title, text=text))
    return db


def found(db: Opened, query: str) -> set[str]:
    return {row["url"].rpartition("/")[2] for row in search(db.connection, query)}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Токаев", {"president"}),
        ("Токаева", {"president"}),
        ("токаевым", {"president"}),
        ("ТОКАЕВУ", {"president"}),
        ("еще", {"president"}),
        ("ещё", {"president"}),
        ("ёлка", {"percent"}),
        ("елка", {"percent"}),
        ("İstanbul", set()),
        ("Астана", {"capital"}),
        ("Астаны", {"capital"}),
        ("Астанада", {"capital"}),
        ("астам", {"more"}),
        ("кітап", {"book"}),
        ("кітабын", {"book"}),
        ("балық", {"capital"}),
        ("көк", {"book"}),
        ("банк", {"percent"}),
        ("газета", {"percent"}),
        ("процентами", {"percent"}),
        ("2024", {"percent"}),
        ("202", set()),
        ("maktab", {"tashkent"}),
        ("Toshkent", {"tashkent"}),
        ("election", {"vote"}),
        ("elections", {"vote"}),
        ("Токаев Бишкек", {"president"}),
        ("Токаев Астана", set()),
        ('"Токаев ещё"', {"president"}),
        ('"ещё Токаев"', set()),
        ('"токаев еще не"', {"president"}),
        ('"ёлках"', {"percent"}),
        ('"елках без ё"', {"percent"}),
        ("кітабы дүкен", {"book"}),
        ("Алма\u0301ты", set()),
        ("Almaty", {"vote"}),
    ],
)
def test_word_is_found_in_its_forms(news: Opened, query: str, names: set[str]) -> None:
    assert found(news, query) == names


@pytest.mark.parametrize("query", ["", " ", '"', "*", "()", "-", "^:", '""', "…", "\x00", "\ud800", "_"])
def test_query_that_asks_for_nothing_finds_nothing(news: Opened, query: str) -> None:
    assert found(news, query) == set()


@pytest.mark.parametrize(
    "query",
    [
        "AND", "OR OR", "NOT токаев", "title:токаев", "токаев*", "NEAR(токаев бишкек)", "токаев -бишкек", '"токаев', "{title}: x",
        "ток'аев", "'; DROP TABLE articles; --", "токаев\x00бишкек", "a" * 100_000, "слово " * 10_000, "е" * 500, "\ud800токаев",
    ],
)  # fmt: skip
def test_operators_and_rubbish_are_only_words(news: Opened, query: str) -> None:
    search(news.connection, query)
    assert len(match_expression(query)) < 20_000


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_a_query_that_fts5_accepts(query: str) -> None:
    assert match_expression(query).count('"') % 2 == 0
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    index.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match_expression(query) or '"x"',)).fetchone()


def test_best_match_comes_first_with_its_words_marked(news: Opened) -> None:
    with news.writing():
        store(
            news.connection, article(url="https://vesti.example/aside", title="Погода", text="Дождь. " * 80 + "Токаев.")
        )
    first, second = search(news.connection, "Токаев")
    assert first["title"] == "Токаева пригласили в Бишкек"
    assert "[Токаева]" in first["snippet"] or "[Токаев]" in first["snippet"]
    assert first["rank"] < second["rank"]
    assert len(search(news.connection, "Токаев", limit=1)) == 1


def test_word_in_the_title_outweighs_one_in_the_text(db: Opened) -> None:
    with db.writing():
        store(
            db.connection,
            article(url="https://vesti.example/text", title="Итоги дня", text="Бюджет, ещё раз бюджет. Погода."),
        )
        store(db.connection, article(url="https://vesti.example/title", title="Бюджет принят", text="Слово. " * 4))
        for number in range(5):
            store(db.connection, article(url=f"https://vesti.example/{number}", title="Погода", text="Дождь."))
    assert [row["title"] for row in search(db.connection, "бюджет")] == ["Бюджет принят", "Итоги дня"]


def test_reader_can_search_while_a_crawl_writes(news: Opened) -> None:
    reader = open_readonly(news.path)
    with news.writing():
        store(news.connection, article(url="https://vesti.example/new", title="Токаев прибыл", text="Да."))
        assert len(search(reader, "прибыл")) == 0
    assert len(search(reader, "прибыл")) == 1
    reader.close()


@pytest.mark.parametrize(
    ("word", "stem"),
    [("токаев", "токаев"), ("токаева", "токаев"), ("сатпаева", "сатпаев"), ("окно", "окно"), ("мама", "мама"), ("банка", "банк"),
     ("астана", "астан"), ("астанада", "астана"), ("голосов", "голос"), ("қазақстанның", "қазақстан"), ("elections", "election")],
)  # fmt: skip
def test_one_ending_is_cut_and_never_below_four_letters(word: str, stem: str) -> None:
    assert stem_of(word) == stem


def test_capital_with_a_dot_does_not_cut_its_word_in_two() -> None:
    assert match_expression("İstanbul") == '("istanbul"*)'


def test_spellings_are_few() -> None:
    assert spellings("кітап") == ["кітап", "кітабы", "кітабі", "кітаби", "кітабү"]
    assert set(spellings("кітаб")) >= {"кітаб", "кітап", "кітабы"}
    assert set(spellings("ещё")) == {"ещё", "еще", "ёще"}
    assert len(spellings("е" * 40 + "к")) <= 60


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, {"ru", "kk", "undated"}),
        ({"site": "drugie_example"}, {"kk"}),
        ({"site": "nobody"}, set()),
        ({"language": "ru"}, {"ru", "undated"}),
        ({"since": date(2024, 5, 2)}, {"ru"}),
        ({"until": date(2024, 5, 1)}, {"kk"}),
        ({"since": date(2024, 4, 30), "until": date(2024, 5, 2), "language": "kk"}, {"kk"}),
    ],
)
def test_search_is_narrowed_by_site_language_and_day(db: Opened, chosen: dict[str, Any], names: set[str]) -> None:
    written = [
        ("ru", SITE, "ru", date(2024, 5, 2)),
        ("kk", "drugie_example", "kk", date(2024, 5, 1)),
        ("undated", SITE, "ru", None),
    ]
    with db.writing():
        for name, site, language, day in written:
            told = article(
                url=f"https://vesti.example/{name}", title="Мост", text=name, language=language, published_day=day
            )
            store(db.connection, told, site=site)
    assert {row["url"].rpartition("/")[2] for row in search(db.connection, "мост", **chosen)} == names
