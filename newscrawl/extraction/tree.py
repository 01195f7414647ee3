"""Bytes or text -> one parsed tree and its structured data, looked up once and shared by every reader."""

import json
import re
from functools import cached_property
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html

from newscrawl.extraction.draft import PageType
from newscrawl.extraction.encoding import clean_text, decode_page

Element: TypeAlias = lxml_html.HtmlElement

MAX_BYTES = 10 * 1024 * 1024
MAX_TAGS = 60_000  # the largest of 800 news pages has 3,100 elements; 200,000 paragraphs kept trafilatura busy for over a minute
MAX_OPENED = (
    10 * MAX_TAGS
)  # "<" alone; each that opens no tag is an error that libxml2 notes down: five million took it 1.3 s
MANY_OPENED = 10_000  # two of 800 news pages have more; below it as many attributes are parsed in 0.1 s
MAX_ATTRIBUTES = 1_000  # on one tag: libxml2 compares each with all before it, 100,000 took it 12 s
_LONG_TAG = 2 * MAX_ATTRIBUTES  # characters: a shorter one cannot hold too many
_LONG_RUN = re.compile(rf"<[a-zA-Z][^<]{{{_LONG_TAG - 1},}}+")
# Possessive parts: each character is looked at once, an open quote ends the match.
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_SCRIPT = re.compile(r"<(?:(script|style)\b|!--)", re.IGNORECASE)
_SCRIPT_ENDS = {
    None: re.compile("-->"),
    "script": re.compile("</script", re.IGNORECASE),
    "style": re.compile("</style", re.IGNORECASE),
}
_ANY_TAG = re.compile(r"<[a-zA-Z]")
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"RIFF", "a RIFF file"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
)
# libxml2 closes a heading where a paragraph begins in it, browsers do not: "<h2 class=lead><p>Text</p></h2>" is one heading.
_PARAGRAPH_IN_HEADING = re.compile(
    r"(<(h[1-6])\b[^<>]{0,500}>)\s{0,50}<p\b[^<>]{0,500}>((?:[^<]|<(?!/?(?:p|h[1-6])\b)){0,3000})(?:</p>\s{0,50})?(</\2>)",
    re.IGNORECASE,
)
# What may stay when a page is nested too deep for the parser: tags that HTML itself closes, or that hold no others.
_NESTING_TAG = re.compile(
    r"</?(?!(?:html|head|title|meta|link|script|style|body|p|h[1-6]|br|hr|img|time)\b)[a-zA-Z][^<>]*>", re.IGNORECASE
)


# lxml asks a Python function for the class of each element that it hands out; here all are of one, and forms mean nothing.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)


class UnreadablePage(ValueError):
    """The page is over a limit or is no HTML: the message says which; `fate` is "too_large", "read_error" or "empty"."""

    def __init__(self, message: str, fate: PageType) -> None:
        super().__init__(message)
        self.fate: PageType = fate


class PageTree:
    """A parsed page. `root` is the lxml tree as the page has it (readers that cut work on a copy), `html` its source text.

    flattened: the page was nested too deep, so its block tags were taken away before parsing. answers: what one reader
    worked out and others ask for too, by its name.
    """

    def __init__(self, root: Element, html: str, url: str, flattened: bool = False) -> None:
        self.root = root
        self.html = html
        self.url = url
        self.flattened = flattened
        self.answers: dict[str, Any] = {}
        # lxml makes an element's Python object anew for each walk unless somebody holds it: a third of all readers' time.
        self._held = tuple(root.iter())

    @cached_property
    def json_ld(self) -> tuple[dict[str, Any], ...]:
        """Every JSON-LD object of the page with `@graph` and lists laid flat, in document order; broken blocks are left out."""
        found: list[dict[str, Any]] = []
        for script in self.root.iter("script"):
            if "ld+json" in (script.get("type") or "").lower():
                found += _flat(_loads(script.text_content()))
        return tuple(found)

    @cached_property
    def metas(self) -> tuple[tuple[str, str], ...]:
        """(name, content) of each `<meta>` that has both, the name (or property, or itemprop) in lower case."""
        found = []
        for meta in self.root.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop")
            if name and (content := meta.get("content")):
                found.append((name.strip().lower(), content.strip()))
        return tuple(found)

    def meta(self, *names: str) -> str | None:
        """The first content among the given names, tried in the order given."""
        return next((c for wanted in names for n, c in self.metas if n == wanted and c), None)


def read_tree(html: str | bytes, url: str, content_type: str | None = None) -> PageTree:
    """Parse a page. `content_type` is the HTTP header of that name. Raises `UnreadablePage`, and nothing else."""
    if len(html) > MAX_BYTES:
        raise UnreadablePage(f"the page has {len(html):,} bytes, more than {MAX_BYTES:,}", "too_large")
    if isinstance(html, bytes):
        _refuse_binary(html)
        html = decode_page(html, content_type)
    text = clean_text(html.removeprefix("\ufeff"))
    if not _ANY_TAG.search(text):
        if not text.strip() or text.lstrip().startswith("<!"):
            raise UnreadablePage("the page is empty", "empty")
        raise UnreadablePage("the page is no HTML: it has no tags", "read_error")
    _refuse_too_complex(text)
    root = _parsed(_PARAGRAPH_IN_HEADING.sub(r"\1\3\4", text))
    if root is not None:
        return PageTree(root, text, url)
    root = _parsed(_NESTING_TAG.sub(" ", text))
    if root is None:
        raise UnreadablePage("the page cannot be parsed as HTML, not even without its nested blocks", "read_error")
    return PageTree(root, text, url, flattened=True)


def _refuse_binary(body: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            raise UnreadablePage(f"the page is no HTML but {kind}", "read_error")


def _refuse_too_complex(text: str) -> None:
    # Counted, not listed: a body of 10 MiB made of "<" alone gave five million strings.
    opened = text.count("<")
    if opened > MAX_OPENED:
        raise UnreadablePage(f"the page has more than {MAX_OPENED:,} '<'", "read_error")
    if opened > MAX_TAGS and sum(1 for _ in _ANY_TAG.finditer(text)) > MAX_TAGS:
        raise UnreadablePage(f"the page has more than {MAX_TAGS:,} tags", "read_error")
    if opened > MANY_OPENED:  # values and names may hold "<", too; scripts, which only look like tags, are left out
        tags = (tag.group() for tag in _TAG.finditer(_without_scripts(text)))
    else:
        tags = (tag.group() for long in _LONG_RUN.finditer(text) if (tag := _TAG.match(long.group())))
    if any(_has_too_many_attributes(tag) for tag in tags):
        raise UnreadablePage(f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes", "read_error")


def _without_scripts(text: str) -> str:
    """The text up to the first script, style or comment that has no end, without those that have one: each is looked at once."""
    parts, at = [], 0
    while script := _SCRIPT.search(text, at):
        parts.append(text[at : script.start()])
        name = script.group(1)
        end = _SCRIPT_ENDS[name and name.lower()].search(text, script.end())
        if not end:
            return "".join(parts)
        at = end.end()
    return "".join((*parts, text[at:]))


def _has_too_many_attributes(tag: str) -> bool:
    return len(tag) > _LONG_TAG and len(_QUOTED.sub("", tag).split(None, MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES


def _parsed(text: str) -> Element | None:
    """The tree, or None when the parser gave up: past its limits (a depth of 256 among them) it drops the rest of the page."""
    # Bytes, since lxml refuses text that carries an encoding declaration of its own.
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    last = parser.error_log.last_error
    return None if last is not None and last.level == etree.ErrorLevels.FATAL else root


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _flat(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [item for v in value for item in _flat(v)]
    if isinstance(value, dict):
        return [value, *_flat(value.get("@graph"))]
    return []
