"""A fetched page -> a WARC record, flushed and synced before anything reads it."""

from newscrawl.crawl.item import Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.store.archive import index_capture
from newscrawl.store.capture import Unchanged
from newscrawl.store.captures import latest_body
from newscrawl.store.warc_records import body_digest


class ArchivePipeline(PagePipeline):
    """Sets `capture_id`."""

    async def process_item(self, item: Reading) -> Reading:
        """Append the page to the archive, without its body where that is there already, and its place to the table `captures`."""
        page, site = item.page, self.site.name
        self.refuse_forgotten(page.url, page.final_url)
        before = await self.write(lambda connection: latest_body(connection, page.url))
        same = before is not None and before.body_hash == body_digest(page.body) and self.shared.archive.holds(before)
        ref = await self.archive(Unchanged(page, before) if before is not None and same else page)
        item.capture_id = await self.write(lambda connection: index_capture(connection, ref, site))
        return item
