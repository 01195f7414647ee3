"""The words of one piece of text -> a score for each language, from two witnesses and what is known beforehand.

Letter statistics (langdetect's profiles and our own) know Kazakh in every spelling and are sure on short pieces;
py3langid knows the languages that have no profile here. Each is divided by the square root of its length, as py3langid
does to keep its probabilities calibrated; what is expected beforehand is added, so it decides short pieces only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from newscrawl.extraction.function_words import ending_of, endings, function_words
from newscrawl.extraction.letter_statistics import (
    RUSSIAN_LETTERS,
    LetterStatistics,
    Scores,
    count_ready,
    letter_statistics,
)
from newscrawl.extraction.own_words import are_foreign, foreign_share, opens_with_name, words_around_names
from newscrawl.extraction.witness import Witness, witness

Places = npt.NDArray[np.intp]

STATISTICS_WEIGHT = 0.3
WITNESS_WEIGHT = 0.5
HOME = frozenset({"kk", "ru", "en", "ky", "uz", "tg"})
NEIGHBOURS = frozenset({"uk", "tr"})
HOME_LEAD = 1.0
NEIGHBOUR_LEAD = 0.9
"""What a language of Central Asia and one of its neighbours has ahead of Bulgarian or Basque: a word's worth."""
SMALL_PROFILES = frozenset({"ky", "uz", "tg"})
SMALL_PROFILE_LEAD = 0.25
"""Profiles from 60 to 72 kB of text know fewer n-grams than langdetect's, so that each text fits them less than it should:
with this lead ky gains 1 headline in 1,000 and uz 4. Kazakh's is as small, but needs no lead: with it uz loses 2."""
EXPECTED_LEAD = 0.4
"""What a language of the site has ahead of the others: it wins ties, and loses to a plain sentence of another."""
UNPROFILED_COST = 0.3
"""By how much (an n-gram) a language without a profile is taken to fit worse than the best that has one."""
UNWITNESSED_COST = 1.0
"""How far Latin Kazakh, which py3langid does not know, is taken to stand behind the Turkic language that it names instead."""
TURKIC_RELATIVES = ("tr", "az", "tk", "crh", "uz")
VETOED = -1e6
FUNCTION_WORD_LEAD = 4.0
"""What a function word or an ending adds to its language, over the square root of the text's length: two settle a near tie.
With 2.0 ky loses 3 headlines in 1,000 and uz 2 (6 of its sentences); with 5.0 tr loses 1 sentence."""
PLAIN_LEAD = 1.0
PLAIN_UNKNOWN = 0.05
"""A home language this far ahead, and fewer unknown n-grams (a share), need no second witness: see `_is_plain`."""
RUSSIAN_AHEAD = 0.3
RUSSIAN_AHEAD_OF_FIRST = 1.0
"""How far the rest must be Russian rather than anything else; further where a Kazakh word opens, as Kazakh sentences do."""
# Foreign letters in a text before its language is struck out. Measured: 99.5 % of own texts have less, 95 % of Turkmen
# called Latin Kazakh, of Azerbaijani, and half of Karakalpak called Kazakh have more.
FOREIGN_SHARE = {"Cyrl": 0.02, "Latn": 0.045}
_PASSABLE = {"Cyrl": RUSSIAN_LETTERS | frozenset("abcdefghijklmnopqrstuvwxyz' "), "Latn": frozenset("'õ ")}
_STRUCK_OUT = {"Cyrl": frozenset({"kk", "ky", "uz", "tg"}), "Latn": frozenset({"kk"})}


@dataclass(frozen=True, slots=True)
class Jury:
    """One script's languages: first those with profiles (`starts`: where each one's columns begin), then the rest."""

    script: str
    statistics: LetterStatistics
    witness: Witness
    languages: tuple[str, ...]
    starts: Places
    alphabets: tuple[frozenset[str], ...]
    heard_at: Places
    relatives: Places
    kazakh: int
    russian: int
    rivals: Places
    grammar: Mapping[str, list[int]]
    endings: Mapping[str, list[int]]
    lead: Scores
    ruled_out: Scores

    def scores(self, words: list[str], expected: Collection[str] = ()) -> Scores:
        """A score for each of `languages`; differences count, not the values."""
        words = self._own_words(words)
        lower = " ".join(words).lower()
        ready = count_ready(lower)
        likely, grams = self.statistics.score(ready)
        fit = np.maximum.reduceat(likely, self.starts) * (STATISTICS_WEIGHT / (grams or 1) ** 0.5)
        plain = self._is_plain(ready, likely, fit, grams)
        scores = self.ruled_out.copy()
        scores[: len(fit)] = fit
        if not plain:
            scores[len(fit) :] = fit.max() - UNPROFILED_COST * STATISTICS_WEIGHT * grams**0.5
            scores += self._witnessed(lower)
            self._add_grammar(scores, lower)
        scores += self.lead
        for language in expected:
            if language in self.languages:
                scores[self.languages.index(language)] += EXPECTED_LEAD
        if not plain:
            self._strike_out(scores, words, likely)
        return scores

    def _is_plain(self, ready: str, likely: Scores, fit: Scores, grams: int) -> bool:
        """Whether the letters say it all: a home language far ahead, no foreign letter, next to no unknown n-gram.

        Half of all headlines are; asking py3langid too would change none of 6,700 of them and cost as much again. Of 450
        texts in languages that are none of ours not one was taken for plain.
        """
        best = int(fit.argmax())
        if self.languages[best] not in HOME or np.count_nonzero(fit > fit[best] - PLAIN_LEAD) > 1:
            return False
        unknown = 3 * len(ready) - 1 - 2 * ready.count(" ") - grams
        return unknown < PLAIN_UNKNOWN * grams and self._alphabet(best, likely).issuperset(ready)

    def _own_words(self, words: list[str]) -> list[str]:
        """What is plainly Russian around Kazakh names is judged without them; anything else keeps its words."""
        parts = words_around_names(words) if self.script == "Cyrl" else None
        if not parts:
            return words
        likely, grams = self.statistics.score(count_ready(" ".join(parts[1])))
        ahead = float(likely[self.russian] - likely[self.rivals].max()) * STATISTICS_WEIGHT / (grams or 1) ** 0.5
        return parts[0] if ahead > (RUSSIAN_AHEAD_OF_FIRST if opens_with_name(words) else RUSSIAN_AHEAD) else words

    def _witnessed(self, lower: str) -> Scores:
        heard, scale = self.witness.score(f" {lower} ".replace("'", "ʻ"))
        by_language = heard[self.heard_at]
        if self.script == "Latn":
            by_language[self.kazakh] = heard[self.relatives].max() - UNWITNESSED_COST * scale
        return by_language * np.float32(WITNESS_WEIGHT / scale)

    def _add_grammar(self, scores: Scores, lower: str) -> None:
        lead = FUNCTION_WORD_LEAD / len(lower) ** 0.5
        for word in lower.split():
            if known := self.grammar.get(word) or ending_of(word, self.endings):
                scores[known] += lead

    def _strike_out(self, scores: Scores, words: list[str], likely: Scores) -> None:
        """Rule out languages whose alphabet lacks what the text is written with: Turkmen is no Latin Kazakh.

        Names are left aside: "WNED Buffalo" may stand in a Kazakh sentence.
        """
        best = int(scores.argmax())
        while best < len(self.starts) and scores[best] > VETOED and self._is_foreign_to(best, words, likely):
            scores[best] = VETOED
            best = int(scores.argmax())

    def _is_foreign_to(self, language: int, words: list[str], likely: Scores) -> bool:
        if self.languages[language] in _STRUCK_OUT[self.script]:
            return foreign_share(words, self._alphabet(language, likely)) > FOREIGN_SHARE[self.script]
        return self.script == "Cyrl" and are_foreign(words, self._alphabet(language, likely))

    def _alphabet(self, language: int, likely: Scores) -> frozenset[str]:
        """The letters of the language, in the spelling that fits best."""
        first, end = int(self.starts[language]), [*self.starts[1:], len(likely)][language]
        return self.alphabets[first + (int(likely[first:end].argmax()) if end - first > 1 else 0)]


@cache
def jury(script: str) -> Jury:
    """The jury of "Cyrl" or "Latn", called together once a process."""
    statistics = letter_statistics(script)
    profiled: list[str] = []
    starts: list[int] = []
    for language, columns in groupby(enumerate(statistics.names), key=lambda column: column[1].split("-")[0]):
        profiled.append(language)
        starts.append(next(columns)[0])
    heard = witness(script)
    languages = (*profiled, *(language for language in heard.languages if language not in profiled))
    return Jury(
        script,
        statistics,
        heard,
        languages,
        np.array(starts, np.intp),
        tuple(alphabet | _PASSABLE[script] for alphabet in statistics.alphabets),
        # Latin Kazakh was never heard of: any place does, it is overwritten.
        np.array([heard.languages.index(x) if x in heard.languages else 0 for x in languages], np.intp),
        np.array([heard.languages.index(x) for x in TURKIC_RELATIVES if x in heard.languages], np.intp),
        languages.index("kk"),
        statistics.names.index("ru") if "ru" in statistics.names else 0,
        np.array([at for at, name in enumerate(statistics.names) if name not in {"ru", "bg", "mk"}], np.intp),
        {word: [languages.index(x) for x in known] for word, known in function_words(script).items()},
        {ending: [languages.index(x) for x in known] for ending, known in endings(script).items()},
        np.array([_lead(language) for language in languages], np.float32),
        np.full(len(languages), VETOED, np.float32),
    )


def _lead(language: str) -> float:
    if language in NEIGHBOURS:
        return NEIGHBOUR_LEAD
    return HOME_LEAD * (language in HOME) + SMALL_PROFILE_LEAD * (language in SMALL_PROFILES)
