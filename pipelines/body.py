"""An archived page -> a draft: what kind of page it is, its text, people and date evidence, read in a guarded process."""

from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.keeping import PAGE_FATES
from newscrawl.crawl.pipeline import PagePipeline


class BodyPipeline(PagePipeline):
    """Sets `draft`; a page that is no article ends here."""

    async def process_item(self, item: Reading) -> Reading:
        """Read the page, within the pool's time and memory."""
        page = item.page
        item.draft = await self.shared.pool.read(
            page.body, page.final_url, page.fetched_at, self.site, page.header("Content-Type")
        )
        if item.draft.page_type != "article":
            raise DropPage(PAGE_FATES[item.draft.page_type], item.draft.reason)
        self.refuse_forgotten(item.draft.canonical_url)
        return item
