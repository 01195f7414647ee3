"""A page's tree -> the lines in it that sign its article: marked as a byline, worded like one, or a name that stands alone."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile, islice, takewhile

from lxml import etree

from newscrawl.extraction.container import find_headline
from newscrawl.extraction.structured import clean
from newscrawl.extraction.tree import Element, PageTree

CLASSED = etree.XPath("//*[@class or @rel or @itemprop]")
BYLINE_CLASS = re.compile(r"(?:\A|[\s_-]|[a-z])(?:authors?|Authors?|byline|Byline|avtor|contributors?)(?![a-z])")
# Who commented, who wrote the teasers, who is presented below the text: none of them signed this article here.
ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|teaser|recommend|popular|widget|(?:\A|[\s_-])(?:bio|card|most|latest|cookie)(?:[\s_-]|\Z)",
    re.IGNORECASE,
)
ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav", "figure", "figcaption", "script", "style"})
TEXT_BYLINE = re.compile(
    r"\A\W{0,3}(?:Автор(?:ы|лар|лор)?(?:\s+(?:статьи|текста|материала))?|Avtor(?:lar)?|Текст|Мәтін|Мақала авторы|Макала автору|Муаллиф(?:он)?"
    r"|Muallif(?:lar)?|Authors?|Autor(?:/?in(?:nen)?|en)?|Text)\s*[:—–]"
    r"|\ABy\s+(?=[A-ZА-Я])|\A(?:Von|Par|Por)\s+(?=[A-ZÀ-Ý][\w'’-]+\s[A-ZÀ-Ý])|\A(?:Подготовил|Беседовал)[аи]?\b"
)
TEXT_TAGS = ("p", "div", "span", "strong", "em", "b", "i", "li")
LONGEST_BYLINE = 150  # characters
MOST_BYLINES = 20  # elements looked at: a page full of them is a list, and each is compared with each
AFTER_HEADLINE = 60  # elements
SHORTEST_PARAGRAPH = 120  # characters: where the text begins
BOLD = frozenset({"strong", "b"})
# "Mathatisi Sebusi/Mohalenyane Phakela", "MTHOBISI SITHOLE": two words each, since three in bold are as often a heading
LONE_NAMES = re.compile(
    r"[^\W\d_][\w'’.-]{1,20}\s[^\W\d_][\w'’.-]{1,20}(?:\s?[/&,]\s?[^\W\d_][\w'’.-]{1,20}\s[^\W\d_][\w'’.-]{1,20}){0,3}"
)
SEPARATED = re.compile(r"\s*[|•·]\s*\Z")


def marked_lines(root: Element) -> list[str]:
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


def worded_lines(root: Element) -> list[str]:
    """The first line of text that begins like a byline."""
    for element in root.iter(*TEXT_TAGS):
        if element.text and TEXT_BYLINE.match(element.text.strip()):
            text = clean(element.text_content())
            if len(text) <= LONGEST_BYLINE and not any(_is_elsewhere(a) for a in element.iterancestors()):
                return [text]
    return []


def lone_names(tree: PageTree) -> list[str]:
    """A name between headline and text that nothing calls a byline: a bold paragraph of its own, or `Name |` before the date."""
    for element, text in _above_text(tree):
        bold = element.tag == "p" and len(element) == 1 and element[0].tag in BOLD and not (element.text or "").strip()
        separated = SEPARATED.search(text)
        name = SEPARATED.sub("", text)
        if not (bold or separated) or not LONE_NAMES.fullmatch(name) or any(w[0].islower() for w in name.split()):
            continue
        return [name]
    return []


def _above_text(tree: PageTree) -> Iterator[tuple[Element, str]]:
    headline = find_headline(tree.root, tree.meta("og:title"))
    if headline is None:
        return
    around = set(headline.iterancestors())  # whatever they are called, the article is in them
    following = dropwhile(lambda e: e is not headline, tree.root.iter())
    for element in islice(following, 1, AFTER_HEADLINE):
        beside = takewhile(lambda a: a not in around, element.iterancestors())
        if element.tag not in {"p", "span", "div"} or any(map(_is_elsewhere, (element, *beside))):
            continue
        text = clean(element.text_content())
        if element.tag == "p" and len(text) >= SHORTEST_PARAGRAPH:
            return
        if 0 < len(text) <= LONGEST_BYLINE:
            yield element, text


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
