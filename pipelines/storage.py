"""An article -> its row, version and search index, and the fate of its address, whole in one transaction."""

from typing import Any

from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.keeping import keep_article
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.page import KEPT_FATES, Fate


class StoragePipeline(PagePipeline):
    """Hands on what was stored or changed as a record, which is what `-O out.jsonl` exports; the rest ends here."""

    async def process_item(self, item: Reading) -> dict[str, Any]:
        """Write, and wait for the commit."""
        assert item.article is not None
        article = item.article
        fate, why = await self.write(
            lambda connection: keep_article(connection, item, self.site.name, self.recorder.run_id)
        )
        if fate in KEPT_FATES:
            self.recorder.visit.note_article(item.read, fate, item.page.fetched_at)
        if fate not in {Fate.STORED, Fate.UPDATED}:
            told = {Fate.UNCHANGED: "known already", Fate.COPY: f"the text of {item.copy_of}"}
            raise DropPage(fate, told.get(fate, why), committed=True)
        return {"site": self.site.name, "fate": str(fate), **article.to_record()}
