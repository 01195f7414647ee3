"""Two texts -> what was taken out and what was put in, word by word.

Only what lies between the common beginning and the common end is compared. Where that is very long it is compared by
paragraphs, and where these are too many, not at all: difflib's cost grows with the square, and a page may hold anything.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal, NamedTuple

MOST_COMPARED = 4_000
"""Words, or paragraphs, on a side. 4,000 words against 4,000 others take half a second; few articles are longer."""

_WORDS = re.compile(r"\n+|\S+[^\S\n]*|[^\S\n]+")
_PARAGRAPHS = re.compile(r"\n+|[^\n]+")


class Piece(NamedTuple):
    """A stretch of text that stands in both, only in the earlier, or only in the later."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces in order; "same" and "added" together are the later text, exactly."""
    return list(_joined(_pieces(before, after)))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    yield Piece("same", "".join(new[:head]))
    yield from _middle(old[head:old_end], new[head:new_end])
    yield Piece("same", "".join(new[new_end:]))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: _same(*pair), zip(one, other, strict=False)))


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(token: str) -> str:
    return token.rstrip() or token[:1]


def _middle(old: list[str], new: list[str]) -> Iterator[Piece]:
    if max(len(old), len(new)) > MOST_COMPARED:
        old, new = (_PARAGRAPHS.findall("".join(tokens)) for tokens in (old, new))
    if max(len(old), len(new)) > MOST_COMPARED:
        yield from (Piece("removed", "".join(old)), Piece("added", "".join(new)))
        return
    for kind, i, j, k, m in SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)]).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(new[k:m]))
            continue
        yield Piece("removed", "".join(old[i:j]))
        yield Piece("added", "".join(new[k:m]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
