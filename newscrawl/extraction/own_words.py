"""The words of a sentence -> those that tell its language: without names, and without what another language lent."""

import re

MARKED_LETTERS = frozenset("әғқңөұүһіїєґўҳҷӣӯ")
"""Cyrillic letters that Russian has not."""
FOREIGN_WORDS = 3
"""A language is ruled out when every third common word has a letter that it lacks: "Онда президент ... және" is no Russian."""
_CENTRAL_ASIAN = re.compile("[әғқңөұүһўҳҷӣӯӘҒҚҢӨҰҮҺЎҲҶӢӮ]")
_CENTRAL_ASIAN_OR_I = re.compile("[әғқңөұүһіўҳҷӣӯӘҒҚҢӨҰҮҺІЎҲҶӢӮ]")


def common_words(words: list[str]) -> list[str]:
    """A sentence without its names: the first word and all that have no capital; all of it where nothing else is left."""
    common = [word for word in words[1:] if word[0].islower()]
    return [words[0], *common] if common else words


def words_around_names(words: list[str]) -> tuple[list[str], list[str]] | None:
    """(all words, the common ones) around names with Central Asian letters; None where there are no such names or little else.

    Russian headlines quote «Қазақтелеком» and Ұлттық құрылтай as they are written; these letters would outshout the rest.
    """
    if not _CENTRAL_ASIAN.search(" ".join(words)):
        return None
    around = [word for word in words if not _CENTRAL_ASIAN_OR_I.search(word)]
    common = [word for word in around if word[0].islower()]
    if len(common) < 2 or len(around) * 2 < len(words) or not _only_in_names(words):
        return None
    return around, common


def opens_with_name(words: list[str]) -> bool:
    """Whether the first word has a Central Asian letter."""
    return bool(_CENTRAL_ASIAN_OR_I.search(words[0]))


def are_foreign(words: list[str], alphabet: frozenset[str]) -> bool:
    """Whether marked letters that the alphabet lacks stand in every third common word."""
    marks = MARKED_LETTERS.intersection("".join(words).lower()) - alphabet
    if not marks:
        return False
    common = [word.lower() for word in common_words(words)]
    return sum(not marks.isdisjoint(word) for word in common) * FOREIGN_WORDS >= len(common)


def foreign_share(words: list[str], alphabet: frozenset[str]) -> float:
    """The share of the letters of the common words that the alphabet lacks; one letter alone does not count."""
    letters = "".join(common_words(words)).lower()
    foreign = sum(map(letters.count, set(letters) - alphabet))
    return foreign / len(letters) if foreign > 1 else 0.0


def _only_in_names(words: list[str]) -> bool:
    """Whether the words with Central Asian letters stand only in names, which a capital opens."""
    in_name = False
    for place, word in enumerate(words):
        marked = bool(_CENTRAL_ASIAN_OR_I.search(word))
        if marked and not (in_name or word[0].isupper()):
            return False
        # The capital of the first word is the sentence's, not a name's.
        in_name = marked or (word[0].isupper() and place > 0)
    return True
