"""A tree without boilerplate -> the element that holds the article."""

import re

from newscrawl.extraction.tree import Element
from newscrawl.extraction.weights import Weights

_PARTS = frozenset({"p", "li", "blockquote", "span", "a", "font", "b", "strong", "pre", "dd", "ul", "ol"})
_DOMINANT = 0.75
_NEAR_HEADLINE = 0.35
# A smaller part of a page full of teasers or comments will do if it is long enough to be an article.
_ENOUGH = ((0.2, 600), (0.08, 2_000))
_WORDS = re.compile(r"\w+")


def find_container(root: Element, weights: Weights, headline: Element | None) -> list[Element]:
    """The elements that hold the article, in order: what leads in, then the body; all that is left of a page without running text."""
    if not weights.total:
        return [root]
    region = root
    for narrow in NARROWINGS:
        region = narrow(headline, region, weights)
    body = _deepest(region, weights)
    return [*(lead for find in LEADS for lead in find(region, body, headline, weights)), body]


def find_headline(root: Element, title: str | None) -> Element | None:
    """The heading that says the title; else the only h1 with words, else None."""
    wanted = _key(title or "")
    headings = [(h, _key("".join(map(str, h.itertext())))) for h in root.iter("h1", "h2")]
    if wanted:
        for heading, key in headings:
            if key == wanted or (len(key) > 15 and (key in wanted or wanted in key)):
                return heading
    first = [h for h, key in headings if h.tag == "h1" and key]
    return first[0] if first else None


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.replace("\u00ad", "").casefold()))


def around_headline(headline: Element | None, root: Element, weights: Weights) -> Element:
    """The smallest element around the headline that holds a good part of the page's text: what is beyond it belongs to others."""
    if headline is None:
        return root
    inside_header = any(a.tag == "header" for a in headline.iterancestors())
    for ancestor in headline.iterancestors():
        share, weight = weights.share(ancestor), weights.of(ancestor)
        if share >= _DOMINANT:
            return ancestor
        if inside_header:  # a header may hold the standfirst, and of a short article that is a good part
            inside_header = ancestor.tag != "header"
            continue
        if share >= _NEAR_HEADLINE or any(share >= part and weight >= least for part, least in _ENOUGH):
            return ancestor
    return root


def _deepest(element: Element, weights: Weights) -> Element:
    """Down to the last element that holds most of the text alone."""
    while True:
        best = max(element, key=weights.of, default=None)
        if best is None or best.tag in _PARTS or weights.of(best) < _DOMINANT * weights.of(element):
            return element
        element = best


def find_leads(region: Element, body: Element, headline: Element | None, weights: Weights) -> list[Element]:
    """Running text between headline and body: the standfirst, or first paragraphs that stand before a paywall's box.

    Text beside a picture is its caption.
    """
    if headline is None:
        parent = body.getparent()
        region = body if parent is None else parent
    path = {*body.iterancestors(), *(headline.iterancestors() if headline is not None else ())}
    found: list[Element] = []
    begun = headline is None
    waiting = [region]
    while waiting:
        element = waiting.pop()
        if element is body:
            break
        if element is headline:
            begun = True
        elif element in path:
            waiting.extend(reversed(element))
        elif begun and weights.of(element) and next(element.iter("img", "picture"), None) is None:
            found.append(element)
    return found


# The rules, each of which benchmarks/ablation.py switches off in turn.
NARROWINGS = (around_headline,)
LEADS = (find_leads,)
