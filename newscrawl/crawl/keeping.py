"""A page that was read -> its article in the tables: copies looked for, row and version written, the fates of its addresses.

The crawl does this with a page that it has just fetched, a rebuild with one from the archive: what is stored must be the same.
"""

import sqlite3
from datetime import timedelta
from functools import partial
from importlib.metadata import version

from newscrawl import __version__
from newscrawl.crawl.item import Reading
from newscrawl.extraction.fingerprint import is_copy, near_signature, text_hash
from newscrawl.page import KEPT_FATES, Fate
from newscrawl.store import frontier
from newscrawl.store.articles import Stored, find_by_text_hash, near_candidates, store_article
from newscrawl.urls import canonical_url

# Asked of the installation: the crawl process does not read pages, and importing trafilatura costs it 0.4 s.
EXTRACTOR = f"newscrawl {__version__}, trafilatura {version('trafilatura')}"
# Wire texts are printed within days; looking further back would cost more with every year of the database.
COPY_WINDOW = timedelta(days=7)
# A kind of page that is no article, and the fate that says the same.
PAGE_FATES = {"list": Fate.LISTING} | {
    name: Fate(name)
    for name in (
        "challenge", "consent", "login", "paywall", "app_shell", "error_page", "soft_404", "empty", "too_large", "read_error",
    )
}  # fmt: skip


def take_fingerprints(item: Reading) -> None:
    """Set `text_hash` and `near_signature`."""
    assert item.article is not None
    item.text_hash = text_hash(item.article.text)
    item.near_signature = near_signature(item.article.text)


def find_original(connection: sqlite3.Connection, item: Reading) -> str | None:
    """The address of the stored article whose text this is, the same or nearly."""
    assert item.article is not None
    url, language = item.article.url, item.article.language
    same = find_by_text_hash(connection, item.text_hash)
    if same is not None:
        return same if same != url else None
    if item.near_signature is None:
        return None
    since = item.page.fetched_at - COPY_WINDOW
    near = near_candidates(connection, item.near_signature, since=since, language=language)
    return next((n.url for n in near if n.url != url and is_copy(item.near_signature, n.near_signature)), None)


def keep_article(connection: sqlite3.Connection, item: Reading, site: str, run_id: int | None) -> Stored:
    """Write the article, and the fates of the address that was asked for and of the one that answered."""
    assert item.article is not None
    # Looked for once more: the same text may have been stored under another address since, by a page that was on its way too.
    item.copy_of = item.copy_of or find_original(connection, item)
    page = item.page
    stored = store_article(
        connection,
        item.article,
        site=site,
        fetched_at=page.fetched_at,
        capture_id=item.capture_id,
        text_hash=item.text_hash,
        near_signature=item.near_signature,
        extractor=EXTRACTOR,
        copy_of=item.copy_of,
        known_as=(page.url,) if page.url != page.final_url else (),
        rereading=item.rereading,
    )
    set_fate = partial(frontier.set_fate, connection, at=page.fetched_at, site=site, run_id=run_id)
    # The address that redirects first: an article is looked at again under one address, and from here on under the other.
    if canonical_url(page.final_url) != canonical_url(page.url):
        set_fate(url=page.url, fate=Fate.REDIRECTED, detail=f"to {page.final_url}")
    # A page that is not believed must not become the state of which "not modified" says that it stands.
    validators = (page.header("ETag"), page.header("Last-Modified")) if stored.fate in KEPT_FATES else ("", "")
    set_fate(
        url=page.final_url, fate=stored.fate, detail=stored.detail, etag=validators[0], last_modified=validators[1]
    )
    return stored
