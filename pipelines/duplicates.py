"""An article -> its fingerprints, and the stored article that it is a copy of, if it is one."""

import sqlite3
from datetime import timedelta

from newscrawl.crawl.item import Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.extraction.fingerprint import is_copy, near_signature, text_hash
from newscrawl.store.articles import find_by_text_hash, near_candidates

# Wire texts are printed within days; looking further back would cost more with every year of the database.
COPY_WINDOW = timedelta(days=7)


class DuplicatesPipeline(PagePipeline):
    """Sets `text_hash`, `near_signature` and `copy_of`."""

    async def process_item(self, item: Reading) -> Reading:
        """Look among what is stored for the same text under another address."""
        assert item.article is not None
        item.text_hash = text_hash(item.article.text)
        item.near_signature = near_signature(item.article.text)
        item.copy_of = await self.write(lambda connection: self._find_original(connection, item))
        return item

    def _find_original(self, connection: sqlite3.Connection, item: Reading) -> str | None:
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
