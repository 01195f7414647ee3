"""A page and its Site -> the names that the outlet has for itself: cut from titles, and never an author."""

import re
from urllib.parse import urlsplit

from newscrawl.extraction.structured import strings, types_of
from newscrawl.extraction.tree import PageTree
from newscrawl.site import Site

SHORTEST_MENTION = 3  # letters; shorter names are also words
_WORDS = re.compile(r"\w+")
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "edu", "ac", "info"})


def words_key(text: str) -> str:
    """Letters and digits only, in lower case: what two spellings of a name or headline have in common."""
    return " ".join(_WORDS.findall(text.replace("\u00ad", "").casefold()))


def outlet_names(tree: PageTree, site: Site | None) -> frozenset[str]:
    """The keys (see `words_key`, and the same without spaces) of every name under which the outlet speaks of itself."""
    stated = [*(site.outlets if site else ()), *_host_names(tree.url)]
    stated += [c for n, c in tree.metas if n in {"og:site_name", "application-name", "apple-mobile-web-app-title"}]
    for thing in tree.json_ld:
        stated += strings(thing.get("publisher"))
        if {"WebSite", "NewsMediaOrganization"}.intersection(types_of(thing)):
            stated += [*strings(thing.get("name")), *strings(thing.get("alternateName"))]
    keys = {words_key(s) for s in stated if 1 < len(s) <= 60} - {""}
    return frozenset(keys | {k.replace(" ", "") for k in keys})


def is_outlet(text: str, outlets: frozenset[str]) -> bool:
    """Whether the text is one of the outlet's names, however it is spaced."""
    key = words_key(text)
    return key in outlets or key.replace(" ", "") in outlets


def mentions_outlet(text: str, outlets: frozenset[str]) -> bool:
    """Whether one of the outlet's names stands in the text as whole words: "Redaction of Example.kz", "Example Kz"."""
    if is_outlet(text, outlets):
        return True
    key = f" {words_key(text)} "
    return any(f" {name} " in key for name in outlets if len(name) >= SHORTEST_MENTION)


def _host_names(url: str) -> list[str]:
    """`www.example.co.uk` -> `example.co.uk`, `example`; `tengrinews.kz` -> `tengrinews.kz`, `tengrinews`."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    if len(labels) < 2:
        return [host]
    own = labels[-3] if len(labels) > 2 and labels[-2] in SECOND_LEVEL else labels[-2]
    registered = ".".join(labels[labels.index(own) :])
    return [host, registered, own]
