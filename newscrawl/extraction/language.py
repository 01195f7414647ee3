"""A text or a read page -> the language that it is written in, its script, and how sure that is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from math import exp

from newscrawl.article import Script
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.pieces import Piece, pieces_of
from newscrawl.site import Site

SHARPNESS = 3.0
"""Turns a lead into a probability: of pieces that lead by 0.3 seven in ten are right, of those that lead by 1.0 95 in 100."""
CLEAR_LEAD = 1.3
"""Who is further behind gets no vote: two in a hundred at most would be due."""
SECTION_LETTERS = 20
SECTION_LEAD = 0.3
NAMES_LEAD = 0.6
ONE_WORD_LEAD = 1.2
"""The lead that a text shorter than a piece needs to be called a language at all: names ("Джон Эдвард") look alike in all."""
TITLE_VOTES = 2.0
SAMPLE_CHARACTERS = 800
SHORTEST_PART = 120
UNANIMOUS = 0.8
"""An article's text is judged by the beginnings of some paragraphs, and whole where these are not of one mind: the same answer
on 2,000 texts, pure and mixed, at a third of the CPU."""
MIN_SHARE = 0.35
"""Share of the votes without which no language is the article's own: a page of many languages in equal parts has none."""


@dataclass(frozen=True, slots=True)
class Language:
    """code: ISO 639-1 (639-3 where that has none), None when the text says nothing; confidence: 0..1, None without a code."""

    code: str | None
    script: Script | None
    confidence: float | None


UNKNOWN = Language(None, None, None)


def identify_language(text: str, languages: Iterable[str] | None = None) -> Language:
    """The language of a text. `languages`: those that are expected; they win ties, other languages can still be found."""
    return _elect([(piece, 1.0) for piece in pieces_of(text)], frozenset(languages or ()))


def identify_draft_language(draft: Draft, site: Site | None) -> Draft:
    """The draft with language, script and language_confidence, by the votes of its title, lead and text.

    What `<html lang>` claims has no vote: real sites leave their template's "ru" on English and Kazakh articles.
    """
    ballot = [(piece, TITLE_VOTES) for part in (draft.title, draft.lead) if part for piece in pieces_of(part)]
    expected = frozenset(site.languages if site else ())
    found = _elect(ballot + [(piece, 1.0) for piece in pieces_of(_sample(draft.text))], expected)
    if len(draft.text) > SAMPLE_CHARACTERS and (found.confidence or 0.0) < UNANIMOUS:
        found = _elect(ballot + [(piece, 1.0) for piece in pieces_of(draft.text)], expected)
    return replace(draft, language=found.code, script=found.script, language_confidence=found.confidence)


def _sample(text: str) -> str:
    """The text, or of a long one the beginnings of evenly taken paragraphs."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    paragraphs = [p for line in text.split("\n") if (p := line.strip())]
    longest = max(SHORTEST_PART, SAMPLE_CHARACTERS // len(paragraphs))
    parts = [p if len(p) <= longest else p[:longest].rsplit(None, 1)[0] for p in paragraphs]
    step = -(-sum(map(len, parts)) // SAMPLE_CHARACTERS)
    return "\n".join(parts[::step])


def _elect(ballot: list[tuple[Piece, float]], expected: Collection[str]) -> Language:
    votes: dict[tuple[str, Script | None], float] = defaultdict(float)
    alone = len(ballot) == 1
    for piece, factor in ballot:
        for language, share in _opinions(piece, expected, alone):
            votes[language, piece.script] += share * piece.weight * factor
    if not votes:
        return UNKNOWN
    (code, script), most = max(votes.items(), key=lambda vote: (vote[1], vote[0][0]))
    share = most / sum(votes.values())
    return Language(code, script, round(share, 3)) if share >= MIN_SHARE else UNKNOWN


def _opinions(piece: Piece, expected: Collection[str], alone: bool) -> Iterator[tuple[str, float]]:
    """(language, probability) of those worth a vote; nothing for a piece that says nothing."""
    if all(len(word) < 5 and word.isupper() for word in piece.words):
        return  # KZT, USD, FC, IMG
    if piece.script not in {"Cyrl", "Latn"}:
        yield from _heard(piece)
        return
    from newscrawl.extraction.jury import jury

    judges = jury(piece.script)
    scores = judges.scores(piece.words, expected)
    top = float(scores.max())
    rivals = sorted(
        ((float(scores[at]), judges.languages[at]) for at in (scores > top - CLEAR_LEAD).nonzero()[0]), reverse=True
    )
    if alone and len(rivals) > 1 and rivals[0][0] - rivals[1][0] < _lead_needed(piece.words):
        return
    odds = [exp(SHARPNESS * (score - top)) for score, _ in rivals]
    yield from ((language, share / sum(odds)) for (_, language), share in zip(rivals, odds, strict=True))


def _lead_needed(words: list[str]) -> float:
    letters = sum(map(len, words))
    if len(words) == 1:
        return ONE_WORD_LEAD
    if len(words) < 4 and all(word[0].isupper() and not word.isupper() for word in words):
        return NAMES_LEAD
    return SECTION_LEAD if letters < SECTION_LETTERS else 0.0


def _heard(piece: Piece) -> Iterator[tuple[str, float]]:
    """What py3langid hears in scripts that have no statistics here: Arabic, Georgian, Armenian, Chinese ..."""
    from newscrawl.extraction.witness import witness

    text = " ".join(piece.words).lower()
    if "\u0674" in text:
        yield "kk", 1.0  # the high hamza opens soft words in the Kazakh of China, and is written in no other language
        return
    judge = witness(piece.script)
    scores, scale = judge.score(text)
    scores = scores / scale
    best = int(scores.argmax())
    if judge.languages[best] != "zxx":
        yield judge.languages[best], 1.0
