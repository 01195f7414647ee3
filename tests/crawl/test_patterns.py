"""Forms of addresses, and how many of one form in a row may hold no article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl.patterns import BARREN_FATES, FRUITFUL_FATES, BarrenPatterns, address_pattern
from newscrawl.page import OPEN_FATES, Fate

HOME = "https://vesti.example"
SAME = [
    ("/calendar/2024/05/02", "/calendar/1999/1/31", "vesti.example/calendar/#/#/#"),
    ("/news/12345", "/news/6", "vesti.example/news/#"),
    ("/news/most-cherez-reku-otkryli-1001", "/news/shkola_na_beregu_5/", "vesti.example/news/*"),
    ("/a/deadbeef01", "/a/0123456789abcdef", "vesti.example/a/#"),
    ("/page?sort=up&p=1", "/page?p=77&sort=down", "vesti.example/page?p&sort"),
    ("/a/b/a/b/a/b/a", "/a/b/a/b/a/b/a/b/a/b", "vesti.example/a/b/a/b/a/b/..."),
    ("/%D0%BC%D0%BE%D1%81%D1%82-%D0%B8-%D1%80%D0%B5%D0%BA%D0%B0", "/одно-другое-третье", "vesti.example/*"),
    ("", "/", "vesti.example/"),
]
APART = [("/news/1", "/calendar/1"), ("/news/1", "/news/1/2"), ("/n?id=1", "/n?page=1"), ("/ru/1", "/kk/1")]


@pytest.mark.parametrize(("one", "other", "pattern"), SAME)
def test_addresses_of_one_form_have_one_pattern(one: str, other: str, pattern: str) -> None:
    assert address_pattern(HOME + one) == address_pattern(HOME + other) == pattern


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_forms_stay_apart(one: str, other: str) -> None:
    assert address_pattern(HOME + one) != address_pattern(HOME + other)


@given(st.text())
def test_any_text_has_a_pattern(text: str) -> None:
    assert isinstance(address_pattern(text), str)
    assert isinstance(address_pattern(f"https://vesti.example/{text}"), str)


def counted(*fates: Fate, most: int = 3) -> str | None:
    patterns = BarrenPatterns(most)
    for number, fate in enumerate(fates):
        patterns.note(f"{HOME}/calendar/{number}", fate)
    return patterns.refusal(f"{HOME}/calendar/4711")


@pytest.mark.parametrize("fate", sorted(BARREN_FATES))
def test_pages_without_a_new_article_close_their_pattern(fate: Fate) -> None:
    assert counted(fate, fate) is None
    assert counted(fate, fate, fate) == "the last 3 pages of the form vesti.example/calendar/# held no new article"


@pytest.mark.parametrize("fate", sorted(FRUITFUL_FATES))
def test_one_article_sets_the_count_back(fate: Fate) -> None:
    assert counted(Fate.EMPTY, Fate.EMPTY, fate, Fate.EMPTY, Fate.EMPTY) is None
    assert counted(Fate.EMPTY, Fate.EMPTY, Fate.EMPTY, fate) is None


@pytest.mark.parametrize("fate", sorted(set(Fate) - BARREN_FATES - FRUITFUL_FATES - OPEN_FATES))
def test_what_passes_or_is_an_honest_answer_says_nothing_of_a_pattern(fate: Fate) -> None:
    assert counted(*[fate] * 10) is None
    assert counted(Fate.EMPTY, Fate.EMPTY, fate, Fate.EMPTY) is not None


def test_a_pattern_says_nothing_of_another_one() -> None:
    patterns = BarrenPatterns(1)
    patterns.note(f"{HOME}/calendar/1", Fate.LISTING)
    assert patterns.refusal(f"{HOME}/news/1") is None
