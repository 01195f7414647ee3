"""An article's text -> its language and script."""

from newscrawl.crawl.item import Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.extraction.language import identify_draft_language


class LanguagePipeline(PagePipeline):
    """Fills the draft's language; what is then read is the article."""

    async def process_item(self, item: Reading) -> Reading:
        """Let the text's pieces vote."""
        item.draft = identify_draft_language(item.read, self.site)
        item.article = item.draft.to_article()
        return item
