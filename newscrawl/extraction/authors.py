"""Bylines in all their shapes -> people, and the wire agency where a text is one's."""

from collections.abc import Iterable

from newscrawl.extraction.outlet import is_outlet
from newscrawl.extraction.structured import article_ld, clean, resolve, strings
from newscrawl.extraction.tree import PageTree


def read_authors(tree: PageTree, outlets: frozenset[str]) -> tuple[tuple[str, ...], str | None]:
    """The people who wrote the article, and the agency that it is from."""
    stated = article_ld(tree).get("author")
    listed = stated if isinstance(stated, list) else [stated]
    names = [n for one in listed for n in strings(resolve(tree, one))]
    if not names:
        names = [clean(v) for v in [tree.meta("author")] if v]
    return judge_names(names, outlets)


def judge_names(names: Iterable[str], outlets: frozenset[str]) -> tuple[tuple[str, ...], str | None]:
    """Raw byline strings -> people in order, each once, and the first agency."""
    return tuple(dict.fromkeys(n for n in names if n and not is_outlet(n, outlets))), None
