"""The blocks of a container -> those that are the article: headline repeats, pointers, appeals, credits and link lists left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from newscrawl.extraction.blocks import Block
from newscrawl.extraction.boilerplate_words import (
    APPEAL,
    CREDIT,
    LABEL,
    LONGEST_APPEAL,
    LONGEST_CREDIT,
    LONGEST_LABEL,
    LONGEST_POINTER,
    READ_ALSO,
)
from newscrawl.extraction.outlet import is_outlet, words_key

_LINKED = 0.8
_LISTED = 0.6
_HEADLINE = 20
_ABOVE = 0.3  # of the text: more than that above a headline is a text of its own
_REPEATED = 160  # a shorter text may stand twice: a question that every guest of an interview is asked
_SHORT = 40
_PARAGRAPH = 80
_FEW_WORDS = 3
_LONGEST_OUTLET = 60
# A line that is nothing but a day or a time: "02.05.2024, 14:30", "Сегодня, 2 мая 2024", "2024 жылғы 2 мамыр", "May 2, 2024".
_SAID = (
    r"(?:опубликовано|обновлено|дата(?: публикации)?|сегодня|вчера|жарияланды|жаңартылды|бүгін|кеше|бүгүн|кечээ|жарыяланды"
    r"|bugun|kecha|бугун|кеча|имрӯз|дирӯз|published|updated|posted|today|yesterday)"
)
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[ -]{1,2}[^\W\d]{3,12}[,.]? \d{4}"
    r"|[^\W\d]{3,12}\.? \d{1,2},? \d{4}|\d{4}[ -]{1,2}жыл\w{0,4} \d{1,2}[ -]{1,2}[^\W\d]{3,12})(?: ?г\.?| года| ж\.?)?"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?(?:am|pm|uhr))?"
_DATE_LINE = re.compile(rf"\W{{0,3}}(?:{_SAID}\W{{0,3}})?(?:{_DAY}|{_CLOCK})(?:\W{{1,3}}(?:{_DAY}|{_CLOCK}))?\W{{0,3}}")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the page: the key of its title and its outlet's names."""

    title: str
    outlets: frozenset[str]


def select_blocks(blocks: list[Block], title: str | None, outlets: frozenset[str]) -> list[Block]:
    """The blocks that belong to the article, in order."""
    page = Known(words_key(title or ""), outlets)
    for rule in RULES:
        blocks = rule(blocks, page)
    return blocks if any(not b.is_heading and not _is_link(b) for b in blocks) else []


def count_pointers(blocks: list[Block]) -> int:
    """How many blocks are a link to another page, each page counted once: of those an article has few and a list many."""
    return len({b.markdown for b in blocks if len(b.text) >= _HEADLINE and _is_link(b)})


def without_link_lists(blocks: list[Block], page: Known) -> list[Block]:
    """Lists that consist of links are menus and pointers to other articles; so are paragraphs that are one link."""
    total: dict[int, list[int]] = {}
    for b in blocks:
        if b.listing is not None:
            sums = total.setdefault(id(b.listing), [0, 0])
            sums[0] += len(b.text)
            sums[1] += b.linked
    linked = [_is_link(b) for b in blocks]
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


def without_pointers(blocks: list[Block], page: Known) -> list[Block]:
    """Lines that point to other articles, the links that are listed under them, and labels behind the last paragraph."""
    last = max((i for i, b in enumerate(blocks) if len(b.text) >= _PARAGRAPH and not _is_link(b)), default=-1)
    out = []
    under = False
    for i, b in enumerate(blocks):
        if len(b.text) <= LONGEST_POINTER and (b.linked or not _is_sentence(b)) and READ_ALSO.match(b.text.lower()):
            under = True
            continue
        if under and (b.linked > len(b.text) / 2 or (i > last and _is_label(b))):
            continue
        under = False
        out.append(b)
    return out


def _is_link(block: Block) -> bool:
    return not block.quoted and block.linked > _LINKED * len(block.text)


def _is_sentence(block: Block) -> bool:
    """A sentence of an article may begin like a pointer: "Другие материалы дела переданы в суд." """
    return block.text.endswith(".") and len(block.text.split()) > _FEW_WORDS


def _is_label(block: Block) -> bool:
    """A few words without an end: the day over a list, the name of a section."""
    return not block.is_heading and len(block.text) < _SHORT and block.text[-1:] not in ".!?…»”\"'"


def without_marks(blocks: list[Block], page: Known) -> list[Block]:
    """Lines of three characters without a letter: arrows, stars, counters."""
    return [b for b in blocks if len(b.text) > 3 or any(c.isalpha() for c in b.text)]


def without_appeals(blocks: list[Block], page: Known) -> list[Block]:
    """Lines that ask the reader for something or serve the page."""
    return [b for b in blocks if len(b.text) > LONGEST_APPEAL or not APPEAL.match(b.text.lower())]


def without_labels(blocks: list[Block], page: Known) -> list[Block]:
    """ "Share", "Views: 145": words that may begin a sentence too, so only short lines that are none."""
    return [b for b in blocks if len(b.text) > LONGEST_LABEL or _is_sentence(b) or not LABEL.match(b.text.lower())]


def without_date_lines(blocks: list[Block], page: Known) -> list[Block]:
    """Lines that are nothing but a day or a time."""
    return [b for b in blocks if len(b.text) > _SHORT or b.is_heading or not _DATE_LINE.fullmatch(b.text.lower())]


def without_outlet(blocks: list[Block], page: Known) -> list[Block]:
    """Lines that are the outlet's own name."""
    return [b for b in blocks if len(b.text) > _LONGEST_OUTLET or not is_outlet(b.text, page.outlets)]


def without_headline(blocks: list[Block], page: Known) -> list[Block]:
    """The headline, wherever it is repeated, and the little that stands above it; an h1 of other words only above the text."""
    wanted = page.title
    at = [i for i, b in enumerate(blocks) if wanted and _says(b, wanted)]
    heads = [i for i in at if blocks[i].is_heading]
    length = sum(len(b.text) for b in blocks)
    start = heads[0] if heads and sum(len(b.text) for b in blocks[: heads[0]]) < _ABOVE * length else 0
    out: list[Block] = []
    for i, b in enumerate(blocks):
        if i < start or i in at or (b.kind == "h1" and all(o.is_heading for o in out)):
            continue
        out.append(b)
    return out


def _says(block: Block, wanted: str) -> bool:
    return len(block.text) < 2 * len(wanted) + 20 and words_key(block.text) == wanted


def without_repeats(blocks: list[Block], page: Known) -> list[Block]:
    """A long paragraph that stands twice is kept once."""
    seen: set[str] = set()
    out = []
    for b in blocks:
        if len(b.text) >= _REPEATED:
            if b.text in seen:
                continue
            seen.add(b.text)
        out.append(b)
    return out


def without_linked_credits(blocks: list[Block], page: Known) -> list[Block]:
    """A picture's credit that leads to its source. One without a link stays between paragraphs, see `without_edges`."""
    return [b for b in blocks if not (b.linked and _is_credit(b))]


def without_edges(blocks: list[Block], page: Known) -> list[Block]:
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


# The rules in their order, each of which benchmarks/ablation.py switches off in turn.
RULES: tuple[Callable[[list[Block], Known], list[Block]], ...] = (
    without_pointers,
    without_link_lists,
    without_marks,
    without_appeals,
    without_labels,
    without_date_lines,
    without_outlet,
    without_headline,
    without_repeats,
    without_linked_credits,
    without_edges,
)
