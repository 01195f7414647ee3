"""An address with parameters -> whether addresses that differ from it by one value are all known to be one article.

That is how a session id looks that no list of names knows: `?zz=8f3a` and `?zz=c01d` are one page. Where a parameter
chooses the page (`?id=7`), two of its values lead to two articles.
"""

import sqlite3
from urllib.parse import parse_qsl

from newscrawl.urls import canonical_url

MOST_COMPARED = 200


def meaningless_parameter(connection: sqlite3.Connection, url: str, least: int) -> str | None:
    """The parameter by whose value alone `url` differs from `least` or more known addresses that are all one article."""
    path, mark, query = canonical_url(url).partition("?")
    if not mark:
        return None
    own = dict(parse_qsl(query, keep_blank_values=True))
    articles: dict[str, list[str]] = {name: [] for name in own}
    # "@" is the character behind "?": a range of the index on canonical.
    rows = connection.execute(
        "SELECT u.canonical, coalesce(a.copy_of, a.url) AS article FROM urls AS u JOIN articles AS a ON a.id = u.article_id"
        " WHERE u.canonical > ?1 || '?' AND u.canonical < ?1 || '@' AND u.canonical <> ?2 LIMIT ?3",
        (path, f"{path}?{query}", MOST_COMPARED),
    )
    for row in rows:
        other = dict(parse_qsl(row["canonical"].partition("?")[2], keep_blank_values=True))
        differing = [name for name in own if other.get(name) != own[name]]
        if other.keys() == own.keys() and len(differing) == 1:
            articles[differing[0]].append(row["article"])
    return next((name for name, found in articles.items() if len(found) >= least and len(set(found)) == 1), None)
