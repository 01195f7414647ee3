"""`newscrawl diff`: what changed between two versions, for people and for programs."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cli.word_diff import MOST_COMPARED, Piece, word_diff
from tests.cli.conftest import Invoke
from tests.cli.stored import writing
from tests.store.samples import URL, after, article, store

TEXT = "Движение по мосту началось утром.\n\nПервым проехал автобус.\n\nПаром остался."
SECOND = TEXT.replace("утром", "вечером, после дождя").replace("Паром остался.", "Паром продали.\n\nЛодки тоже.")
THIRD = SECOND.replace("Первым проехал автобус.\n\n", "")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An article of three versions."""
    with writing(tmp_path) as connection:
        store(connection, article(text=TEXT))
        store(connection, article(text=SECOND, title="Мост через Ишим закрыли"), after(hours=2))
        store(
            connection, article(text=THIRD, title="Мост через Ишим закрыли", authors=("Иван Петров",)), after(hours=4)
        )
        store(connection, article(url="https://vesti.example/one"))
    return tmp_path


def test_the_last_change_is_shown_by_default(invoke: Invoke, data: Path) -> None:
    result = invoke("diff", URL, "--data", data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        URL,
        "version 2  2024-05-02T14:00:00+00:00  edit of text, title, not announced",
        "version 3  2024-05-02T16:00:00+00:00  edit of text, authors, not announced",
        "authors    [-Айгуль Серикова, Иван Петров-]{+Иван Петров+}",
        "",
        "... 1 paragraph as before",
        "[-Первым проехал автобус.-]",
        "... 2 paragraphs as before",
    ]


def test_any_two_versions_are_compared_word_by_word(invoke: Invoke, data: Path) -> None:
    lines = invoke("diff", URL, "--from", 1, "--to", 2, "--data", data).stdout.splitlines()
    assert lines[3:] == [
        "title      Мост через Ишим [-открыли-]{+закрыли+}",
        "",
        "Движение по мосту началось [-утром.-]{+вечером, после дождя.+}",
        "... 1 paragraph as before",
        "Паром [-остался.-]{+продали.+}",
        "{+Лодки тоже.+}",
    ]


def test_programs_get_the_pieces(invoke: Invoke, data: Path) -> None:
    record = json.loads(invoke("diff", URL, "--from", 1, "--to", 3, "--json", "--data", data).stdout)
    assert (record["url"], record["from"]["version"], record["to"]["version"]) == (URL, 1, 3)
    assert record["to"]["changed"] == ["text", "authors"]
    assert "".join(piece["text"] for piece in record["text"] if piece["kind"] != "removed") == THIRD


def test_colours_are_for_terminals_only(invoke: Invoke, data: Path) -> None:
    assert "\x1b" not in invoke("diff", URL, "--data", data).stdout
    assert "\x1b[31m[-Первым проехал автобус.-]\x1b[0m" in invoke("diff", URL, "--data", data, color=True).stdout


def test_a_withdrawal_is_no_change_of_words(invoke: Invoke, data: Path) -> None:
    with writing(data) as connection:
        connection.execute(
            "UPDATE articles SET status = 'gone', gone_at = '2024-05-03T12:00:00+00:00' WHERE url = ?", (URL,)
        )
        same = article(text=THIRD, title="Мост через Ишим закрыли", authors=("Иван Петров",))
        store(connection, same, after(days=3))
    assert "version 3" in invoke("diff", URL, "--data", data).stdout.splitlines()[2]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["https://vesti.example/one"], 1, "has one version: nothing has changed since it was first seen"),
        (["https://vesti.example/never\x1b[31m"], 1, "is no stored article"),
        ([URL, "--to", "4"], 2, "there is no version 4: the article has 3"),
        ([URL, "--from", "9"], 2, "there is no version 9"),
        ([URL, "--from", "0"], 2, "--from"),
    ],
)
def test_what_cannot_be_compared_is_said(
    invoke: Invoke, data: Path, arguments: list[str], code: int, said: str
) -> None:
    result = invoke("diff", *arguments, "--data", data)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert "\x1b" not in result.stderr


WORDS = st.lists(st.sampled_from(["слон", "мост", "и", "\n\n", "\n", " ", "да.", "\u202e"]), max_size=30).map(" ".join)


@given(WORDS, WORDS)
def test_what_stands_in_the_later_text_is_exactly_it(before: str, after_: str) -> None:
    pieces = word_diff(before, after_)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after_
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


def test_a_text_is_no_change_of_itself() -> None:
    assert word_diff(TEXT, TEXT) == [Piece("same", TEXT)]
    assert word_diff("", "") == []
    assert word_diff("", "Да.") == [Piece("added", "Да.")]


def test_texts_too_long_to_compare_by_words_are_compared_by_paragraphs_or_whole() -> None:
    paragraphs = [f"{' '.join(f'w{n * 7 + k}' for k in range(40))}\n\n" for n in range(400)]
    shuffled = [*paragraphs[200:], "новый абзац\n\n", *paragraphs[:200]]
    by_paragraph = word_diff("".join(paragraphs), "".join(shuffled))
    assert sum(len(piece.text) for piece in by_paragraph if piece.kind == "same") > len("".join(paragraphs)) / 3
    lines = ["\n".join(f"{word} {n}" for n in range(MOST_COMPARED + 1)) for word in ("слон", "мост")]
    assert [piece.kind for piece in word_diff(*lines)][:2] == ["removed", "added"]
