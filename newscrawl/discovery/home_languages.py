"""A home page -> its language, and the home pages of the site's other languages."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.discovery.entries import article_link, language_code
from newscrawl.extraction.tree import PageTree, UnreadablePage, read_tree
from newscrawl.site import host_of

MOST_LANGUAGES = 6
# What language switchers of the region are labelled with.
_LABELS = {
    "kz": "kk", "kk": "kk", "қаз": "kk", "каз": "kk", "қз": "kk", "кз": "kk", "қазақша": "kk", "қазақ": "kk", "қазақ тілі": "kk", "qaz": "kk",
    "qazaqsha": "kk", "qazaqşa": "kk", "ru": "ru", "рус": "ru", "ру": "ru", "русский": "ru", "по-русски": "ru", "орыс": "ru", "орысша": "ru",
    "en": "en", "eng": "en", "англ": "en", "english": "en", "kg": "ky", "ky": "ky", "кыр": "ky", "кырг": "ky", "кыргызча": "ky", "uz": "uz",
    "oz": "uz", "o'z": "uz", "oʻz": "uz", "ўз": "uz", "o'zbekcha": "uz", "oʻzbekcha": "uz", "ўзбекча": "uz", "tj": "tg", "tg": "tg",
    "тоҷ": "tg", "тоҷикӣ": "tg",
}  # fmt: skip
_LANGUAGE_IN_ADDRESS = re.compile(r"\A/?([a-z]{2,3})/?\Z")


def page_language(html: bytes | str, url: str, content_type: str | None = None) -> str | None:
    """What `<html lang>` says, ISO 639-1. A claim: the articles' own language is told from their texts."""
    try:
        tree = read_tree(html, url, content_type)
    except UnreadablePage:
        return None
    return language_code(tree.root.get("lang"))


def other_homes(html: bytes | str, url: str, content_type: str | None = None) -> tuple[tuple[str, str], ...]:
    """(language, home page) of the site's other languages, by hreflang and by what looks like a language switcher."""
    try:
        tree = read_tree(html, url, content_type)
    except UnreadablePage:
        return ()
    found: dict[str, str] = {}
    for language, link in islice(_switches(tree, url), 50):
        if link.rstrip("/") != url.rstrip("/"):
            found.setdefault(language, link)
    return tuple(found.items())[:MOST_LANGUAGES]


def _switches(tree: PageTree, url: str) -> Iterator[tuple[str, str]]:
    for element in tree.root.iter("link", "a"):
        link = article_link(url, element.get("href"))
        if not link or not _is_home(link, url):
            continue
        stated = language_code(element.get("hreflang")) if element.get("hreflang") else None
        label = " ".join(element.text_content().split()).lower() if element.tag == "a" else ""
        if language := stated or _LABELS.get(label):
            yield language, link


def _is_home(link: str, url: str) -> bool:
    """A front page of the site: no path but a language's, on the site's host or one beside or below it."""
    parts = urlsplit(link)
    bare = not parts.path.strip("/") or _LANGUAGE_IN_ADDRESS.match(parts.path.lower()) is not None
    return bare and not parts.query and _same_name(host_of(link), host_of(url))


def _same_name(host: str, home: str) -> bool:
    """`kaz.nur.kz` and `www.nur.kz`: the last two labels are the same (a literal address or a port only as a whole)."""
    if host == home:
        return True
    names = [h.partition(":")[0].split(".") for h in (host, home)]
    return all(not n[-1].isdigit() and len(n) > 1 for n in names) and names[0][-2:] == names[1][-2:]
