"""Function words and endings settle what letters leave open, and nothing depends on them."""

import re
from itertools import product

import pytest

from newscrawl.extraction import jury
from newscrawl.extraction.function_words import STEM_LETTERS, ending_of, endings, function_words
from newscrawl.extraction.language import identify_language
from tests.extraction.test_language import KAZAKH, KYRGYZ, RUSSIAN, TAJIK, UKRAINIAN, UZBEK

LOANWORDS_AND_NAMES = (
    "Парламенттин спикери Ивановдун интервьюсу",
    "Университеттин ректору",
    "Олимпиаданын чемпиону Соколов",
    "Барселонанын полузащитниги",
    "Режиссёр Петровдун драматургиялык эксперименти",
    "Джонсондун пресс-конференциясы",
    "Трактористтин инструменттери",
)


@pytest.mark.parametrize("text", LOANWORDS_AND_NAMES)
def test_kyrgyz_of_loanwords_and_names_is_known_by_its_endings(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert identify_language(text).code == "ky"
    monkeypatch.setattr(jury, "ending_of", lambda word, known: None)
    assert identify_language(text).code == "ru"


def test_kyrgyz_of_names_is_known_by_its_conjunction(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Финалда Испания менен Италия"
    assert identify_language(text).code == "ky"
    monkeypatch.setattr(jury, "FUNCTION_WORD_LEAD", 0.0)
    assert identify_language(text).code == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "Гражданин и господин",
        "Доктору и директору",
        "Вкусный шашлык на даче",
        "Союз республик",
        "Новый ролик певицы",
        "Калинин и Никитин сыграют в финале",
        "До финиша осталась секунда",
    ],
)
def test_russian_words_that_end_alike_stay_russian(text: str) -> None:
    assert identify_language(text).code == "ru"


@pytest.mark.parametrize("word", ["гражданин", "никитин", "бородин", "директору", "семинару", "республик", "флорида", "секунда", "клык", "каблук", "сундук"])  # fmt: skip
def test_what_russian_words_end_in_is_no_ending(word: str) -> None:
    assert ending_of(word, {ending: [0] for ending in endings("Cyrl")}) is None


@pytest.mark.parametrize(
    ("word", "language"),
    [("президенттин", "ky"), ("партиясынын", "ky"), ("экономикалык", "ky"), ("облусундагы", "ky"), ("экономикалық", "kk"),
     ("партияның", "kk"), ("вазирликнинг", "uz"), ("шаҳарлардан", "uz"), ("мактабҳои", "tg")],
)  # fmt: skip
def test_noun_shows_its_language(word: str, language: str) -> None:
    known = {ending: [language in languages] for ending, languages in endings("Cyrl").items()}
    assert ending_of(word, known) == [True]


def test_sisters_share_the_endings_that_both_have() -> None:
    assert set(endings("Cyrl")["лары"]) == {"kk", "ky", "tt", "ba"}
    assert endings("Latn") == {}


def test_ending_needs_a_stem() -> None:
    known = {"лык": [1]}
    assert STEM_LETTERS == 3
    assert [ending_of(word, known) for word in ("лык", "улык", "шаалык")] == [None, None, [1]]


@pytest.mark.parametrize(
    "text",
    [
        "Семинар по проект на ЕС за екология в района на Видин",
        "Министър на финансите на Германия на посещение в Москва",
        "Президент на ФИФА за турнира в Катар",
        "Марш за мир в Москва от театър до парк",
    ],
)
def test_words_that_a_neighbour_shares_are_no_evidence_against_it(text: str) -> None:
    assert identify_language(text).code == "bg"


@pytest.mark.parametrize("script", ["Cyrl", "Latn"])
def test_jury_knows_every_language_of_the_lists(script: str) -> None:
    languages = set(jury.jury(script).languages)
    assert {language for known in function_words(script).values() for language in known} <= languages
    assert {language for known in endings(script).values() for language in known} <= languages


def test_lists_hold_no_word_of_content() -> None:
    words = [word for script in ("Cyrl", "Latn") for word in function_words(script)]
    assert max(map(len, words)) <= 10
    assert all(re.fullmatch(r"[^\W\d_]+(?:'[^\W\d_]*)*", word) for word in words)


def test_without_its_word_lists_it_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jury, "FUNCTION_WORD_LEAD", 0.0)
    plain = {"kk": KAZAKH, "ru": RUSSIAN, "ky": KYRGYZ, "uz": UZBEK, "tg": TAJIK, "uk": UKRAINIAN}
    for (code, text), shown in product(plain.items(), (str, str.upper)):
        assert identify_language(shown(text[:40])).code == code
