"""A CSS selector of a site's file and a tree -> the elements, or their texts."""

from functools import lru_cache

from lxml.cssselect import CSSSelector

from newscrawl.extraction.structured import clean
from newscrawl.extraction.tree import Element


def select(root: Element, selector: str) -> list[Element]:
    """The elements that the selector fits, in document order. A broken selector raises `cssselect.SelectorError`."""
    return list(_compiled(selector)(root))


def select_texts(root: Element, selector: str | None) -> list[str]:
    """The texts of these elements on one line each (of a `<meta>` its content), empty ones left out; none without a selector."""
    if not selector:
        return []
    texts = (clean(e.get("content") or e.text_content()) for e in select(root, selector))
    return [t for t in texts if t]


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
