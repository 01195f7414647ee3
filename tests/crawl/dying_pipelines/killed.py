"""A page -> its record in the archive, and the end of the process before the database hears of it."""

import os
import signal

from newscrawl.crawl.item import Reading
from pipelines.archive import ArchivePipeline

FATAL = "4"
"""The page of this number is archived, and nothing more."""


class KilledBeforeTheCommit(ArchivePipeline):
    """`kill -9` between the archive's fsync and the database's commit."""

    async def process_item(self, item: Reading) -> Reading:
        """Archive the page; the process does not live to tell of the one that is meant."""
        if item.page.url.endswith(FATAL):
            await self.archive(item.page)
            os.kill(os.getpid(), signal.SIGKILL)
        return await super().process_item(item)
