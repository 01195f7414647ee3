"""A parsed page and the text found in it -> what kind of page it is, and the sign that says so.

Conservative: a page with a good length of running text is an article unless its structure says list, whatever words it
holds, since articles are written about captchas, logins and error pages too. Structure is asked first, words second.
"""

import re
from dataclasses import dataclass

from newscrawl.extraction import page_words
from newscrawl.extraction.body import MANY_POINTERS, Body
from newscrawl.extraction.draft import PageType
from newscrawl.extraction.structured import article_ld, clean, types_of
from newscrawl.extraction.tree import Element, PageTree

# A page that stands in for another has a few lines; a short notice of a news agency has 200 to 600 characters.
STAND_IN_CHARACTERS = 700
CHALLENGE_CHARACTERS = 1_500  # of the whole page: a challenge has no menu and no footer
SHORTEST_NOTICE = 60
SHORTEST_LINE = 25
_LONG_PARAGRAPH = 300  # an excerpt in a list is shorter
_LIST_LINKS = 12
_HEADLINE_LINK_CHARACTERS = 25

_CHALLENGE_SOURCES = re.compile(
    r"/cdn-cgi/challenge-platform/h/|challenges\.cloudflare\.com|captcha-delivery\.com|_Incapsula_Resource|px-captcha"
    r"|ddos-guard|recaptcha/(?:api|enterprise)|hcaptcha\.com|smartcaptcha|showcaptcha|/\.within\.website/|awswaf"
)
_CHALLENGE_MARKS = re.compile(
    r"\b(?:challenge-(?:form|running|error|stage|platform)|cf-(?:challenge|turnstile|browser-verification)\S*|g-recaptcha|h-captcha|smart-captcha|px-captcha"
    r"|captcha\S*)",
    re.IGNORECASE,
)
_LIST_BODY = re.compile(
    r"(?:^|\s)(?:archive|category|tag|blog|home|search|search-results|post-type-archive|paged)(?=\s|$)"
)
_SINGLE_BODY = re.compile(r"(?:^|\s)(?:single|single-post|postid-\d+)(?=\s|$)")
_LIST_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
_SHELL_ROOTS = ("root", "app", "__next", "__nuxt", "q-app", "main-app", "app-root")
_PAYWALL_NAMES = re.compile(
    r"pay-?wall|regwall|piano|subscribers?-only|premium-content|restricted|closed-content", re.IGNORECASE
)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "svg"})


@dataclass(frozen=True, slots=True)
class PageSign:
    """What kind of page it is and the sign that says so, in words."""

    page_type: PageType
    reason: str = ""


def identify_page_type(tree: PageTree, body: Body) -> PageSign:
    """The kind of page; an article unless a sign says otherwise."""
    stated = _states_article(tree)
    if not stated and (sign := _list_by_structure(tree, body)):
        return sign
    if len(body.text) >= STAND_IN_CHARACTERS:
        return PageSign("article", "it has a good length of running text")
    page = _Glance(tree, body)
    for look in LOOKS:
        if sign := look(page):
            return sign
    if len(body.text) >= SHORTEST_NOTICE or (len(body.text) >= SHORTEST_LINE and (stated or page.headings)):
        return PageSign("article", "it has text, and nothing speaks against it")
    if not stated and _headline_links(tree.root) >= _LIST_LINKS:
        return PageSign("list", "no text but many links that read like headlines")
    return PageSign("empty", "no text was found in the page")


class _Glance:
    """What the eye sees first in a page: its title, its headings, and how much there is to read."""

    def __init__(self, tree: PageTree, body: Body) -> None:
        self.tree = tree
        self.body = body
        title = next(tree.root.iter("title"), None)
        self.title = clean(title.text_content()).lower() if title is not None else ""
        self.headings = [t for h in tree.root.iter("h1", "h2") if (t := clean(h.text_content()).lower())][:3]
        self.visible = _visible_text(tree.root)

    def says_first(self, words: re.Pattern[str]) -> str | None:
        """The title or heading that begins with one of the words, at its start or behind a separator."""
        for line in (self.title, *self.headings):
            for part in re.split(r"\s[|–—:-]\s|\s*[|»«]\s*", line):
                if words.match(part.strip(" \t!.\"'")):
                    return line
        return None


def _challenge(page: _Glance) -> PageSign | None:
    if len(page.visible) > CHALLENGE_CHARACTERS:
        return None
    root = page.tree.root
    few_words = len(page.visible) < STAND_IN_CHARACTERS
    for script in root.iter("script", "iframe") if few_words else ():
        if found := _CHALLENGE_SOURCES.search(script.get("src") or script.text or ""):
            return PageSign("challenge", f"few words and a script of {found.group()}")
    for element in root.iter("form", "div", "input", "img"):
        if found := _CHALLENGE_MARKS.search(
            f"{element.get('id', '')} {element.get('class', '')} {element.get('name', '')}"
        ):
            return PageSign("challenge", f"few words and an element named {found.group()}")
    if line := page.says_first(page_words.CHALLENGE):
        return PageSign("challenge", f"it says {line!r}")
    if few_words and (found := page_words.CHALLENGE.search(page.visible.lower())):
        return PageSign("challenge", f"it says {found.group()!r}")
    return None


def _not_found(page: _Glance) -> PageSign | None:
    if "error404" in _body_class(page.tree):
        return PageSign("soft_404", "its body is of class error404")
    if line := page.says_first(page_words.NOT_FOUND):
        return PageSign("soft_404", f"it says {line!r}")
    return None


def _error(page: _Glance) -> PageSign | None:
    if line := page.says_first(page_words.ERROR):
        return PageSign("error_page", f"it says {line!r}")
    return None


def _consent(page: _Glance) -> PageSign | None:
    """A wall, not a banner: the words are all there is, and something to press."""
    text = page.body.text.lower()
    if len(page.visible) > 3 * CHALLENGE_CHARACTERS or (text and not page_words.CONSENT.search(text)):
        return None
    words = page_words.CONSENT.findall(page.visible.lower())
    pressed = next(page.tree.root.iter("form", "button"), None) is not None
    if pressed and len(words) * 300 >= max(300, len(page.visible)) and not _states_article(page.tree):
        return PageSign("consent", f"a form, and its few words speak of {words[0]!r}")
    return None


def _login(page: _Glance) -> PageSign | None:
    password = any((i.get("type") or "").lower() == "password" for i in page.tree.root.iter("input"))
    if password and (line := page.says_first(page_words.LOGIN)):
        return PageSign("login", f"a field for a password, and it says {line!r}")
    return None


def _paywall(page: _Glance) -> PageSign | None:
    """A teaser, and where it breaks off the words for subscribers, or on a page that says it is paid a box with a way in."""
    root = page.tree.root
    closed = any(str(t.get("isAccessibleForFree")).lower() == "false" for t in page.tree.json_ld)
    named = [
        e
        for e in root.iter("div", "section", "aside")
        if _PAYWALL_NAMES.search(f"{e.get('class', '')} {e.get('id', '')}")
    ]
    if (closed or named) and (found := page_words.PAYWALL.search(page.visible.lower())):
        return PageSign("paywall", f"the text breaks off and the page says {found.group()!r}")
    boxes = [e for e in named if next(e.iter("a", "button", "form"), None) is not None]
    walls = [len(text) for e in boxes if (text := clean(e.text_content())) and len(text) < STAND_IN_CHARACTERS / 2]
    if closed and walls and len(page.body.text) - max(walls) < STAND_IN_CHARACTERS / 2:
        return PageSign("paywall", "it says that it is not free, and a box with a way in stands after a few lines")
    return None


def _shell(page: _Glance) -> PageSign | None:
    if page.body.text and len(page.visible) > STAND_IN_CHARACTERS / 2:
        return None
    for name in _SHELL_ROOTS:
        root = page.tree.root.find(f".//div[@id='{name}']")
        if root is not None and not _visible_text(root):
            return PageSign("app_shell", f"an empty element #{name} that a script would fill")
    silent = " ".join(n.text_content() for n in page.tree.root.iter("noscript"))
    if len(page.visible) < STAND_IN_CHARACTERS / 2 and (
        found := page_words.NEEDS_SCRIPT.search(f"{silent} {page.visible}".lower())
    ):
        return PageSign("app_shell", f"hardly a word, and it says {found.group()!r}")
    return None


# In this order, each switched off in turn by benchmarks/ablation.py.
LOOKS = (_challenge, _not_found, _error, _consent, _login, _paywall, _shell)


def _list_by_structure(tree: PageTree, body: Body) -> PageSign | None:
    """The text's place is mostly pointers to other pages; a page that calls itself a list needs fewer of them."""
    classes = _body_class(tree)
    named = bool(_LIST_BODY.search(classes)) and not _SINGLE_BODY.search(classes)
    named = named or any(_LIST_TYPES.intersection(types_of(thing)) for thing in tree.json_ld)
    needed, part = (3, 0.6) if named else (MANY_POINTERS, 0.9)
    if not named and sum(len(paragraph) >= _LONG_PARAGRAPH for paragraph in body.text.split("\n\n")) > 1:
        return None
    if body.pointers >= needed and body.pointers >= part * body.blocks:
        return PageSign("list", f"{body.pointers} of its {body.pointers + body.blocks} blocks are links to other pages")
    return None


def _body_class(tree: PageTree) -> str:
    element = tree.root.find("body")
    return element.get("class", "") if element is not None else ""


def _states_article(tree: PageTree) -> bool:
    """Whether the page's data say that it is an article: JSON-LD of that type, or Open Graph's type with a date."""
    if article_ld(tree):
        return True
    return (tree.meta("og:type") or "").lower() == "article" and tree.meta("article:published_time") is not None


def _headline_links(root: Element) -> int:
    links = {a.get("href") for a in root.iter("a") if len(clean(a.text_content())) >= _HEADLINE_LINK_CHARACTERS}
    return len(links)


def _visible_text(root: Element) -> str:
    """The words of a page without scripts; hidden ones too, since who hides them is in the style sheets."""
    found: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            found.append(node)
        elif node.tag not in _SILENT:
            if node.text:
                found.append(node.text)
            for child in reversed(node):
                if child.tail:
                    waiting.append(child.tail)
                waiting.append(child)
    return " ".join(" ".join(found).split())
