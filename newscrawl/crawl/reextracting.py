"""Stored articles -> the same, as today's code and today's site files read their archived pages."""

import sqlite3
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.rereading import SiteOf, ahead, page_read, read_captured
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveError
from newscrawl.store.captures import StoredCapture
from newscrawl.store.rereadings import Difference, PageRead, difference
from newscrawl.store.sites import stored_site

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
    works = (
        _reread(row, captures, folder, pool, site_of(row["url"]) or stored_site(connection, row["site"]))
        for row, captures in articles
    )
    async for reread in ahead(works):
        yield reread


async def _reread(
    row: dict[str, Any], captures: tuple[StoredCapture, ...], folder: Path, pool: ReadingPool, site: Site | None
) -> Reread:
    pages: list[PageRead] = []
    problem = "no page of it is archived"
    for capture in captures:
        try:
            page, draft = await read_captured(pool, folder, capture.ref, site)
        except ArchiveError as error:
            return Reread(row, None, str(error))  # half of its pages would make half of an article
        if draft.page_type == "article":
            pages.append(page_read(page, draft))
        else:
            problem = f"today it is read as {draft.page_type}: {draft.reason}"
    return Reread(row, difference(row, pages)) if pages else Reread(row, None, problem)
