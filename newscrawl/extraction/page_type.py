"""A parsed page -> what kind of page it is, and the sign that says so."""

from dataclasses import dataclass

from newscrawl.extraction.draft import PageType
from newscrawl.extraction.tree import PageTree


@dataclass(frozen=True, slots=True)
class PageSign:
    """What kind of page it is and the sign that says so, in words."""

    page_type: PageType
    reason: str = ""


def identify_page_type(tree: PageTree) -> PageSign:
    """The kind of page; an article unless a sign says otherwise."""
    return PageSign("article")
