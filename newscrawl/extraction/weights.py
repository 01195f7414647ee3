"""A page's tree -> how much running text each element holds: letters in paragraphs, links left out."""

from collections import defaultdict

from newscrawl.extraction.tree import Element

_TEXT_TAGS = frozenset({"p", "li", "blockquote", "pre", "dd"})
_BOX_TAGS = frozenset({"div", "section", "article", "td", "main", "body", "center", "span", "font"})
_INLINE_BOXES = frozenset({"span", "font"})
_SPEECHLESS = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6"})  # text inside them is a teaser or a heading
_SHORTEST_PARAGRAPH = 25
_SHORTEST_LOOSE_TEXT = 40  # letters that stand in a box without a paragraph around them
_LIST_ITEM = 0.5  # a list is a menu more often than a paragraph is


class Weights:
    """The weight of running text inside each element of a page. Elements without any are not in it.

    elements: all of the tree's, held, since lxml makes an element's Python object anew for each walk unless somebody holds it.
    """

    def __init__(self, root: Element) -> None:
        self.elements = list(root.iter())
        self._of: dict[Element, float] = _summed(root, self.elements)
        self.total = self._of.get(root, 0.0)

    def of(self, element: Element) -> float:
        """The weight of everything inside the element."""
        return self._of.get(element, 0.0)

    def share(self, element: Element) -> float:
        """The element's part of what is left of the page, 0 to 1."""
        return self._of.get(element, 0.0) / self.total if self.total else 0.0

    def forget(self, element: Element) -> None:
        """Take the element's weight from its ancestors: it is about to be cut."""
        weight = self.of(element)
        if not weight:
            return
        self.total -= weight
        for ancestor in element.iterancestors():
            self._of[ancestor] -= weight


def _summed(root: Element, elements: list[Element]) -> dict[Element, float]:
    """One walk from the last element to the first: children come before their parents and hand their counts up.

    Counting each paragraph's text and each one's ancestors anew took three times as long.
    """
    letters: dict[Element, int] = defaultdict(int)  # all inside, tails of children too
    linked: dict[Element, int] = defaultdict(int)
    loose: dict[Element, int] = defaultdict(int)  # in the element itself
    holds_text: set[Element] = set()
    weights: dict[Element, float] = {}
    for element in reversed(elements):
        tag = element.tag
        if (text := element.text) and not text.isspace():
            letters[element] += _letters(text)
            loose[element] += len(text.strip())
        weight = weights.get(element, 0.0)
        if tag in _SPEECHLESS:
            if weight:
                for inner in element.iterdescendants():
                    weights.pop(inner, None)
            weight = 0.0
        elif tag in _TEXT_TAGS:
            weight += _paragraph_weight(element, letters[element], linked[element], element in holds_text)
        elif tag in _BOX_TAGS:
            weight += _loose_weight(element, loose[element])
        if weight:
            weights[element] = weight
        else:
            weights.pop(element, None)
        if element is root:
            break
        parent = element.getparent()
        if parent is None:
            continue
        if (tail := element.tail) and not tail.isspace():
            letters[parent] += _letters(tail)
            loose[parent] += len(tail.strip())
        letters[parent] += letters[element]
        linked[parent] += letters[element] if tag == "a" else linked[element]
        if weight:
            weights[parent] = weights.get(parent, 0.0) + weight
        if tag in _TEXT_TAGS or element in holds_text:
            holds_text.add(parent)
    return weights


def _paragraph_weight(element: Element, length: int, linked: int, holds_text: bool) -> float:
    if length < _SHORTEST_PARAGRAPH or linked > length / 2:
        return 0.0
    if holds_text and element.tag != "p":
        return 0.0  # its paragraphs count themselves
    return (length - linked) * (_LIST_ITEM if element.tag == "li" else 1.0)


def _loose_weight(element: Element, length: int) -> float:
    """Text that stands in the box itself, as on pages that part paragraphs by line breaks."""
    if length < _SHORTEST_LOOSE_TEXT:
        return 0.0
    if element.tag in _INLINE_BOXES and any(a.tag in _TEXT_TAGS for a in element.iterancestors()):
        return 0.0
    return float(length)


def _letters(text: str) -> int:
    return sum(map(len, text.split()))
