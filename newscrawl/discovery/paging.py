"""A list's page -> where its next page is, when nothing in the page says "next": by the link that bears the next number."""

import re

from newscrawl.discovery.entries import article_link
from newscrawl.extraction.tree import PageTree
from newscrawl.site import host_of

# `?page=2`, `?PAGEN_1=2`, `/page/2/`, `/page-2`, `/2/`: the number stands alone in its place.
_ALONE = r"(?<=[=/_-]){}(?=[/?&#.]|\Z)"
# `?start=20` (Joomla) and the like count entries, not pages.
_OFFSET = re.compile(r"(?<=[?&])(start|offset|limitstart|from|skip)=(\d{1,6})(?=&|\Z)", re.IGNORECASE)


def next_by_number(tree: PageTree, base: str, url: str, page: int) -> str | None:
    """The address behind the link whose whole text is the next page's number; None when there is none on the list's host.

    The address must hold that number, or the one before it (Drupal counts from 0), or an offset that has grown. Links in
    tables are passed over: "2" is also a day of a calendar.
    """
    wanted = str(page + 1)
    for link in tree.root.iter("a"):
        target = article_link(base, link.get("href"))
        if not target or target == url or host_of(target) != host_of(url) or link.text_content().strip() != wanted:
            continue
        if next(link.iterancestors("table"), None) is not None:
            continue
        if _holds(target, wanted) or _holds(target, str(page)) or _offset(target) > _offset(url):
            return target
    return None


def _holds(url: str, number: str) -> bool:
    return re.search(_ALONE.format(number), url) is not None


def _offset(url: str) -> int:
    match = _OFFSET.search(url)
    return int(match[2]) if match else 0
