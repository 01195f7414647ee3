import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.fingerprint import is_copy, near_signature, similarity, text_hash

WIRE = (
    "Правительство утвердило план строительства трёх новых школ в северных районах области. Работы начнутся весной и "
    "займут два года, сообщили в управлении образования. Каждая школа примет шестьсот учеников, рядом построят "
    "спортивный зал и библиотеку. Жители посёлков ждали этого решения больше десяти лет: сейчас дети ездят на занятия "
    "за сорок километров, а зимой дорогу часто заносит снегом. Деньги выделены из областного бюджета, подрядчика "
    "выберут на открытом конкурсе до конца марта."
)
OTHER = (
    "Синоптики предупредили о сильном ветре на побережье озера в ближайшие выходные. Рыбакам советуют не выходить на "
    "лёд, а водителям отложить дальние поездки. По расчётам метеорологов, порывы достигнут двадцати метров в секунду, "
    "температура опустится до минус восемнадцати градусов, к понедельнику погода успокоится."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Он сказал: «да».", 'Он сказал: "да".'),
        ("Он сказал: „да“.", "Он сказал: “да”."),
        ("в 1990–1995 годах", "в 1990-1995 годах"),
        ("Он — врач", "Он - врач"),
        ("Первый абзац.\n\nВторой абзац.", "Первый абзац. Второй абзац."),
        ("слово\u00a0слово", "слово  слово"),
        ("пере\u00adнос", "перенос"),
        ("ждите…", "ждите..."),
        ("oʻzbek", "o'zbek"),
        ("« да »", "«да»"),
        ("й", "и\u0306"),
        ("\ufeffТекст\u200b", "Текст"),
    ],
)
def test_layout_and_typography_are_no_edit(one: str, other: str) -> None:
    assert text_hash(one) == text_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Погибли 3 человека", "Погибли 4 человека"),
        ("Он придёт", "Он не придёт"),
        ("Асанов", "асанов"),
        ("еще", "ещё"),
        ("5,5", "55"),
        ("текст", ""),
    ],
)
def test_an_edit_changes_the_hash(one: str, other: str) -> None:
    assert text_hash(one) != text_hash(other)


def test_values_name_their_scheme() -> None:
    assert text_hash("текст").startswith("t1:")
    signature = near_signature(WIRE)
    assert signature is not None
    assert signature.startswith(b"n1:")


def test_stored_values_stay_what_they_were() -> None:
    """A changed scheme needs a new name: values of the old one lie in people's databases."""
    assert text_hash("Он сказал: «да».") == "t1:3ac63d119c2009f9b227222640b513ad"
    signature = near_signature(WIRE)
    assert signature is not None
    assert signature[3:11].hex() == "515608040fbbe302"


def test_signature_is_the_same_in_every_process() -> None:
    code = f"from newscrawl.extraction.fingerprint import near_signature as n; print(n({WIRE!r}).hex())"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    signature = near_signature(WIRE)
    assert signature is not None
    assert shown.stdout.strip() == signature.hex()


def test_reprint_with_new_opening_and_call_to_subscribe_is_a_copy() -> None:
    reprint = "Алматы. 3 марта. " + WIRE.replace("трёх", "3-х") + "\n\nПодписывайтесь на наш канал."
    assert is_copy(near_signature(WIRE), near_signature(reprint))


def test_another_story_is_no_copy() -> None:
    assert not is_copy(near_signature(WIRE), near_signature(OTHER))


def test_half_of_a_text_is_no_copy_of_it() -> None:
    assert not is_copy(near_signature(WIRE), near_signature(WIRE[: len(WIRE) // 2]))


def test_short_text_has_no_signature_and_is_never_a_copy() -> None:
    assert near_signature("слово " * 29) is None
    assert near_signature("") is None
    assert near_signature("слово " * 30) is not None
    assert not is_copy(None, near_signature(WIRE))
    assert not is_copy(None, None)


def test_signature_of_another_scheme_is_refused() -> None:
    signature = near_signature(WIRE)
    assert signature is not None
    with pytest.raises(ValueError, match="scheme"):
        similarity(signature, b"n0:" + signature[3:])
    with pytest.raises(ValueError, match="scheme"):
        similarity(signature[:-1], signature)


@given(st.text(max_size=400))
def test_any_text_has_a_hash_that_spaces_do_not_change(text: str) -> None:
    assert text_hash(f" {text}\n") == text_hash(text)


@given(st.lists(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=6), min_size=30, max_size=60))
def test_a_text_is_like_itself(words: list[str]) -> None:
    signature = near_signature(" ".join(words))
    assert signature is None or similarity(signature, signature) == 1
