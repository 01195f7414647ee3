"""An article -> its row, version and search index, and the fate of its address, whole in one transaction."""

import sqlite3
from functools import partial
from importlib.metadata import version
from typing import Any

from newscrawl import __version__
from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.page import KEPT_FATES, Fate
from newscrawl.store import frontier
from newscrawl.store.articles import Stored, store_article
from newscrawl.urls import canonical_url

# Asked of the installation: the crawl process does not read pages, and importing trafilatura costs it 0.4 s.
EXTRACTOR = f"newscrawl {__version__}, trafilatura {version('trafilatura')}"


class StoragePipeline(PagePipeline):
    """Hands on what was stored or changed as a record, which is what `-O out.jsonl` exports; the rest ends here."""

    async def process_item(self, item: Reading) -> dict[str, Any]:
        """Write, and wait for the commit."""
        assert item.article is not None
        article = item.article
        fate, why = await self.write(lambda connection: self._store(connection, item))
        if fate in KEPT_FATES:
            self.recorder.visit.note_article(item.read, fate, item.page.fetched_at)
        if fate not in {Fate.STORED, Fate.UPDATED}:
            told = {Fate.UNCHANGED: "known already", Fate.COPY: f"the text of {item.copy_of}"}
            raise DropPage(fate, told.get(fate, why), committed=True)
        return {"site": self.site.name, "fate": str(fate), **article.to_record()}

    def _store(self, connection: sqlite3.Connection, item: Reading) -> Stored:
        assert item.article is not None
        page = item.page
        stored = store_article(
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
        # The address that redirects first: an article is looked at again under one address, and from here on under the other.
        if canonical_url(page.final_url) != canonical_url(page.url):
            set_fate(url=page.url, fate=Fate.REDIRECTED, detail=f"to {page.final_url}")
        # A page that is not believed must not become the state of which "not modified" says that it stands.
        validators = (page.header("ETag"), page.header("Last-Modified")) if stored.fate in KEPT_FATES else ("", "")
        set_fate(
            url=page.final_url,
            fate=stored.fate,
            detail=stored.detail,
            etag=validators[0],
            last_modified=validators[1],
        )
        return stored
