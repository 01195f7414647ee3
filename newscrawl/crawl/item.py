"""What the pipelines hand on: one page and all that was made of it so far; or the fate that ends it."""

from dataclasses import dataclass

from scrapy.exceptions import DropItem

from newscrawl.article import Article
from newscrawl.extraction.draft import Draft
from newscrawl.page import Fate, Page
from newscrawl.store.changes import Rereading


@dataclass(slots=True)
class Reading:
    """One page on its way: `capture_id` after the archive, `draft` after the body, `article` and hashes before storage.

    rereading: what today's code reads off the page that the stored article came from, where other code had read that.
    """

    page: Page
    capture_id: int | None = None
    draft: Draft | None = None
    article: Article | None = None
    text_hash: str = ""
    near_signature: bytes | None = None
    copy_of: str | None = None
    rereading: Rereading | None = None

    @property
    def read(self) -> Draft:
        """The draft, which is there from the body step on."""
        assert self.draft is not None
        return self.draft


class DropPage(DropItem):
    """The page ends here, by a rule: `fate` and, in words, why. `committed`: its fate is in the table already."""

    def __init__(self, fate: Fate, detail: str, *, committed: bool = False) -> None:
        super().__init__(f"{fate}: {detail}", log_level="DEBUG")
        self.fate = fate
        self.detail = detail
        self.committed = committed
