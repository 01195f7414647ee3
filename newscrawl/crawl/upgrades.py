"""A known article that other code had read -> what today's code reads off the same page: an upgrade of ours is no edit of theirs.

Only where something differs, and only once an article: what is stored then was read by today's code.
"""

import asyncio
import logging
import sqlite3

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import EXTRACTOR
from newscrawl.crawl.rereading import read_again, reading_of
from newscrawl.crawl.shared import Shared
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveError, read_capture
from newscrawl.store.captures import StoredCapture, find_capture
from newscrawl.store.changes import Rereading, changed_fields
from newscrawl.store.records import find_article

logger = logging.getLogger(__name__)


async def read_by_todays_code(capture: StoredCapture, site: Site, shared: Shared) -> Rereading | None:
    """The archived page as today's code reads it; None where it cannot be read or is no article to it."""
    try:
        page = await asyncio.to_thread(read_capture, shared.folder / "archive", capture.ref.file, capture.ref.offset)
    except ArchiveError as error:
        logger.warning("%s: whether the site or newscrawl has changed the article cannot be told: %s", site.name, error)
        return None
    draft = await read_again(shared.pool, page, site)
    if draft.page_type != "article":
        return None
    again = reading_of(page, draft, capture.id)
    assert again.article is not None
    return Rereading(again.article, again.text_hash)


def capture_read_by_other_code(connection: sqlite3.Connection, item: Reading) -> StoredCapture | None:
    """The capture that the stored article was read from, where other code did that and reads something else than today's."""
    assert item.article is not None
    row = find_article(connection, item.article.url)
    if row is None or row["extractor"] == EXTRACTOR or row["capture_id"] is None:
        return None
    if not changed_fields(dict(row), item.article, item.text_hash):
        return None
    return find_capture(connection, row["capture_id"])
