"""What is looked for again when an article is written: pages that are on their way together must not pass each other by."""

from dataclasses import replace

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import find_original, keep_article, take_fingerprints
from newscrawl.page import Fate, Page
from tests.store.conftest import Opened, db
from tests.store.samples import NOON, SITE, URL, article

__all__ = ["db"]
WIRE = "https://vesti.example/2024/05/02/wire"


def reading(url: str) -> Reading:
    written = article(url=url, canonical_url=None)
    item = Reading(page=Page(url=url, final_url=url, status=200, fetched_at=NOON), article=replace(written, url=url))
    take_fingerprints(item)
    return item


def test_two_pages_of_one_text_that_were_read_at_once_are_an_article_and_its_copy(db: Opened) -> None:
    first, second = reading(URL), reading(WIRE)
    assert find_original(db.connection, first) is None
    assert find_original(db.connection, second) is None, "neither is stored yet"
    with db.writing():
        fates = [keep_article(db.connection, item, SITE, None).fate for item in (first, second)]
    assert fates == [Fate.STORED, Fate.COPY]
    assert second.copy_of == URL
