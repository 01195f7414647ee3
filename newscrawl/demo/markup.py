"""Text and templates -> escaped HTML: whatever is no `Markup` yet is escaped on its way into a page."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from string import Template
from typing import Any

from newscrawl.demo.story import content_folder


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


EMPTY = Markup("")


def safe(value: object) -> Markup:
    """The value as HTML text, quotes included, so that it fits into an attribute too."""
    return value if isinstance(value, Markup) else Markup(escape(str(value)))


def joined(parts: Iterable[object], between: str = "\n") -> Markup:
    """Several pieces as one."""
    return Markup(between.join(safe(part) for part in parts))


def element(tag: str, content: object = "", /, **attributes: str) -> Markup:
    """One element; `class_` loses its underscore, other underscores become hyphens."""
    written = "".join(f' {name.rstrip("_").replace("_", "-")}="{safe(v)}"' for name, v in attributes.items())
    return Markup(f"<{tag}{written}>{safe(content)}</{tag}>")


def void_element(tag: str, /, **attributes: str) -> Markup:
    """An element without content, such as `meta`, `link` and `img`."""
    return Markup(element(tag, **attributes).removesuffix(f"</{tag}>"))


def paragraphs(texts: Iterable[str]) -> Markup:
    """Each text in a paragraph of its own."""
    return joined(element("p", text) for text in texts)


def links(pairs: Iterable[tuple[str, str]], css_class: str = "") -> Markup:
    """(address, text) pairs as a list."""
    items = joined(element("li", element("a", text, href=url)) for url, text in pairs)
    return element("ul", items, **({"class_": css_class} if css_class else {}))


def json_ld(facts: Mapping[str, Any]) -> Markup:
    """A JSON-LD script; `<` is written as an escape, so that no text can end the script."""
    text = json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def fill(folder: str, template: str, **values: object) -> Markup:
    """A template file of a site with `$name` filled in, escaped."""
    return Markup(_template(folder, template).substitute({name: safe(value) for name, value in values.items()}))


@lru_cache(maxsize=64)
def _template(folder: str, name: str) -> Template:
    return Template((content_folder(folder) / name).read_text(encoding="utf-8"))
