"""A page's tree -> the same without what surrounds an article: notices, teasers, share bars, forms, hidden text."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from newscrawl.extraction.tree import Element
from newscrawl.extraction.weights import Weights

Attributes: TypeAlias = Mapping[str, str]

# Their content is never part of an article's text.
# fmt: off
_DEAD_TAGS = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "button", "select",
    "option", "textarea", "input", "label", "audio", "video", "map", "link", "meta", "noindex", "progress", "dialog",
)
# fmt: on
# A word of a class or id, at the start of a part of the name ("articleShare", "article-share", "share_bar").
_ASIDE_NAMES = re.compile(
    r"(?:^|[\W_])(?:"
    r"shar(?:e|ing|er)s?|social\w*|addtoany|sociable|follow(?:ing|us)?"
    r"|related\w*|recommend\w*|readmore|read-(?:more|also|next)|see-?also|more-(?:news|on|stories|from|posts)|other-(?:news|posts)"
    r"|also|similar|latest|last-news|recent\w*|popular|most-?(?:read|popular|viewed|shared)|trending|top-(?:news|stories)|next-\w+|prev(?:ious)?-\w+"
    r"|newsletters?|subscri\w*|sign-?up|promo\w*|regwall|donat\w+"
    r"|comment(?!ar)\w*|disqus\w*|respond|reply|replies|comol"
    r"|cookies?|consent|gdpr|cmp|onetrust|cmplz"
    r"|breadcrumbs?|crumbs?|nav(?:bar|box|igation|list|menu)?|menu|sidebar|side-bar|footer|masthead|topbar|toolbar|pagination|pager|paging"
    r"|tags?|tags?-?list|tagcloud|keywords|topics|hashtags?"
    r"|authors?|author-\w+|byline|bio|posted-on|dateline|timestamp|pub-?date|publish(?:ed)?|updated|meta|metadata|credits?|copyright"
    r"|captions?|galler(?:y|ies)|slider|carousel|slideshow|slick|swiper|lightbox"
    r"|ads?|adv|advert\w*|adsense|adfox|adslot|banners?|sponsor\w*|outbrain|taboola|mgid|teasers?|widgets?|commercial|affiliate"
    r"|calendar|polls?|vote|voting|rating|ratings|quiz|weather|currency|informer"
    r"|modal|pop-?up|overlay|tooltip|lightbox|toast|snackbar"
    r"|hide|(?<!label-)hidden|visually-?hidden|sr-only|screen-?reader\w*|print-only|noprint|assistive\w*"
    r"|info-?box|fact-?box|pull-?quote|jp-relatedposts|playlist|player|tools|buttons?|btn|toc|table-of-contents"
    r")(?=$|[\W_])"
)
_STRANGE_NAMES = re.compile(r"(?:^|[\W_])(?:comment(?!ar)\w*|disqus\w*|cookies?|consent|gdpr|cmp|onetrust)(?=$|[\W_])")
_EMBEDDED_POST = re.compile(r"\b(?:twitter-tweet|instagram-media|tiktok-embed|fb-post|telegram-post|bluesky-embed)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# What may be cut of a page's running text by a name or tag: a wrapper named after its sidebar holds nearly all of it.
_LARGEST_ASIDE = 0.35
_LARGEST_HIDDEN = 0.6
_LARGEST_STRANGE = 0.95
_LARGEST_BY_TAG = {
    "nav": _LARGEST_STRANGE,
    "footer": _LARGEST_STRANGE,
    "aside": 0.8,
    "form": 0.6,
    "menu": _LARGEST_ASIDE,
    "figcaption": _LARGEST_ASIDE,
    "fieldset": _LARGEST_ASIDE,
}
_LARGEST_GROUP = 0.6
_DIGITS = re.compile(r"\d+")


def cut_dead_tags(root: Element) -> None:
    """Scripts, forms' fields, embedded things: they hold no text to read."""
    etree.strip_elements(root, *_DEAD_TAGS, with_tail=False)


def cut_embedded_posts(root: Element) -> None:
    """Posts of other sites: their text is somebody else's."""
    for post in list(root.iter("blockquote", "div")):
        if "-" in (name := post.get("class", "")) and _EMBEDDED_POST.search(name):
            remove(post)


def cut_boilerplate(root: Element, headline: Element | None = None) -> Weights:
    """Take out in place what is no article, and weigh the running text of what stays.

    Elements of one name stand or fall together: a page whose very paragraphs are called "tagStyle" or "hidden section"
    has many of them, and a limit for each alone would let all go.
    """
    for cut in CUTS:
        cut(root)
    weights = Weights(root)
    around = set(headline.iterancestors()) | {headline} if headline is not None else set()
    groups: dict[tuple[str, str], list[Element]] = {}
    limits: dict[tuple[str, str], float] = {}
    waiting = [root]
    while waiting:
        for element in waiting.pop():
            limit = _largest_share(element)
            if limit and element not in around and weights.share(element) <= limit:
                name = (str(element.tag), _DIGITS.sub("", f"{element.get('class', '')} {element.get('id', '')}"))
                groups.setdefault(name, []).append(element)
                limits[name] = max(limit, _LARGEST_GROUP)
            else:
                waiting.append(element)
    for name, elements in groups.items():
        if sum(map(weights.share, elements)) <= limits[name]:
            for element in elements:
                weights.forget(element)
                remove(element)
    return weights


def _largest_share(element: Element) -> float:
    """How much of the page's text the element may hold and still be cut; 0 when nothing speaks for cutting it."""
    attributes = dict(element.items())
    return next((share for sign in SIGNS if (share := sign(str(element.tag), attributes))), 0.0)


def called_so_by_tag(tag: str, attributes: Attributes) -> float:
    """`<nav>`, `<footer>`, `<aside>` ... say by themselves that they stand beside the article."""
    return _LARGEST_BY_TAG.get(tag, 0.0)


def hidden(tag: str, attributes: Attributes) -> float:
    """What the page hides from its readers is no text of theirs."""
    if not attributes:
        return 0.0
    unseen = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return _LARGEST_HIDDEN if unseen or _HIDDEN_STYLE.search(attributes.get("style", "")) else 0.0


def called_so_by_name(tag: str, attributes: Attributes) -> float:
    """A class or id that is called "share", "related", "cookie" ..."""
    return _aside_share(attributes.get("class", ""), attributes.get("id", "")) if attributes else 0.0


# The rules, each of which benchmarks/ablation.py switches off in turn; the first sign that speaks decides.
CUTS: tuple[Callable[[Element], None], ...] = (cut_dead_tags, cut_embedded_posts)
SIGNS: tuple[Callable[[str, Attributes], float], ...] = (
    called_so_by_tag,
    hidden,
    called_so_by_name,
)


@lru_cache(maxsize=4096)
def _aside_share(classes: str, identity: str) -> float:
    names = _CAMEL.sub("-", f"{classes} {identity}").lower()
    if not _ASIDE_NAMES.search(names):
        return 0
    return _LARGEST_STRANGE if _STRANGE_NAMES.search(names) else _LARGEST_ASIDE


def remove(element: Element) -> None:
    """Take an element out and leave the text behind it where it is."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
