"""Addresses of articles that a site lists -> a pattern for its file that tells them from its other addresses."""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from newscrawl.urls import is_http_url

FEWEST_ADDRESSES = 3  # fewer show no rule
MOST_FORMS = 4
MOST_SECTIONS = 3
FITS = 0.95
# What a form with open parts would take in on nearly every site.
NO_SECTIONS = r"(?!/(?:[a-z]{2}/)?(?:tags?|authors?|category|rubrics?|search|page|feed)/)"
_FIXED = re.compile(r"[a-z][a-z_-]{0,20}\Z")
# A part of a path -> the rule that it is an example of; the first that fits.
_RULES = (
    (re.compile(r"(?:19|20)\d\d\Z"), r"20\d{2}"),
    (re.compile(r"(?:19|20)\d\d-\d\d-\d\d\Z"), r"20\d{2}-\d{2}-\d{2}"),
    (re.compile(r"20\d{6}\Z"), r"20\d{6}"),
    (re.compile(r"\d{1,2}\Z"), r"\d{1,2}"),
    (re.compile(r"\d+\Z"), r"\d+"),
    (re.compile(r"\d+(?=[-_])[-_]"), r"\d+[-_]{slug}"),
    (re.compile(r".*[-_]\d{2,}\Z"), r"{slug}[-_]\d+"),
)
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?)\Z")


def article_pattern(articles: Iterable[str], others: Iterable[str], seen: Iterable[str] = ()) -> str | None:
    """A regular expression that fits all of `articles` and none of `others`, as `Site.article_url` wants it; else None.

    seen: what looks like articles besides; a pattern that does not fit nearly all of it would throw articles away. None also
    where the addresses are too few or too unlike each other, or carry the article in their query.
    """
    paths, seen, others = _paths(articles), list(seen), list(others)
    if len(paths) < FEWEST_ADDRESSES:
        return None
    hosts = _one_of([re.escape(host) for host in sorted({host for host, _ in paths})])
    # Rubrics come and go: they are named only where a pattern that leaves them open takes in what is no article.
    for fixed in (frozenset[str](), _sections(paths)):
        forms = Counter(_form(path, fixed) for _, path in paths)
        if None in forms or len(forms) > MOST_FORMS:
            continue
        pattern = f"https?://{hosts}{NO_SECTIONS}{_one_of(sorted(map(str, forms)))}$"
        fits = sum(bool(re.match(pattern, url)) for url in seen)
        if fits >= FITS * len(seen) and not any(re.match(pattern, url) for url in others):
            return pattern
    return None


def _paths(urls: Iterable[str]) -> list[tuple[str, str]]:
    """(host with its port, path) of each address; none at all where one of them says what it is in its query."""
    parts = [urlsplit(url) for url in dict.fromkeys(urls) if is_http_url(url)]
    return [] if any(p.query for p in parts) else [(p.netloc.lower(), p.path) for p in parts]


def _sections(paths: list[tuple[str, str]]) -> frozenset[str]:
    """The first parts that a few names make up: `/news/...` and `/kk/...` are stated, twenty rubrics are not."""
    firsts = Counter(path.split("/")[1] for _, path in paths if path.count("/") > 1)
    named = [name for name in firsts if _FIXED.match(name)]
    return frozenset(named) if 0 < len(named) <= MOST_SECTIONS and len(named) == len(firsts) else frozenset()


def _form(path: str, fixed: frozenset[str]) -> str | None:
    """The rule of one path, None for the root."""
    slash = "/" if path.endswith("/") else ""
    parts = [part for part in path.split("/") if part]
    if not parts:
        return None
    extension = _EXTENSION.search(parts[-1])
    parts[-1] = _EXTENSION.sub("", parts[-1])
    rules = [
        re.escape(part) if number == 0 and part in fixed and len(parts) > 1 else _rule(part)
        for number, part in enumerate(parts)
    ]
    return "/" + "/".join(rules) + (re.escape(extension.group()) if extension else "") + slash


def _rule(part: str) -> str:
    slug = "[^/?]+"
    return next((rule.replace("{slug}", slug) for example, rule in _RULES if example.match(part)), slug)


def _one_of(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
