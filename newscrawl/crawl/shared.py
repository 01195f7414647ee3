"""What all crawlers of a process share: one writer, one archive file, one pool of reading processes."""

import asyncio
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ClassVar

from scrapy.settings import BaseSettings

from newscrawl import __version__
from newscrawl.crawl.allocator import give_freed_memory_back
from newscrawl.crawl.clock import Clock
from newscrawl.crawl.project import data_folder
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.writer import Writer
from newscrawl.page import Page
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveWriter, CaptureRef, index_capture, recover
from newscrawl.store.capture import Unchanged
from newscrawl.store.captures import committed_offsets
from newscrawl.store.forgetting import forgotten_addresses
from newscrawl.store.status_notes import changes_of_status, remember_told

logger = logging.getLogger(__name__)
MOST_READERS = 4


class Shared:
    """Opened by the first crawler that starts, closed by the last that ends."""

    _open: ClassVar[dict[Path, "Shared"]] = {}

    def __init__(self, settings: BaseSettings) -> None:
        give_freed_memory_back()
        self.folder = data_folder(settings)
        self.clock = Clock.from_settings(settings)
        self.writer = Writer(self.folder / "newscrawl.db")
        self.archive = ArchiveWriter(self.folder / "archive", f"newscrawl/{__version__}", self.clock.now())
        self.pool = ReadingPool(
            workers=settings.getint("NEWSCRAWL_READERS") or min(os.cpu_count() or 1, MOST_READERS),
            timeout_s=settings.getfloat("NEWSCRAWL_READ_TIMEOUT_S"),
            memory_mb=settings.getint("NEWSCRAWL_READ_MEMORY_MB"),
        )
        # Canonical addresses that a person has had forgotten: looked at before each page is archived.
        self.forgotten: frozenset[str] = frozenset()
        # Held while a large source is read and written down: each takes 30 MB of a sitemap's 50,000 addresses.
        self.large_source = asyncio.Lock()
        self._users = 0
        self._archive_thread = ThreadPoolExecutor(1, thread_name_prefix="newscrawl-archive")
        self._pages: list[tuple[Page | Unchanged, Site, asyncio.Future[CaptureRef]]] = []
        self._append_task: asyncio.Task[None] | None = None
        self._ready: asyncio.Task[None] | None = None

    @classmethod
    async def acquire(cls, settings: BaseSettings) -> "Shared":
        """The shared things of this data folder, made ready on first use. Raises StoreError or ArchiveError."""
        folder = data_folder(settings)
        shared = cls._open.get(folder)
        if shared is None:
            shared = cls._open[folder] = cls(settings)
        shared._users += 1
        if shared._ready is None:
            shared._ready = asyncio.ensure_future(shared._make_ready())
        await shared._ready
        return shared

    async def _make_ready(self) -> None:
        loop = asyncio.get_running_loop()
        warm = loop.run_in_executor(None, self.pool.warm)
        await self._take_in_what_a_killed_run_left()
        self.forgotten = await self.writer.write(forgotten_addresses)
        await warm

    async def _take_in_what_a_killed_run_left(self) -> None:
        committed = await self.writer.write(committed_offsets)
        folder = self.folder / "archive"
        found = await asyncio.get_running_loop().run_in_executor(self._archive_thread, recover, folder, committed)
        for ref in found:
            await self.writer.write(partial(index_capture, ref=ref, site=None))
        if found:
            logger.info("%d archived pages of a run that was killed were taken in", len(found))

    async def append(self, page: Page | Unchanged, site: Site) -> CaptureRef:
        """Archive a page; returns when it is flushed and synced. Pages that wait share one write."""
        future: asyncio.Future[CaptureRef] = asyncio.get_running_loop().create_future()
        self._pages.append((page, site, future))
        if self._append_task is None or self._append_task.done():
            self._append_task = asyncio.ensure_future(self._drain())
        return await future

    async def _drain(self) -> None:
        while self._pages:
            group, self._pages = self._pages, []
            pages, sites = [page for page, _, _ in group], [site for _, site, _ in group]
            try:
                refs: Sequence[CaptureRef] = await asyncio.get_running_loop().run_in_executor(
                    self._archive_thread, self.archive.append, pages, sites
                )
            except Exception as error:  # noqa: BLE001 - it is raised where each page is awaited
                for _, _, future in group:
                    future.set_exception(error)
                continue
            for (_, _, future), ref in zip(group, refs, strict=True):
                future.set_result(ref)

    async def stop_reading(self) -> None:
        """Stop the reading processes: the process ends, and pages that are not read yet are left to the next run."""
        await asyncio.get_running_loop().run_in_executor(None, self.pool.close)

    async def note_changes_of_status(self) -> None:
        """Tell the archive which articles were found gone or back since it was told last. A kill in between tells it twice, which
        does no harm."""
        changes = await self.writer.write(changes_of_status)
        if not changes.notes:
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._archive_thread, self.archive.note, changes.notes)
        await self.writer.write(partial(remember_told, changes=changes))

    async def release(self) -> None:
        """One user less; the last one closes everything, in an order that keeps what was acknowledged."""
        self._users -= 1
        if self._users:
            return
        del self._open[self.folder]
        loop = asyncio.get_running_loop()
        if self._append_task is not None:
            await self._append_task
        try:
            # After a write that failed some captures may be in no table: the file stays open, the next start looks into it.
            close = partial(self.archive.close, indexed=not self.writer.failed)
            await loop.run_in_executor(self._archive_thread, close)
        finally:
            self._archive_thread.shutdown()
            await self.writer.close()
            await loop.run_in_executor(None, self.pool.close)
