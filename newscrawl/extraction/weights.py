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
    counts = _Counts()
    for element in reversed(elements):
        counts.weigh(element)
        parent = element.getparent()
        if element is not root and parent is not None:
            counts.hand_up(element, parent)
    return counts.weights


class _Counts:
    """What was counted below each element: letters and linked letters of all inside, `loose` ones of the element itself."""

    def __init__(self) -> None:
        self.letters: dict[Element, int] = defaultdict(int)
        self.linked: dict[Element, int] = defaultdict(int)
        self.loose: dict[Element, int] = defaultdict(int)
        self.holds_text: set[Element] = set()
        self.weights: dict[Element, float] = {}

    def weigh(self, element: Element) -> None:
        """Add the element's own weight to that of its children, which were weighed before it."""
        self._read(element.text, element)
        tag = element.tag
        weight = 0.0
        if tag in _SPEECHLESS:
            self._silence(element)
        elif tag in _TEXT_TAGS:
            holds_text = element in self.holds_text
            weight = _paragraph_weight(element, self.letters[element], self.linked[element], holds_text)
        elif tag in _BOX_TAGS:
            weight = _loose_weight(element, self.loose[element])
        if weight:
            self.weights[element] = self.weights.get(element, 0.0) + weight

    def hand_up(self, element: Element, parent: Element) -> None:
        """Add what was counted in the element, and the text behind it, to its parent."""
        self._read(element.tail, parent)
        inside = self.letters[element]
        self.letters[parent] += inside
        self.linked[parent] += inside if element.tag == "a" else self.linked[element]
        if weight := self.weights.get(element):
            self.weights[parent] = self.weights.get(parent, 0.0) + weight
        if element.tag in _TEXT_TAGS or element in self.holds_text:
            self.holds_text.add(parent)

    def _read(self, text: str | None, owner: Element) -> None:
        if text and not text.isspace():
            self.letters[owner] += sum(map(len, text.split()))
            self.loose[owner] += len(text.strip())

    def _silence(self, element: Element) -> None:
        if self.weights.pop(element, None):
            for inner in element.iterdescendants():
                self.weights.pop(inner, None)


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
