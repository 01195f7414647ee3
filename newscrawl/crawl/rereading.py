"""An archived page -> the article that today's code reads in it, by the layout of its day and with what its source said then."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import take_fingerprints
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.extraction.dates import choose_dates
from newscrawl.extraction.draft import Draft
from newscrawl.page import Page
from newscrawl.site import Site
from newscrawl.store.archive import CaptureRef, read_capture
from newscrawl.store.rereadings import PageRead

Result = TypeVar("Result")
READ_AHEAD = 16
SiteOf = Callable[[str], Site | None]


async def read_again(pool: ReadingPool, page: Page, site: Site | None) -> Draft:
    """All reading steps over a page; the draft's `page_type` says what it is."""
    draft = await pool.read(page.body, page.final_url, page.fetched_at, site, page.header("Content-Type"))
    if draft.page_type != "article":
        return draft
    return await pool.identify_language(choose_dates(draft, page.fetched_at, site, page.evidence), site)


async def read_captured(pool: ReadingPool, folder: Path, ref: CaptureRef, site: Site | None) -> tuple[Page, Draft]:
    """A capture's page, and its draft. Raises ArchiveError where the page cannot be had."""
    page = await asyncio.to_thread(read_capture, folder, ref.file, ref.offset)
    return page, await read_again(pool, page, site)


async def ahead(works: Iterable[Coroutine[Any, Any, Result]]) -> AsyncIterator[Result]:
    """The results in order; some works are under way ahead of the one whose result is waited for."""
    under_way: deque[asyncio.Task[Result]] = deque()
    for work in works:
        under_way.append(asyncio.create_task(work))
        if len(under_way) > READ_AHEAD:
            yield await under_way.popleft()
    while under_way:
        yield await under_way.popleft()


def page_read(page: Page, draft: Draft) -> PageRead:
    """What today's code reads in a page that is an article."""
    item = reading_of(page, draft, None)
    assert item.article is not None
    return PageRead(item.article, item.text_hash, item.near_signature)


def reading_of(page: Page, draft: Draft, capture_id: int | None) -> Reading:
    """What the crawl's own steps would hand to storage."""
    item = Reading(page=replace(page, body=b""), capture_id=capture_id, draft=draft, article=draft.to_article())
    take_fingerprints(item)
    return item
