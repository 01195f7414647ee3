"""An answer that led from an article's address to a front page -> the fate that says so: the article is not there.

Sites that have no page for "not found" send readers of a withdrawn article to their front page, or to that of its language.
"""

import re
from urllib.parse import urlsplit

from newscrawl.page import Fate
from newscrawl.site import Site, host_of

# "/", "/ru", "/kz/", "/index.php", "/kk/index.html": one short word at most, then the end.
_FRONT = re.compile(r"/?(?:[a-z]{2}/?)?(?:index\.\w{2,5}|home/?)?", re.IGNORECASE)


def front_page_fate(asked: str, answered: str, site: Site) -> tuple[Fate, str] | None:
    """SOFT_404 where the request for an article was answered by a front page of its site, else None."""
    if host_of(answered) not in site.all_hosts or not is_front_page(answered, site) or is_front_page(asked, site):
        return None
    return Fate.SOFT_404, f"it leads to the front page {answered}"


def is_front_page(url: str, site: Site) -> bool:
    """Whether the address is the site's home or a host's or a language's first page."""
    parts, home = urlsplit(url), urlsplit(site.home)
    if parts.query:
        return False
    at_home = host_of(url) == host_of(site.home) and parts.path.rstrip("/") == home.path.rstrip("/")
    return at_home or bool(_FRONT.fullmatch(parts.path))
