"""An article -> its fingerprints, the stored article that it is a copy of, and what an upgrade of ours has changed in it."""

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import find_original, take_fingerprints
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.crawl.upgrades import capture_read_by_other_code, read_by_todays_code


class DuplicatesPipeline(PagePipeline):
    """Sets `text_hash`, `near_signature`, `copy_of` and `rereading`."""

    async def process_item(self, item: Reading) -> Reading:
        """Look among what is stored for the same text under another address."""
        take_fingerprints(item)
        item.copy_of, earlier = await self.write(
            lambda connection: (find_original(connection, item), capture_read_by_other_code(connection, item))
        )
        if earlier is not None:
            item.rereading = await read_by_todays_code(earlier, self.site, self.shared)
        return item
