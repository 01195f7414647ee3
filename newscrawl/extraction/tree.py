"""Bytes or text -> one parsed tree and its structured data, looked up once and shared by every reader."""

import json
from functools import cached_property
from typing import Any, TypeAlias

from lxml import etree
from lxml import html as lxml_html
from w3lib.encoding import html_to_unicode

Element: TypeAlias = lxml_html.HtmlElement


class UnreadablePage(ValueError):
    """The page is over a limit or is no HTML: the message says which; `fate` is "too_large", "read_error" or "empty"."""

    def __init__(self, message: str, fate: str) -> None:
        super().__init__(message)
        self.fate = fate


class PageTree:
    """A parsed page. `root` is the lxml tree as the page has it (readers that cut work on a copy), `html` its source text."""

    def __init__(self, root: Element, html: str, url: str) -> None:
        self.root = root
        self.html = html
        self.url = url

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
    text = html if isinstance(html, str) else html_to_unicode(content_type, html)[1]
    if not text.strip():
        raise UnreadablePage("the page is empty", "empty")
    try:
        root = lxml_html.document_fromstring(text)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadablePage(f"the page cannot be parsed as HTML: {error}", "read_error") from error
    return PageTree(root, text, url)


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None


def _flat(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [item for v in value for item in _flat(v)]
    if isinstance(value, dict):
        return [value, *_flat(value.get("@graph"))]
    return []
