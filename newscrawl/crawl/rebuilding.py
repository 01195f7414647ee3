"""An archive alone -> a new database: every capture read again in the order in which it was fetched.

First all captures are indexed, file by file, and notes are collected; then they are read in order of time, in the reading
processes, and stored by the code that stores a crawl's pages. What was gone or back is told by notes. The queue of addresses
that were never fetched, and the history of runs, are no part of an archive: the next crawl's lists bring the former back.
"""

import sqlite3
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newscrawl.crawl.keeping import PAGE_FATES, keep_article
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.rereading import SiteOf, ahead, read_captured, reading_of
from newscrawl.extraction.draft import Draft
from newscrawl.page import Fate, Page
from newscrawl.site import Site, host_of
from newscrawl.store import frontier
from newscrawl.store.archive import ArchiveError, index_capture
from newscrawl.store.archive_reading import Entry, iter_entries
from newscrawl.store.captures import StoredCapture, captures_by_time
from newscrawl.store.database import write_transaction
from newscrawl.store.forgetting import refuse_for_ever, trace_of
from newscrawl.store.notes import Note, site_of_note
from newscrawl.store.sites import upsert_site
from newscrawl.store.status_notes import apply_status_note
from newscrawl.urls import canonical_url

CAPTURES_A_TRANSACTION = 100


@dataclass(slots=True)
class Rebuilt:
    """What came of a rebuild: how many captures, the fates of their pages, and what could not be read, in words."""

    captures: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


class Rebuilding:
    """One rebuild. `site_of`: the site whose file claims an address; the archive's own notes tell of the others."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, folder: Path, pool: ReadingPool, site_of: SiteOf
    ) -> None:
        self._connection, self._path, self._folder, self._pool, self._site_of = connection, path, folder, pool, site_of
        self._noted: dict[str, Site] = {}
        self._forgotten: frozenset[str] = frozenset()
        self._notes: deque[Note] = deque()
        self.result = Rebuilt()

    async def run(self) -> Rebuilt:
        """Index, then read and store everything."""
        for path in sorted((*self._folder.glob("*.warc.gz"), *self._folder.glob("*.warc.gz.open"))):
            self._index(path)
        self._forgotten = frozenset(canonical_url(note.url) for note in self._notes if note.kind == "forgotten")
        self._notes = deque(sorted(self._notes, key=lambda note: note.at))
        batch: list[tuple[StoredCapture, Page, Draft]] = []
        async for read in self._read_in_order():
            batch.append(read)
            if len(batch) == CAPTURES_A_TRANSACTION:
                self._store(batch)
                batch = []
        self._store(batch)
        with write_transaction(self._connection, self._path):
            self._apply_notes(None)
        return self.result

    def _index(self, path: Path) -> None:
        try:
            for entries in _batches(path):
                with write_transaction(self._connection, self._path):
                    for entry in entries:
                        if entry.note is not None:
                            self._take_note(entry.note)
                        if entry.ref is not None:
                            site = self._site(entry.ref.final_url)
                            index_capture(self._connection, entry.ref, site.name)
                            self.result.captures += 1
        except ArchiveError as error:
            self.result.lost.append(str(error))

    def _take_note(self, note: Note) -> None:
        if note.kind != "site":
            self._notes.append(note)
            return
        site = site_of_note(note)
        if site is not None:
            self._noted.update(dict.fromkeys(site.all_hosts, site))

    def _site(self, url: str) -> Site:
        """The site of an address: by its file, else by the archive's note, else one that is named after its host."""
        host = host_of(url)
        site = self._site_of(url) or self._noted.get(host)
        if site is None:
            name = host.removeprefix("www.").replace(".", "_").replace(":", "_")
            site = self._noted[host] = Site(name=name, home=f"https://{host}/")
        return site

    async def _read_in_order(self) -> AsyncIterator[tuple[StoredCapture, Page, Draft]]:
        """Captures with their pages and drafts in order of time, some read ahead of the one that is waited for."""
        async for read in ahead(self._read(stored) for stored in captures_by_time(self._connection)):
            if read is not None:
                yield read

    async def _read(self, stored: StoredCapture) -> tuple[StoredCapture, Page, Draft] | None:
        try:
            return stored, *await read_captured(self._pool, self._folder, stored.ref, self._site(stored.ref.final_url))
        except ArchiveError as error:
            self.result.lost.append(str(error))
            return None

    def _store(self, batch: list[tuple[StoredCapture, Page, Draft]]) -> None:
        with write_transaction(self._connection, self._path):
            for stored, page, draft in batch:
                self._apply_notes(page.fetched_at)
                if self._forgotten & {canonical_url(page.url), canonical_url(page.final_url)}:
                    continue
                site = self._site(page.final_url)
                upsert_site(self._connection, site, page.fetched_at)
                if page.candidate is not None:
                    frontier.add_candidates(self._connection, site.name, [page.candidate], page.fetched_at)
                self.result.fates[self._keep(site, stored, page, draft)] += 1

    def _keep(self, site: Site, stored: StoredCapture, page: Page, draft: Draft) -> Fate:
        if draft.page_type != "article":
            fate = PAGE_FATES[draft.page_type]
            frontier.set_fate(self._connection, page.url, fate, page.fetched_at, draft.reason, site=site.name)
            return fate
        return keep_article(self._connection, reading_of(page, draft, stored.id), site.name, None).fate

    def _apply_notes(self, until: datetime | None) -> None:
        while self._notes and (until is None or self._notes[0].at < until):
            note = self._notes.popleft()
            if note.kind == "status":
                self._apply_status(note)
            else:
                refuse_for_ever(self._connection, trace_of(self._connection, note.url), note.at)

    def _apply_status(self, note: Note) -> None:
        if apply_status_note(self._connection, note) and note.said["status"] == "gone":
            frontier.set_fate(self._connection, note.url, Fate.GONE, note.at, "as the archive notes")


def _batches(path: Path) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    try:
        for entry in iter_entries(path):
            batch.append(entry)
            if len(batch) == CAPTURES_A_TRANSACTION:
                yield batch
                batch = []
    finally:
        # Also in front of a torn record: what is whole is kept.
        if batch:
            yield batch
