"""A long article's language is judged by a sample, and by the whole text where the sample is not of one mind."""

from random import Random

import pytest

from newscrawl.demo.story import read_stories
from newscrawl.extraction import language
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.jury import Jury
from newscrawl.extraction.language import identify_draft_language

PARAGRAPHS = {
    code: [p for folder in ("kokzhiek", "altynbel", "stepnoy", "chabarman") for s in read_stories(folder) if s.language == code for p in s.paragraphs]
    for code in ("ru", "kk", "en", "ky", "uz")
}  # fmt: skip


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters were cut into pieces, call by call."""
    lengths: list[int] = []
    pieces_of = language.pieces_of

    def counted(text: str) -> list[language.Piece]:
        lengths.append(len(text))
        return pieces_of(text)

    monkeypatch.setattr(language, "pieces_of", counted)
    return lengths


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_long_article_is_judged_by_a_sample(code: str, judged: list[int]) -> None:
    text = "\n\n".join(PARAGRAPHS[code] * 5)
    found = identify_draft_language(Draft(url="u", text=text), None)
    assert found.language == code
    assert sum(judged) < 2 * language.SAMPLE_CHARACTERS < len(text)


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_article_of_one_paragraph_is_judged_by_more_than_its_first_words(code: str, judged: list[int]) -> None:
    text = " ".join(PARAGRAPHS[code] * 3)
    assert identify_draft_language(Draft(url="u", text=text), None).language == code
    assert judged[0] > language.SAMPLE_CHARACTERS / 2


@pytest.mark.parametrize(("code", "other"), [(a, b) for a in PARAGRAPHS for b in ("ru", "en") if a != b])
def test_mixed_article_has_the_language_of_its_greater_part(code: str, other: str) -> None:
    for seed in range(5):
        mixed = [*PARAGRAPHS[code][:12], *PARAGRAPHS[other][:5]]
        Random(seed).shuffle(mixed)
        assert identify_draft_language(Draft(url="u", text="\n\n".join(mixed)), None).language == code


def test_article_that_changes_its_language_is_judged_whole(judged: list[int]) -> None:
    text = "\n\n".join([*PARAGRAPHS["ru"][:8], *PARAGRAPHS["kk"][:10]])
    assert identify_draft_language(Draft(url="u", text=text), None).language == "kk"
    assert judged[-1] == len(text)


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_plain_letters_give_the_answer_that_both_witnesses_give(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    beginnings = [" ".join(paragraph.split()[:7]) for paragraph in PARAGRAPHS[code]]
    alone: list[bool] = []
    is_plain = Jury._is_plain
    monkeypatch.setattr(Jury, "_is_plain", lambda *asked: alone.append(is_plain(*asked)) or alone[-1])
    answers = [language.identify_language(text).code for text in beginnings]
    assert sum(alone) >= len(alone) / 5  # else the slow witness is asked for nearly every headline
    monkeypatch.setattr(Jury, "_is_plain", lambda *asked: False)
    assert [language.identify_language(text).code for text in beginnings] == answers
