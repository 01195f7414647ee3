"""Date evidence of the page and of its source -> when the article was published, and whether that lies in the window."""

from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.pipeline import PagePipeline
from newscrawl.extraction.dates import choose_dates
from newscrawl.page import Fate


class DatesPipeline(PagePipeline):
    """Fills the draft's dates; an article outside `since` and `until` ends here."""

    async def process_item(self, item: Reading) -> Reading:
        """Choose among the evidence."""
        page = item.page
        item.draft = choose_dates(item.read, page.fetched_at, self.site, page.evidence)
        if not self.arguments.holds(item.draft.published, self.site):
            raise DropPage(Fate.OUT_OF_RANGE, f"published {item.draft.published_day}, outside the window")
        return item
