"""Words -> how likely they are in each language, by the counts of their letters in ones, twos and threes.

The profiles and the formula are langdetect's (alpha 0.5 over 10,000), the sum is our own: langdetect draws n-grams at
random until it is sure, which costs 0.3 to 2 ms a headline and gives other answers with another seed; all n-grams at
once as one sum cost 0.04 ms and give one answer. Languages that langdetect has no profile for come from `profiles/`.
"""

import gzip
import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

ALPHA = 0.5 / 10_000
FOREIGN_SHARE = 3e-4
"""A letter that makes up less of a language's text than this is none of its own: w in Kazakh, ц in Tajik."""
FOREIGN_COST = 1.0
"""What a foreign letter costs beyond its rarity ..."""
MARKED_COST = 6.0
"""... and one that Russian has not: a text with ә is no Russian, with ң no Ukrainian, whatever names stand around it."""
RUSSIAN_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
LANGDETECT_PROFILES: dict[str, tuple[str, ...]] = {
    "Cyrl": ("ru", "uk", "bg", "mk"),
    "Latn": (
        # Those that are met on news sites beside ours; py3langid knows the rest.
        *("en", "tr", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ro", "hu", "sv", "fi", "id"),
    ),
}
OWN_PROFILES: dict[str, tuple[str, ...]] = {
    "Cyrl": ("kk", "ky", "uz-cyrl", "tg"),
    "Latn": ("uz", "kk-2021", "kk-2018", "kk-kazakparat", "kk-2017", "kk-ascii", "kk-passport"),
}
# Uzbek's two letters with an apostrophe count as one letter each, written as in the alphabet draft of 2021: as "o " and
# "g " they would be lost at the word's break. Not the English possessive: "King's".
_UZBEK_LETTER = re.compile(r"([og])'(?=[^\W\d_])(?!s\b)")
_UZBEK_SIGN = {"o": "õ", "g": "ğ"}


@dataclass(frozen=True, slots=True)
class LetterStatistics:
    """The profiles of one script: a row an n-gram, a column a profile, each cell the logarithm of its probability."""

    names: tuple[str, ...]
    rows: dict[str, int]
    table: Scores
    alphabets: tuple[frozenset[str], ...]

    def score(self, words: str) -> tuple[Scores, int]:
        """(log-likelihood by profile, n-grams known to any of them) of words as `count_ready` gives them."""
        pairs = list(map(add, words, words[1:]))
        known = list(filter(None, map(self.rows.get, chain(words, pairs, map(add, pairs, words[2:])))))
        return np.add.reduce(self.table[known]), len(known)


def count_ready(words: str) -> str:
    """Lower-case words between single spaces -> the same, with a space at both ends and apostrophes as profiles have them."""
    if "'" in words:
        words = _UZBEK_LETTER.sub(lambda letter: _UZBEK_SIGN[letter[1]], words).replace("'", " ")
    return f" {words} "


@cache
def letter_statistics(script: str) -> LetterStatistics:
    """The statistics of "Cyrl" or "Latn", read once a process."""
    profiles = {name: _langdetect_profile(name) for name in LANGDETECT_PROFILES[script]}
    profiles |= {name: _own_profile(name) for name in OWN_PROFILES[script]}
    rows: dict[str, int] = {" ": 0}  # never asked for, so that 0 can stand for "no profile has it"
    for shares in profiles.values():
        for gram in shares:
            rows.setdefault(gram, len(rows))
    alphabets = tuple(
        frozenset(g for g, share in p.items() if len(g) == 1 and share > FOREIGN_SHARE) for p in profiles.values()
    )
    letters = {gram for gram in rows if len(gram) == 1} - {" "}
    table = np.full((len(rows), len(profiles)), math.log(ALPHA), dtype=np.float32)
    for column, shares in enumerate(profiles.values()):
        at = [rows[gram] for gram in shares]
        table[at, column] = np.log(ALPHA + np.fromiter(shares.values(), dtype=np.float32, count=len(shares)))
        for letter in letters - alphabets[column]:
            marked = script == "Cyrl" and letter not in RUSSIAN_LETTERS
            table[rows[letter], column] -= MARKED_COST if marked else FOREIGN_COST
    return LetterStatistics(tuple(profiles), rows, table, alphabets)


def _langdetect_profile(name: str) -> dict[str, float]:
    return _shares(json.loads(resources.files("langdetect").joinpath("profiles", name).read_bytes()))


def _own_profile(name: str) -> dict[str, float]:
    packed = resources.files("newscrawl.extraction").joinpath("profiles", f"{name}.json.gz").read_bytes()
    return _shares(json.loads(gzip.decompress(packed)))


def _shares(profile: dict[str, Any]) -> dict[str, float]:
    """Each n-gram's share among those of its length, capitals folded: langdetect counts them apart, headlines shout."""
    counts: dict[str, int] = {}
    for gram, count in profile["freq"].items():
        folded = gram.lower()
        counts[folded] = counts.get(folded, 0) + count
    lengths = profile["n_words"]
    return {gram: count / lengths[len(gram) - 1] for gram, count in counts.items() if len(gram) <= len(lengths)}
