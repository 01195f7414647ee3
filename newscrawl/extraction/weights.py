"""A page's tree -> how much running text each element holds: letters in paragraphs, links left out."""

import re

from newscrawl.extraction.tree import Element

_TEXT_TAGS = ("p", "li", "blockquote", "pre", "dd")
_BOX_TAGS = ("div", "section", "article", "td", "main", "body", "center", "span", "font")
_SPEECHLESS = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})  # text inside them is a teaser or a heading
_WORDLESS = re.compile(r"\s+")
_SHORTEST_PARAGRAPH = 25
_SHORTEST_LOOSE_TEXT = 40  # letters that stand in a box without a paragraph around them
_LIST_ITEM = 0.5  # a list is a menu more often than a paragraph is


class Weights:
    """The weight of running text inside each element of a page. Elements without any are not in it."""

    def __init__(self, root: Element) -> None:
        self._of: dict[Element, float] = {}
        for element in root.iter(*_TEXT_TAGS):
            self._add(element, _paragraph_weight(element))
        for element in root.iter(*_BOX_TAGS):
            self._add(element, _loose_weight(element))
        self.total = self._of.get(root, 0.0)

    def of(self, element: Element) -> float:
        """The weight of everything inside the element."""
        return self._of.get(element, 0.0)

    def share(self, element: Element) -> float:
        """The element's part of what is left of the page, 0 to 1."""
        return self.of(element) / self.total if self.total else 0.0

    def forget(self, element: Element) -> None:
        """Take the element's weight from its ancestors: it is about to be cut."""
        weight = self.of(element)
        if not weight:
            return
        self.total -= weight
        for ancestor in element.iterancestors():
            self._of[ancestor] -= weight

    def _add(self, element: Element, weight: float) -> None:
        if not weight:
            return
        ancestors = [element, *element.iterancestors()]
        if any(a.tag in _SPEECHLESS for a in ancestors):
            return
        for ancestor in ancestors:
            self._of[ancestor] = self._of.get(ancestor, 0.0) + weight


def _paragraph_weight(element: Element) -> float:
    if element.tag != "p" and next(element.iterdescendants(*_TEXT_TAGS), None) is not None:
        return 0.0  # its paragraphs count themselves
    length = _length("".join(element.itertext()))
    if length < _SHORTEST_PARAGRAPH:
        return 0.0
    linked = sum(_length("".join(a.itertext())) for a in element.iter("a"))
    if linked > length / 2:
        return 0.0
    return (length - linked) * (_LIST_ITEM if element.tag == "li" else 1.0)


def _loose_weight(element: Element) -> float:
    """Text that stands in the box itself, as on pages that part paragraphs by line breaks."""
    length = len((element.text or "").strip())
    for child in element:
        length += len((child.tail or "").strip())
    if length < _SHORTEST_LOOSE_TEXT:
        return 0.0
    if element.tag in {"span", "font"} and any(a.tag in _TEXT_TAGS for a in element.iterancestors()):
        return 0.0
    return float(length)


def _length(text: str) -> int:
    return len(text) - len(_WORDLESS.findall(text)) if "\n" not in text else len(_WORDLESS.sub("", text))
