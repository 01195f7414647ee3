"""Stored articles -> the same, as today's code and today's site files read their archived pages."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.rereading import SiteOf, read_again, reading_of
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveError, read_capture
from newscrawl.store.captures import StoredCapture
from newscrawl.store.rereadings import Difference, PageRead, difference
from newscrawl.store.sites import stored_site

READ_AHEAD = 16
Articles = Iterable[tuple[dict[str, Any], tuple[StoredCapture, ...]]]


@dataclass(frozen=True, slots=True)
class Reread:
    """One article read again. found: what differs; None with `problem`: why it stays as it is."""

    row: dict[str, Any]
    found: Difference | None
    problem: str = ""


async def reread_articles(
    articles: Articles, connection: sqlite3.Connection, folder: Path, pool: ReadingPool, site_of: SiteOf
) -> AsyncIterator[Reread]:
    """Each article in its order, some read ahead of the one that is waited for."""
    under_way: deque[asyncio.Task[Reread]] = deque()
    for row, captures in articles:
        site = site_of(row["url"]) or stored_site(connection, row["site"])
        under_way.append(asyncio.create_task(_reread(row, captures, folder, pool, site)))
        if len(under_way) > READ_AHEAD:
            yield await under_way.popleft()
    while under_way:
        yield await under_way.popleft()


async def _reread(
    row: dict[str, Any], captures: tuple[StoredCapture, ...], folder: Path, pool: ReadingPool, site: Site | None
) -> Reread:
    pages: list[PageRead] = []
    problem = "no page of it is archived"
    for capture in captures:
        try:
            page = await asyncio.to_thread(read_capture, folder, capture.ref.file, capture.ref.offset)
        except ArchiveError as error:
            return Reread(row, None, str(error))  # half of its pages would make half of an article
        draft = await read_again(pool, page, site)
        if draft.page_type == "article":
            item = reading_of(page, draft, capture.id)
            assert item.article is not None
            pages.append(PageRead(item.article, item.text_hash, item.near_signature))
        else:
            problem = f"today it is read as {draft.page_type}: {draft.reason}"
    return Reread(row, difference(row, pages)) if pages else Reread(row, None, problem)
