"""Plain words -> how likely they are in each language, by the counts of their letters in ones, twos and threes.

The profiles and the formula are langdetect's (alpha 0.5 over 10,000), the sum is our own: langdetect draws n-grams at
random until it is sure, which costs 0.3 to 2 ms a headline and gives other answers with another seed; all n-grams at
once as one sum cost 0.05 ms and give one answer. Languages that langdetect has no profile for come from `profiles/`.
"""

import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

ALPHA = 0.5 / 10_000
_LANGDETECT: dict[str, tuple[str, ...]] = {
    "Cyrl": ("ru", "uk", "bg", "mk"),
    "Latn": (
        *("en", "tr", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "ro", "hu", "fi", "sv", "no"),
        *("da", "et", "lv", "lt", "sq", "id", "tl", "vi", "sw", "so", "af", "ca", "cy"),
    ),
}
_OWN: dict[str, tuple[str, ...]] = {
    "Cyrl": ("kk", "ky", "uz-cyrl", "tg"),
    "Latn": ("uz", "kk-2021", "kk-2018", "kk-kazakparat", "kk-2017", "kk-ascii", "kk-passport"),
}


@dataclass(frozen=True, slots=True)
class LetterStatistics:
    """The profiles of one script: a row an n-gram, a column a profile, each cell the logarithm of its probability."""

    names: tuple[str, ...]
    rows: dict[str, int]
    table: npt.NDArray[np.float32]

    def score(self, words: str) -> tuple[npt.NDArray[np.float32], int]:
        """(log-likelihood by profile, n-grams counted) of words as `plain_words` gives them; unknown n-grams count as rare."""
        grams = [*words, *map("".join, zip(words, words[1:], strict=False)), *_threes(words)]
        known = [row for row in map(self.rows.get, grams) if row is not None]
        total = len(grams)
        return self.table[known].sum(axis=0, dtype=np.float32), total


def _threes(words: str) -> Iterator[str]:
    return map("".join, zip(words, words[1:], words[2:], strict=False))


@cache
def letter_statistics(script: str) -> LetterStatistics:
    """The statistics of "Cyrl" or "Latn", read once a process."""
    profiles = {name: _langdetect_profile(name) for name in _LANGDETECT[script]}
    profiles |= {name: _own_profile(name) for name in _OWN[script]}
    rows: dict[str, int] = {}
    for shares in profiles.values():
        for gram in shares:
            rows.setdefault(gram, len(rows))
    table = np.full((len(rows), len(profiles)), math.log(ALPHA), dtype=np.float32)
    for column, shares in enumerate(profiles.values()):
        for gram, share in shares.items():
            table[rows[gram], column] = math.log(ALPHA + share)
    return LetterStatistics(tuple(profiles), rows, table)


def _langdetect_profile(name: str) -> dict[str, float]:
    return _shares(json.loads(resources.files("langdetect").joinpath("profiles", name).read_bytes()))


def _own_profile(name: str) -> dict[str, float]:
    packed = resources.files(__package__).joinpath("profiles", f"{name}.json.gz").read_bytes()
    return _shares(json.loads(gzip.decompress(packed)))


def _shares(profile: dict[str, Any]) -> dict[str, float]:
    """Each n-gram's share among those of its length, capitals folded: langdetect counts them apart, headlines shout."""
    counts: dict[str, int] = defaultdict(int)
    for gram, count in profile["freq"].items():
        if gram.lower().isprintable() and len(gram.lower()) == len(gram):
            counts[gram.lower()] += count
    return {gram: count / profile["n_words"][len(gram) - 1] for gram, count in counts.items()}


def spellings_of(names: Iterable[str], code: str) -> list[int]:
    """The columns of one language's profiles: "kk" -> those of kk, kk-2021, kk-2018 ..."""
    return [column for column, name in enumerate(names) if name.split("-")[0] == code]
