"""A fetched page -> a WARC record, flushed and synced before anything reads it."""

from newscrawl.crawl.item import Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.store.archive import index_capture


class ArchivePipeline(PagePipeline):
    """Sets `capture_id`."""

    async def process_item(self, item: Reading) -> Reading:
        """Append the page to the archive and its place to the table `captures`."""
        self.refuse_forgotten(item.page.url, item.page.final_url)
        ref = await self.archive(item.page)
        site = self.site.name
        item.capture_id = await self.write(lambda connection: index_capture(connection, ref, site))
        return item
