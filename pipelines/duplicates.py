"""An article -> its fingerprints, and the stored article that it is a copy of, if it is one."""

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import find_original, take_fingerprints
from newscrawl.crawl.pipeline import PagePipeline


class DuplicatesPipeline(PagePipeline):
    """Sets `text_hash`, `near_signature` and `copy_of`."""

    async def process_item(self, item: Reading) -> Reading:
        """Look among what is stored for the same text under another address."""
        take_fingerprints(item)
        item.copy_of = await self.write(lambda connection: find_original(connection, item))
        return item
