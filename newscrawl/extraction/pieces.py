"""A text -> pieces that are each long enough to be judged and written in one script, with the weight of their votes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.article import Script
from newscrawl.extraction.letters import clean, script_of, words_of

PIECE_LETTERS = 36
"""From here on a piece is judged right in 99.5 of 100 cases; shorter sentences are joined to their neighbours."""
MAX_WEIGHT = 240
"""A paragraph of any length has at most as many votes as one of 240 letters: one long quotation does not outvote the rest."""
QUOTED_SHARE = 0.4
"""What is said in a quotation counts less than what the author writes: Kazakh articles quote officials in Russian at length."""
MAX_WORDS = 120
"""What is longer without a sentence's end is a list or noise: its first words will do."""
MAX_PIECES = 40
"""Some 4,000 letters, evenly taken from the whole, tell a page's language; a live blog of 200 kB would cost 100 ms."""

# Half a million blanks took _SEAM eight minutes; after this it meets one at a time.
_BLANKS = re.compile(r"[^\S\n]+")
# No nested quantifier: an end of a sentence, a line break, or a quotation mark's outer side.
_SEAM = re.compile(r'(?<=[.!?…])["»”’)]*\s+|\s*\n\s*|(?=[«“])|(?<=[»”])')
_ENDS_QUOTATION = re.compile(r"[»”]\s*[.,;:!?…]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one script. weight: letters, bounded, less for a quotation and for what is shorter than `PIECE_LETTERS`."""

    words: list[str]
    script: Script | None
    weight: float


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text; a headline is one piece."""
    cleaned = clean(text)
    if len(cleaned) < 2 * PIECE_LETTERS and "\n" not in cleaned:
        fragments = [(cleaned, False)]
    else:
        fragments = list(_fragments(_BLANKS.sub(" ", cleaned)))
    pieces = list(_joined(fragments))
    step = -(-len(pieces) // MAX_PIECES) or 1
    return pieces[::step]


def _fragments(text: str) -> Iterator[tuple[str, bool]]:
    """(a sentence or part of one, whether it stands inside a quotation)."""
    depth = 0
    for fragment in _SEAM.split(text):
        if fragment and not fragment.isspace():
            opens = sum(map(fragment.count, "«“"))
            yield fragment, depth > 0 or opens > 0
            depth = max(0, depth + opens - sum(map(fragment.count, "»”")))
        elif fragment is None:
            depth = 0


def _joined(fragments: list[tuple[str, bool]]) -> Iterator[Piece]:
    """Neighbours of one script, and on one side of the quotation marks, are joined until they are long enough."""
    words: list[str] = []
    letters = 0
    kind: tuple[Script | None, bool] | None = None
    for fragment, quoted in fragments:
        script = script_of(fragment)
        found = words_of(fragment, script)
        if not found:
            continue
        if kind is not None and (script, quoted) != kind:
            yield _piece(words, letters, *kind)
            words, letters = [], 0
        kind = (script, quoted)
        words = words + found
        letters += sum(map(len, found))
        if letters >= PIECE_LETTERS:
            yield _piece(words, letters, *kind)
            words, letters = [], 0
    if words and kind is not None:
        yield _piece(words, letters, *kind)


def _piece(words: list[str], letters: int, script: Script | None, quoted: bool) -> Piece:
    weight = min(letters, MAX_WEIGHT) * min(1.0, letters / PIECE_LETTERS)
    return Piece(words[:MAX_WORDS], script, weight * (QUOTED_SHARE if quoted else 1.0))
