"""Candidates for near-duplicates: those that share a band, and never many."""

import random
from collections.abc import Sequence

import pytest

from newscrawl.store import near
from newscrawl.store.articles import near_candidates
from newscrawl.store.near import drop_bands
from tests.store.conftest import Opened
from tests.store.samples import after, article, store

MINIMA = 128


def signature(seed: int, same: float = 0.0, scheme: bytes = b"n1") -> bytes:
    """Minima drawn from a seed; a share of them are those of signature(0)."""
    draw, first = random.Random(seed), random.Random(0)
    pairs = [(first.getrandbits(32), draw.getrandbits(32)) for _ in range(MINIMA)]
    minima = [theirs if draw.random() < same else own for theirs, own in pairs]
    return scheme + b":" + b"".join(value.to_bytes(4, "little") for value in minima)


def fill(db: Opened, signatures: Sequence[bytes | None], **more: object) -> None:
    with db.writing():
        for number, one in enumerate(signatures):
            store(
                db.connection,
                article(url=f"https://vesti.example/{number}"),
                after(hours=number),
                near_signature=one,
                **more,
            )


def urls(db: Opened, asked: bytes, **more: object) -> list[str]:
    return [found.url.rpartition("/")[2] for found in near_candidates(db.connection, asked, **more)]  # type: ignore[arg-type]


def test_alike_texts_are_found_and_others_are_not(db: Opened) -> None:
    fill(
        db,
        [
            signature(0),
            *(signature(seed, 0.7) for seed in range(1, 40)),
            *(signature(seed) for seed in range(100, 140)),
        ],
    )
    found = urls(db, signature(0))
    assert found[0] == "0"
    assert set(found) == {str(number) for number in range(40)}


def test_candidate_brings_what_a_comparison_needs(db: Opened) -> None:
    fill(db, [signature(0)])
    (found,) = near_candidates(db.connection, signature(5, 0.9))
    assert (found.site, found.language, found.near_signature) == ("vesti_example", "ru", signature(0))


def test_signature_of_another_scheme_is_no_candidate(db: Opened) -> None:
    fill(db, [signature(0, scheme=b"n0")])
    assert urls(db, signature(0)) == []
    assert db.rows("SELECT near_scheme FROM articles") == [("n0",)]


def test_window_and_language_bound_the_question(db: Opened) -> None:
    fill(db, [signature(0), signature(0)])
    assert urls(db, signature(0), since=after(minutes=30)) == ["1"]
    assert urls(db, signature(0), language="kk") == []
    assert urls(db, signature(0), language="ru") == ["1", "0"]


def test_copies_stay_out_so_that_a_cluster_is_compared_once(db: Opened) -> None:
    fill(db, [signature(0)])
    with db.writing():
        copy = article(url="https://vesti.example/copy")
        store(db.connection, copy, near_signature=signature(0), copy_of="https://vesti.example/0")
    assert urls(db, signature(0)) == ["0"]


def test_text_in_fixed_words_does_not_make_the_question_long(db: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "PER_BAND", 3)
    fill(db, [signature(0)] * 8)
    assert sorted(urls(db, signature(0))) == ["5", "6", "7"]
    assert len(urls(db, signature(0), limit=2)) == 2


def test_edit_moves_an_article_to_its_new_bands(db: Opened) -> None:
    fill(db, [signature(0)])
    with db.writing():
        store(db.connection, article(url="https://vesti.example/0", text="Иначе."), near_signature=signature(9))
    assert urls(db, signature(0)) == []
    assert urls(db, signature(9)) == ["0"]


def test_new_title_alone_keeps_signature_and_bands(db: Opened) -> None:
    fill(db, [signature(0)])
    with db.writing():
        store(db.connection, article(url="https://vesti.example/0", title="Иначе"), near_signature=None)
    assert [found.near_signature for found in near_candidates(db.connection, signature(0))] == [signature(0)]


def test_short_text_has_no_bands(db: Opened) -> None:
    fill(db, [None])
    assert db.rows("SELECT count(*) FROM article_bands") == [(0,)]


def test_bands_of_old_articles_can_be_dropped(db: Opened) -> None:
    fill(db, [signature(0), signature(1), signature(2)])
    with db.writing():
        assert drop_bands(db.connection, after(minutes=90)) == 2 * near.BANDS
    assert urls(db, signature(0)) == []
    assert urls(db, signature(2)) == ["2"]
