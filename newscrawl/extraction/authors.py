"""Structured data, meta tags and bylines in the page -> the people who wrote an article, and its agency.

The places are tried in order until one names a person: a site's own selector, JSON-LD, meta tags, marked elements, text.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from lxml import etree

from newscrawl.extraction.bylines import AGENCIES, read_bylines
from newscrawl.extraction.outlet import mentions_outlet
from newscrawl.extraction.selectors import select_texts
from newscrawl.extraction.structured import article_ld, clean, resolve, strings
from newscrawl.extraction.tree import Element, PageTree

META_NAMES = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.author",
    "cxenseparse:author", "byl", "mediator_author", "article:author_name",
)  # fmt: skip
CLASSED = etree.XPath("//*[@class or @rel or @itemprop]")
BYLINE_CLASS = re.compile(r"(?:\A|[\s_-]|[a-z])(?:authors?|Authors?|byline|Byline|avtor|contributors?)(?![a-z])")
# Who commented, who wrote the teasers, who is presented below the text: none of them signed this article here.
ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|teaser|recommend|popular|widget|(?:\A|[\s_-])(?:bio|card|most|latest|cookie)(?:[\s_-]|\Z)",
    re.IGNORECASE,
)
ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav", "figure", "figcaption", "script", "style"})
TEXT_BYLINE = re.compile(
    r"\A\W{0,3}(?:Автор(?:ы|лар|лор)?(?:\s+(?:статьи|текста|материала))?|Текст|Мәтін|Мақала авторы|Муаллиф|Muallif|Author|Text)\s*[:—–]"
    r"|\ABy\s+(?=[A-ZА-Я])|\A(?:Подготовил|Беседовал)[аи]?\b"
)
TEXT_TAGS = ("p", "div", "span", "strong", "em", "b", "i", "li")
LONGEST_BYLINE = 150  # characters
MOST_BYLINES = 20  # elements looked at: a page full of them is a list, and each is compared with each
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
    for lines, strict in (found for place in PLACES for found in place(tree, selector)):
        people, found = read_bylines(lines, outlets, strict)
        agency = agency or found
        if people:
            return people, agency or _dateline(tree, outlets)
    return (), agency or _dateline(tree, outlets)


def selected(tree: PageTree, selector: str | None) -> Iterator[Lines]:
    """What the site's own selector points at."""
    yield select_texts(tree.root, selector), False


def stated_in_json_ld(tree: PageTree, selector: str | None) -> Iterator[Lines]:
    """The article's author in JSON-LD."""
    yield list(_ld_names(tree)), False


def stated_in_metas(tree: PageTree, selector: str | None) -> Iterator[Lines]:
    """The meta tags that name authors, each for itself."""
    for name in META_NAMES:
        yield [clean(c) for n, c in tree.metas if n == name], False


def marked(tree: PageTree, selector: str | None) -> Iterator[Lines]:
    """Elements that their class or attribute calls a byline."""
    yield _marked(tree.root), True


def written(tree: PageTree, selector: str | None) -> Iterator[Lines]:
    """Lines of text that begin like a byline."""
    yield _text_bylines(tree), True


PLACES: tuple[Callable[[PageTree, str | None], Iterator[Lines]], ...] = (
    selected,
    stated_in_json_ld,
    stated_in_metas,
    marked,
    written,
)


def _ld_names(tree: PageTree) -> Iterator[str]:
    stated = article_ld(tree).get("author")
    for one in stated if isinstance(stated, list) else [stated]:
        author = resolve(tree, one)
        yield from strings(author)


def _marked(root: Element) -> list[str]:
    """The texts of the first byline and of those beside it."""
    found = list(islice((e for e in CLASSED(root) if _is_signed(e) and _is_byline(e)), MOST_BYLINES))
    if not found:
        return []
    first = found[0]
    near = first.getparent() if first.getparent() is not None else first
    around = near.getparent() if near.getparent() is not None else near
    group = [e for e in found if around in e.iterancestors() or e is first]
    outermost = [e for e in group if not any(a in group for a in e.iterancestors())]
    return [line for e in outermost for line in _lines(e)]


def _is_signed(element: Element) -> bool:
    signed = element.get("rel") == "author" or element.get("itemprop") == "author"
    return signed or _is_byline_class(element.get("class") or "")


@lru_cache(maxsize=4096)
def _is_byline_class(names: str) -> bool:
    return bool(BYLINE_CLASS.search(names))


def _is_byline(element: Element) -> bool:
    if element.tag == "meta" or any(_is_elsewhere(a) for a in (element, *element.iterancestors())):
        return False
    return 0 < len(clean(element.text_content())) <= LONGEST_BYLINE


def _is_elsewhere(element: Element) -> bool:
    return element.tag in ELSEWHERE_TAGS or bool(
        ELSEWHERE.search(f"{element.get('class', '')} {element.get('id', '')}")
    )


def _lines(element: Element) -> list[str]:
    """The pieces of text as elements divide them (`<b>Name</b><span>Editor</span>` is two lines), or only what is marked as names."""
    named = [clean(e.text_content()) for e in element.iterfind(".//*[@itemprop='name']")]
    return named or [t for t in (clean(str(t)) for t in element.itertext()) if t]


def _text_bylines(tree: PageTree) -> list[str]:
    for element in tree.root.iter(*TEXT_TAGS):
        if element.text and TEXT_BYLINE.match(element.text.strip()):
            text = clean(element.text_content())
            if len(text) <= LONGEST_BYLINE and not any(_is_elsewhere(a) for a in element.iterancestors()):
                return [text]
    return []


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
