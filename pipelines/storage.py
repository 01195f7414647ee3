"""An article -> its row, version and search index, and the fate of its address, whole in one transaction."""

import sqlite3
from functools import partial
from importlib.metadata import version
from typing import Any

from newscrawl import __version__
from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.page import Fate
from newscrawl.store import frontier
from newscrawl.store.articles import store_article
from newscrawl.urls import canonical_url

# Asked of the installation: the crawl process does not read pages, and importing trafilatura costs it 0.4 s.
EXTRACTOR = f"newscrawl {__version__}, trafilatura {version('trafilatura')}"


class StoragePipeline(PagePipeline):
    """Hands on what was stored or changed as a record, which is what `-O out.jsonl` exports; the rest ends here."""

    async def process_item(self, item: Reading) -> dict[str, Any]:
        """Write, and wait for the commit."""
        assert item.article is not None
        article = item.article
        fate = await self.write(lambda connection: self._store(connection, item))
        if fate not in {Fate.STORED, Fate.UPDATED}:
            raise DropPage(
                fate, "known already" if fate == Fate.UNCHANGED else f"the text of {item.copy_of}", committed=True
            )
        return {"site": self.site.name, "fate": str(fate), **article.to_record()}

    def _store(self, connection: sqlite3.Connection, item: Reading) -> Fate:
        assert item.article is not None
        page = item.page
        fate = store_article(
            connection,
            item.article,
            site=self.site.name,
            fetched_at=page.fetched_at,
            capture_id=item.capture_id,
            text_hash=item.text_hash,
            near_signature=item.near_signature,
            extractor=EXTRACTOR,
            copy_of=item.copy_of,
            known_as=(page.url,) if page.url != page.final_url else (),
        )
        set_fate = partial(
            frontier.set_fate, connection, at=page.fetched_at, site=self.site.name, run_id=self.recorder.run_id
        )
        set_fate(url=page.final_url, fate=fate, etag=page.header("ETag"), last_modified=page.header("Last-Modified"))
        if canonical_url(page.final_url) != canonical_url(page.url):
            set_fate(url=page.url, fate=Fate.REDIRECTED, detail=f"to {page.final_url}")
        return fate
