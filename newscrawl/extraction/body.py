"""A parsed page -> its article's text and Markdown."""

from copy import deepcopy
from dataclasses import dataclass

from newscrawl.extraction.tree import PageTree
from newscrawl.site import Override


@dataclass(frozen=True, slots=True)
class Body:
    """text: paragraphs separated by an empty line; markdown: the same with headings, lists, quotes, links and tables."""

    text: str = ""
    markdown: str = ""


def read_body(tree: PageTree, title: str | None, lead: str | None, override: Override | None = None) -> Body:
    """The article's text. Both are "" when the page has none."""
    from trafilatura import bare_extraction

    found = bare_extraction(deepcopy(tree.root), fast=True, with_metadata=False, include_comments=False)
    if found is None:
        return Body()
    return Body(found.text.replace("\n", "\n\n"), found.text)
