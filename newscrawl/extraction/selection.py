"""The blocks of a container -> those that are the article: headline repeats, pointers, appeals, credits and link lists left out."""

import re

from newscrawl.extraction.blocks import Block
from newscrawl.extraction.boilerplate_words import (
    APPEAL,
    CREDIT,
    LONGEST_APPEAL,
    LONGEST_CREDIT,
    LONGEST_POINTER,
    READ_ALSO,
)
from newscrawl.extraction.outlet import is_outlet, words_key

_LINKED = 0.8
_LISTED = 0.6
_HEADLINE = 20
_REPEATED = 160  # a shorter text may stand twice: a question that every guest of an interview is asked
_CLOCK = re.compile(r"[\d\s.,:/|–—-]*\d[\d\s.,:/|–—-]*(?:г\.?|ж\.?|am|pm|uhr)?\W*")


def select_blocks(blocks: list[Block], title: str | None, outlets: frozenset[str]) -> list[Block]:
    """The blocks that belong to the article, in order."""
    kept = _without_link_lists(_without_pointers(blocks))
    kept = [b for b in kept if not _is_furniture(b, outlets)]
    kept = _without_headline(kept, title)
    return _without_edges(_without_repeats(kept))


def count_pointers(blocks: list[Block]) -> int:
    """How many blocks are a link to another page, each page counted once: of those an article has few and a list many."""
    return len(
        {b.markdown for b in blocks if not b.quoted and len(b.text) >= _HEADLINE and b.linked > _LINKED * len(b.text)}
    )


def _without_link_lists(blocks: list[Block]) -> list[Block]:
    """Lists that consist of links are menus and pointers to other articles; so are paragraphs that are one link."""
    total: dict[int, list[int]] = {}
    for b in blocks:
        if b.listing is not None:
            sums = total.setdefault(id(b.listing), [0, 0])
            sums[0] += len(b.text)
            sums[1] += b.linked
    linked = [not b.quoted and b.linked > _LINKED * len(b.text) for b in blocks]
    out = []
    for i, b in enumerate(blocks):
        if b.listing is not None:
            length, inside = total[id(b.listing)]
            if inside > _LISTED * length:
                continue
        elif linked[i] and (b.is_heading or any(linked[max(0, i - 1) : i] + linked[i + 1 : i + 2])):
            continue
        out.append(b)
    return out


def _without_pointers(blocks: list[Block]) -> list[Block]:
    """Lines that point to other articles, and the links that are listed under them up to the next plain paragraph."""
    out = []
    under = False
    for b in blocks:
        if len(b.text) <= LONGEST_POINTER and READ_ALSO.match(b.text.lower()):
            under = True
            continue
        if under and b.linked > len(b.text) / 2:
            continue
        under = False
        out.append(b)
    return out


def _is_furniture(block: Block, outlets: frozenset[str]) -> bool:
    text = block.text
    if len(text) <= 3 and not any(c.isalpha() for c in text):
        return True
    low = text.lower()
    if len(text) <= LONGEST_APPEAL and APPEAL.match(low):
        return True
    if len(text) < 40 and _CLOCK.fullmatch(low):
        return True
    return len(text) <= 60 and is_outlet(text, outlets)


def _without_headline(blocks: list[Block], title: str | None) -> list[Block]:
    wanted = words_key(title or "")
    out: list[Block] = []
    for b in blocks:
        if b.kind == "h1" and not any(not o.is_heading for o in out):
            continue
        if wanted and len(b.text) < 2 * len(wanted) + 20 and words_key(b.text) == wanted:
            continue
        out.append(b)
    return out


def _without_repeats(blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()
    out = []
    for b in blocks:
        if len(b.text) >= _REPEATED:
            if b.text in seen:
                continue
            seen.add(b.text)
        out.append(b)
    return out


def _without_edges(blocks: list[Block]) -> list[Block]:
    """Credits at the start and the end, and headings that head nothing.

    Between two paragraphs a line "Фото: ..." belongs to a picture of the running text, and the sites' own bodies hold it.
    """
    start, end = 0, len(blocks)
    while start < end and _is_credit(blocks[start]):
        start += 1
    while start < end and (blocks[end - 1].is_heading or _is_credit(blocks[end - 1])):
        end -= 1
    return blocks[start:end]


def _is_credit(block: Block) -> bool:
    return len(block.text) <= LONGEST_CREDIT and bool(CREDIT.match(block.text.lower()))
