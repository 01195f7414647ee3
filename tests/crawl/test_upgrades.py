"""After an upgrade the stored page, read by today's code, tells whose change a change is."""

import asyncio
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from newscrawl.crawl.item import Reading
from newscrawl.crawl.keeping import EXTRACTOR, keep_article
from newscrawl.crawl.rereading import reading_of
from newscrawl.crawl.upgrades import capture_read_by_other_code, read_by_todays_code
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.read import finish_draft, read_draft
from newscrawl.page import Page
from newscrawl.site import Site
from newscrawl.store.archive import ArchiveWriter, index_capture
from newscrawl.store.database import open_database, write_transaction
from tests.crawl.news import STORIES, edited
from tests.store.samples import NOON

SITE = Site(name="vesti_example", home="https://vesti.example/", timezone="Asia/Almaty", languages=("ru",))
URL = "https://vesti.example/news/most-1"
STORY = STORIES[0]


class PoolHere:
    """A reading pool without processes."""

    async def read(self, body: bytes, url: str, fetched_at: Any, site: Site, content_type: str | None) -> Draft:
        return read_draft(body, url, fetched_at, site, content_type)

    async def identify_language(self, draft: Draft, site: Site) -> Draft:
        return draft


@pytest.fixture
def shared(tmp_path: Path) -> Any:
    """What crawlers share, as far as it is asked for here."""
    return SimpleNamespace(folder=tmp_path, pool=PoolHere(), path=tmp_path / "newscrawl.db")


def fetched(html: str, hours: int = 0) -> Page:
    at = NOON + timedelta(hours=hours)
    return Page(
        url=URL, final_url=URL, status=200, headers=(("Content-Type", "text/html"),), body=html.encode(), fetched_at=at
    )


def as_read(page: Page, capture_id: int) -> Reading:
    draft = read_draft(page.body, URL, page.fetched_at, SITE, "text/html")
    return reading_of(page, finish_draft(draft, page.fetched_at, SITE), capture_id)


def kinds_after(shared: Any, now: str, other_code: str = "newscrawl 0.0.9") -> list[tuple[str, str]]:
    """Kinds and changes of an article's versions: read by other code with a menu in its text, and now by today's."""
    connection = open_database(shared.path)
    archive = ArchiveWriter(shared.folder / "archive", "newscrawl/test", NOON)
    pages = [fetched(STORY.page), fetched(now, hours=6)]
    refs = [archive.append([page])[0] for page in pages]
    with write_transaction(connection, shared.path):
        captures = [index_capture(connection, ref, None) for ref in refs]
        keep_article(connection, as_read(pages[0], captures[0]), SITE.name, None)
        connection.execute("UPDATE articles SET extractor = ?", (other_code,))
        connection.execute("UPDATE articles SET text = 'Главная Новости ' || text, text_hash = 't1:with a menu'")
    item = as_read(pages[1], captures[1])
    earlier = capture_read_by_other_code(connection, item)
    item.rereading = asyncio.run(read_by_todays_code(earlier, SITE, shared)) if earlier else None
    with write_transaction(connection, shared.path):
        keep_article(connection, item, SITE.name, None)
    rows = connection.execute("SELECT kind, changed FROM article_versions ORDER BY id").fetchall()
    connection.close()
    archive.close()
    return [tuple(row) for row in rows[1:]]


def test_what_only_our_code_reads_otherwise_is_a_rereading(shared: Any) -> None:
    assert kinds_after(shared, STORY.page) == [("re-read", '["text"]')]


def test_what_the_site_changed_as_well_is_an_edit(shared: Any) -> None:
    assert kinds_after(shared, edited(STORY).page) == [("edit", '["text"]')]


def test_what_todays_code_had_read_is_not_read_again(shared: Any) -> None:
    shared.pool = None
    assert kinds_after(shared, edited(STORY).page, EXTRACTOR) == [("edit", '["text"]')]


def test_a_page_that_cannot_be_read_again_leaves_an_edit_and_a_line(
    shared: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "newscrawl.crawl.upgrades.find_capture",
        lambda *_: SimpleNamespace(id=1, ref=SimpleNamespace(file="gone.warc.gz", offset=0)),
    )
    assert kinds_after(shared, STORY.page) == [("edit", '["text"]')]
    assert "cannot be told" in caplog.text
