"""Headline, og:title, JSON-LD and <title> -> the article's title, by agreement, without the outlet's name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.extraction.outlet import is_outlet, words_key
from newscrawl.extraction.structured import article_ld, clean, text_of
from newscrawl.extraction.tree import Element, PageTree

SEPARATOR = re.compile(r"\s+[|\-–—•·»«:/\\]{1,2}\s+|\s*[|]\s*|\s+::\s+")
LONGEST_TITLE = 500  # characters; a longer "title" is a text
H1_LIMIT = 5


@dataclass(frozen=True, slots=True)
class _Claim:
    text: str
    weight: float


def read_title(tree: PageTree, outlets: frozenset[str]) -> str | None:
    """The title on which most of the page's four places agree.

    Each place is wrong on some pages (an h1 holds the logo, og:title a teaser's wording, JSON-LD the search engine's,
    <title> the outlet), but seldom are two wrong in the same words.
    """
    claims = [c for c in _claims(tree) if 0 < len(c.text) <= LONGEST_TITLE and not is_outlet(c.text, outlets)]
    claims = [_Claim(without_outlet(c.text, outlets), c.weight) for c in claims]
    if not claims:
        return None
    best = max(claims, key=lambda c: sum(o.weight for o in claims if _supports(o.text, c.text)))
    return best.text


def without_outlet(title: str, outlets: frozenset[str]) -> str:
    """The title without leading and trailing parts that are the outlet's name: "Title | Outlet", "Title - Outlet"."""
    parts = list(SEPARATOR.finditer(title))
    if not parts:
        return title
    for part in parts:
        if is_outlet(title[part.end() :], outlets):
            return title[: part.start()].strip()
    if is_outlet(title[: parts[0].start()], outlets):
        return title[parts[0].end() :].strip()
    last = parts[-1]
    if is_outlet(title[last.end() :], outlets):
        return title[: last.start()].strip()
    return title


def _claims(tree: PageTree) -> Iterator[_Claim]:
    for number, h1 in enumerate(_h1s(tree.root)):
        yield _Claim(h1, 3.0 if number == 0 else 1.0)
    if headline := text_of(article_ld(tree).get("headline")):
        yield _Claim(headline, 2.5)
    if social := tree.meta("og:title"):
        yield _Claim(clean(social), 2.6)
    if social := tree.meta("twitter:title"):
        yield _Claim(clean(social), 0.5)
    for element in tree.root.iter("title"):
        yield _Claim(clean(element.text_content()), 1.5)
        break


def _h1s(root: Element) -> list[str]:
    found = []
    for h1 in root.iter("h1"):
        if text := clean(h1.text_content()):
            found.append(text)
        if len(found) == H1_LIMIT:
            break
    return found


def _supports(longer: str, title: str) -> bool:
    """Whether a place says this title: in the same words, or with something set before or after it ("... - News - SRF")."""
    wanted = words_key(title)
    if words_key(longer) == wanted:
        return True
    return any(
        wanted in {words_key(longer[: part.start()]), words_key(longer[part.end() :])}
        for part in SEPARATOR.finditer(longer)
    )
