"""An article's text -> its language and script, identified in a reading process: the crawl process holds no language model."""

from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.page import Fate


class LanguagePipeline(PagePipeline):
    """Fills the draft's language; what is then read is the article."""

    async def process_item(self, item: Reading) -> Reading:
        """Let the text's pieces vote."""
        item.draft = await self.shared.pool.identify_language(item.read, self.site)
        if item.draft.page_type == "read_error":
            raise DropPage(Fate.READ_ERROR, item.draft.reason)
        item.article = item.draft.to_article()
        return item
