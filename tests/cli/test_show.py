"""Whatever a value holds, what is shown obeys nobody."""

import json

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cli.show import json_text, plain, plain_text
from tests.cli.conftest import STEERS_A_TERMINAL

# Every code point, lone surrogates too: some pages hold them.
ANYTHING = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("\x1b\x9b\u202e\u2066\u061c\r\n\t\x00\ud800я[m")
)


@given(ANYTHING)
def test_a_line_is_one_line_of_the_same_length_and_can_be_written(value: str) -> None:
    shown = plain(value)
    assert len(shown) == len(value)
    assert not STEERS_A_TERMINAL.search(shown)
    assert not set("\t\n") & set(shown)
    shown.encode("utf-8")


@given(ANYTHING)
def test_a_text_keeps_its_lines(value: str) -> None:
    shown = plain_text(value)
    assert shown.count("\n") == value.count("\n")
    assert not STEERS_A_TERMINAL.search(shown)
    shown.encode("utf-8")


@given(st.dictionaries(ANYTHING, ANYTHING | st.none() | st.lists(ANYTHING)))
def test_json_loses_nothing(record: dict[str, object]) -> None:
    for indent in (None, 2):
        written = json_text(record, indent)
        assert json.loads(written) == record
        assert not STEERS_A_TERMINAL.search(written)
        written.encode("utf-8")


def test_a_long_value_is_cut_and_says_so() -> None:
    assert plain("слон " * 40_000) == "слон " * 100 + "... (199500 more characters)"
    assert plain(None) == ""
    assert plain(0) == "0"
