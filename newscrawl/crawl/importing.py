"""WARC files of other programs -> captures of our own archive, and articles with the history that they tell."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from newscrawl.crawl.keeping import EXTRACTOR, PAGE_FATES, keep_article
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.rereading import SiteOf, page_read, read_again, read_captured, reading_of
from newscrawl.extraction.draft import Draft
from newscrawl.page import Fate, Page
from newscrawl.site import Site
from newscrawl.store import frontier
from newscrawl.store.archive import ArchiveError, ArchiveWriter, CaptureRef, index_capture
from newscrawl.store.captures import has_capture
from newscrawl.store.columns import instant
from newscrawl.store.database import write_transaction
from newscrawl.store.foreign_warcs import Skipped, foreign_pages
from newscrawl.store.forgetting import forgotten_addresses
from newscrawl.store.histories import Sight, can_be_told, retell
from newscrawl.store.records import find_article
from newscrawl.store.rereadings import captures_of
from newscrawl.store.sites import upsert_site
from newscrawl.urls import canonical_url

PAGES_AT_A_TIME = 50


@dataclass(slots=True)
class Imported:
    """What came of an import: pages taken in, their fates, records left out by reason, and what is wrong with the files."""

    pages: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    histories: int = 0
    skipped: Skipped = field(default_factory=Skipped)
    problems: list[str] = field(default_factory=list)


class Importing:
    """One import, under the run's lock."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        archive: ArchiveWriter,
        pool: ReadingPool,
        site_of: SiteOf,
        now: datetime,
    ) -> None:
        self._now = now
        self._connection, self._path = connection, path
        self._archive, self._pool, self._site_of = archive, pool, site_of
        self._forgotten = forgotten_addresses(connection)
        self.result = Imported()

    async def take_in(self, file: Path) -> None:
        """Archive, index, read and store what is in one file. A file that ends badly is told, and its whole part is kept."""
        batch: list[tuple[Page, Site]] = []
        try:
            for page in foreign_pages(file, self.result.skipped, self._now + timedelta(days=1)):
                site = self._wanted(page)
                if site is None:
                    continue
                batch.append((page, site))
                if len(batch) == PAGES_AT_A_TIME:
                    await self._keep(batch)
                    batch = []
        except ArchiveError as error:
            self.result.problems.append(str(error))
        await self._keep(batch)

    def _wanted(self, page: Page) -> Site | None:
        if canonical_url(page.url) in self._forgotten:
            self.result.skipped.note("pages that were forgotten on request")
            return None
        if has_capture(self._connection, page.url, page.fetched_at):
            self.result.skipped.note("pages that are in the archive already")
            return None
        site = self._site_of(page.url)
        if site is None:
            self.result.skipped.note("pages of hosts that no site's file claims")
        return site

    async def _keep(self, batch: list[tuple[Page, Site]]) -> None:
        if not batch:
            return
        batch.sort(key=lambda entry: entry[0].fetched_at)
        refs = self._archive.append([page for page, _ in batch], [site for _, site in batch])
        drafts = await asyncio.gather(*(read_again(self._pool, page, site) for page, site in batch))
        for ref, draft, (page, site) in zip(refs, drafts, batch, strict=True):
            await self._store(page, site, draft, ref)
        self.result.pages += len(batch)

    def _index(self, ref: CaptureRef, page: Page, site: Site) -> int:
        upsert_site(self._connection, site, page.fetched_at)
        return index_capture(self._connection, ref, site.name)

    async def _store(self, page: Page, site: Site, draft: Draft, ref: CaptureRef) -> None:
        """Index and store in one transaction: a page that is in the table was dealt with, whatever was killed."""
        known = find_article(self._connection, page.final_url)
        older = known is not None and instant(page.fetched_at) < known["last_seen_at"]
        earlier: list[Sight] | None = None
        if known is not None and older and draft.page_type == "article" and can_be_told(self._connection, known["id"]):
            earlier = [sight async for sight in self._sights(known["id"], site)]
        with write_transaction(self._connection, self._path):
            capture_id = self._index(ref, page, site)
            if draft.page_type != "article":
                self._set_fate(page, site, draft, known is not None)
                return
            if not older or known is None:
                item = reading_of(page, draft, capture_id)
                self.result.fates[keep_article(self._connection, item, site.name, None).fate] += 1
            elif earlier is not None:
                sight = Sight(page.fetched_at, capture_id, page_read(page, draft))
                retell(self._connection, dict(known), [*earlier, sight], EXTRACTOR)
                self.result.histories += 1
            else:
                self.result.skipped.note(
                    "archived only: the pages of the article's later versions are not kept any more"
                )

    def _set_fate(self, page: Page, site: Site, draft: Draft, known: bool) -> None:
        fate = PAGE_FATES[draft.page_type]
        self.result.fates[fate] += 1
        if not known:  # what an old page was says nothing of what stands there now
            frontier.set_fate(self._connection, page.url, fate, page.fetched_at, draft.reason, site=site.name)

    async def _sights(self, article_id: int, site: Site) -> AsyncIterator[Sight]:
        for capture in captures_of(self._connection, article_id):
            page, draft = await read_captured(self._pool, self._archive.folder, capture.ref, site)
            if draft.page_type == "article":
                yield Sight(page.fetched_at, capture.id, page_read(page, draft))
