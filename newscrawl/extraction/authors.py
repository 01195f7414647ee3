"""Structured data, meta tags and bylines in the page -> the people who wrote an article, and its agency.

The places are tried in order until one names a person: a site's own selector, JSON-LD, meta tags, marked elements, text.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias

from newscrawl.extraction.bylines import AGENCIES, read_bylines
from newscrawl.extraction.outlet import mentions_outlet
from newscrawl.extraction.selectors import select_texts
from newscrawl.extraction.signatures import lone_names, marked_lines, worded_lines
from newscrawl.extraction.structured import article_ld, clean, resolve, strings, url_of
from newscrawl.extraction.tree import PageTree

META_NAMES = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.author",
    "cxenseparse:author", "byl", "mediator_author", "article:author_name",
)  # fmt: skip
# WordPress's own account: who wrote the article is said elsewhere, or not at all.
ADMIN_ACCOUNT = re.compile(r"/author/admin(?:istrator)?/?\Z")
# How a WordPress plugin names the author for cards: twitter:label1 "Written by", twitter:data1 "Name Surname",
# or `twitter:misc:Written by`.
WRITTEN_BY = re.compile(
    r"(?:written by|автор|написано автором|жазған|geschrieben von|verfasst von|écrit par|escrito por|scritto da|yazan)\s*\Z",
    re.IGNORECASE,
)
# "АСТАНА, 2 мая - ТАСС.", "(Reuters) —", "Алматы. КазТАГ –", "BISHKEK (AKIpress) -": capitals, at the very start
DATELINE = re.compile(
    rf"\A(?:[^.\n(—–-]{{0,40}}[.,(—–-]\s?){{0,3}}\(?(?P<agency>{AGENCIES.pattern})\)?\s*(?:[—–-]|\.\s|\)|\.?\Z)",
    re.IGNORECASE | re.VERBOSE,
)
SOURCE_LINE = re.compile(r"\A\W{0,3}(?:Источник|Source|Дереккөз|Булагы|Manba|Манба)\s*:\s*(?P<name>[^\n]{2,60})\Z")
FIRST_PARAGRAPHS = 2


# Byline strings, and whether they are running text, where a name has capitals.
Lines: TypeAlias = tuple[list[str], bool]


def read_authors(
    tree: PageTree, outlets: frozenset[str], selector: str | None = None
) -> tuple[tuple[str, ...], str | None]:
    """The people who wrote the article, and the agency that it is from."""
    agency = None
    own = [(select_texts(tree.root, selector), False)]
    for lines, strict in chain(own, (found for place in PLACES for found in place(tree))):
        people, found = read_bylines(lines, outlets, strict)
        agency = agency or found
        if people:
            return people, agency or _dateline(tree, outlets)
    return (), agency or _dateline(tree, outlets)


def stated_in_json_ld(tree: PageTree) -> Iterator[Lines]:
    """The article's author in JSON-LD."""
    yield list(_ld_names(tree)), False


def stated_in_metas(tree: PageTree) -> Iterator[Lines]:
    """The meta tags that name authors, each for itself."""
    for name in META_NAMES:
        yield [clean(c) for n, c in tree.metas if n == name], False
    yield [clean(c) for n, c in tree.metas if WRITTEN_BY.match(n.rsplit(":", 1)[-1])], False
    for number in (1, 2):
        if WRITTEN_BY.match(tree.meta(f"twitter:label{number}") or ""):
            yield [clean(tree.meta(f"twitter:data{number}") or "")], False


def marked(tree: PageTree) -> Iterator[Lines]:
    """Elements that their class or attribute calls a byline."""
    yield marked_lines(tree.root), True


def written(tree: PageTree) -> Iterator[Lines]:
    """Lines of text that begin like a byline."""
    yield worded_lines(tree.root), True


def named_alone(tree: PageTree) -> Iterator[Lines]:
    """A name between headline and text that nothing calls a byline."""
    yield lone_names(tree), True


PLACES: tuple[Callable[[PageTree], Iterator[Lines]], ...] = (
    stated_in_json_ld,
    stated_in_metas,
    marked,
    written,
    named_alone,
)


def _ld_names(tree: PageTree) -> Iterator[str]:
    stated = article_ld(tree).get("author")
    for one in stated if isinstance(stated, list) else [stated]:
        author = resolve(tree, one)
        account = url_of(author) if isinstance(author, dict) else None
        if not account or not ADMIN_ACCOUNT.search(account):
            yield from strings(author)


def _dateline(tree: PageTree, outlets: frozenset[str]) -> str | None:
    """The agency that the first paragraphs open with, or that a line "Source: ..." names."""
    seen = 0
    for paragraph in tree.root.iter("p"):
        text = clean(paragraph.text_content())
        match = SOURCE_LINE.match(text)
        if match and (agency := read_bylines([match["name"]], outlets)[1]):
            return agency
        if seen >= FIRST_PARAGRAPHS or len(text) < 60:
            continue
        seen += 1
        match = DATELINE.match(text[:120])
        if match and not mentions_outlet(match["agency"], outlets):
            return match["agency"]
    return None
