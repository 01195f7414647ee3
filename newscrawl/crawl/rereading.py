"""An archived page -> the article that today's code reads in it, by the layout of its day and with what its source said then."""

from collections.abc import Callable
from dataclasses import replace

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import take_fingerprints
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.extraction.dates import choose_dates
from newscrawl.extraction.draft import Draft
from newscrawl.page import Page
from newscrawl.site import Site

SiteOf = Callable[[str], Site | None]


async def read_again(pool: ReadingPool, page: Page, site: Site | None) -> Draft:
    """All reading steps over a page; the draft's `page_type` says what it is."""
    draft = await pool.read(page.body, page.final_url, page.fetched_at, site, page.header("Content-Type"))
    if draft.page_type != "article":
        return draft
    return await pool.identify_language(choose_dates(draft, page.fetched_at, site, page.evidence), site)


def reading_of(page: Page, draft: Draft, capture_id: int | None) -> Reading:
    """What the crawl's own steps would hand to storage."""
    item = Reading(page=replace(page, body=b""), capture_id=capture_id, draft=draft, article=draft.to_article())
    take_fingerprints(item)
    return item
