"""Each pipeline on its own: what it sets, and what ends there with which fate."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from scrapy.exceptions import CloseSpider

from newscrawl.article import Article, DateEvidence
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.visit import Visit
from newscrawl.extraction.draft import Draft, PageType
from newscrawl.extraction.language import identify_draft_language
from newscrawl.page import KEPT_FATES, OPEN_FATES, Candidate, Fate, Page
from newscrawl.site import Site
from newscrawl.store import frontier
from newscrawl.store.database import open_database, write_transaction
from pipelines.body import PAGE_FATES, BodyPipeline
from pipelines.dates import DatesPipeline
from pipelines.duplicates import DuplicatesPipeline
from pipelines.language import LanguagePipeline
from pipelines.storage import StoragePipeline

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SITE = Site(name="vesti_example", home="https://vesti.example/", timezone="Asia/Almaty", languages=("ru",))
URL = "https://vesti.example/news/most-1"
TEXT = (
    "Утром по новому мосту проехали первые автомобили. Строители закончили переправу на месяц раньше срока.\n\n"
    "Старый паром оставят для туристов и рыбаков, а вдоль набережной весной посадят молодые липы."
)


class WriterHere:
    """The writer's interface, in this thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = open_database(path)

    async def write(self, operation: Callable[[sqlite3.Connection], Any]) -> Any:
        with write_transaction(self.connection, self.path):
            return operation(self.connection)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[WriterHere]:
    here = WriterHere(tmp_path / "newscrawl.db")
    yield here
    here.connection.close()


class PoolOf:
    """A reading pool that gives one draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    async def read(self, *page: Any) -> Draft:
        return self.draft


class PoolHere:
    """A reading pool's second half, without processes."""

    async def identify_language(self, draft: Draft, site: Site) -> Draft:
        return identify_draft_language(draft, site)


class PoolThatFails:
    """A reading pool whose processes take too long over every text."""

    async def identify_language(self, draft: Draft, site: Site) -> Draft:
        return Draft(url=draft.url, page_type="read_error", reason="reading took more than 20 s")


def step(kind: Any, reading: Reading, *, arguments: CrawlArguments | None = None, **shared: Any) -> Any:
    """What a pipeline makes of a reading."""
    write = shared["writer"].write if "writer" in shared else None
    recorder = SimpleNamespace(
        shared=SimpleNamespace(**{"forgotten": frozenset()} | shared),
        run_id=None,
        write=write,
        visit=Visit(site=SITE.name),
    )
    spider = SimpleNamespace(site=SITE, arguments=arguments or CrawlArguments())
    crawler = SimpleNamespace(spider=spider, get_extension=lambda _: recorder)
    return asyncio.run(kind.from_crawler(crawler).process_item(reading))


def reading(url: str = URL, *, final_url: str = "", draft: Draft | None = None, feed_date: str = "") -> Reading:
    evidence = (DateEvidence("feed", feed_date),) if feed_date else ()
    candidate = Candidate(url=url, found_in="https://vesti.example/feed", kind="feed", evidence=evidence)
    headers = (("ETag", '"abc"'), ("Content-Type", "text/html"))
    final = final_url or url
    page = Page(url=url, final_url=final, status=200, headers=headers, fetched_at=NOON, candidate=candidate)
    return Reading(page=page, draft=draft or Draft(url=final, title="Мост", text=TEXT, markdown=TEXT))


# --- body --------------------------------------------------------------------------------------------------------------


def test_every_kind_of_page_that_is_no_article_has_a_fate() -> None:
    assert set(PAGE_FATES) == set(get_args(PageType)) - {"article"}
    assert not set(PAGE_FATES.values()) & (KEPT_FATES | OPEN_FATES)


@pytest.mark.parametrize("kind", sorted(PAGE_FATES))
def test_a_page_that_is_no_article_ends_at_the_body_with_its_reason(kind: Any) -> None:
    with pytest.raises(DropPage) as raised:
        step(BodyPipeline, reading(), pool=PoolOf(Draft(url=URL, page_type=kind, reason="a sign")))
    assert (raised.value.fate, raised.value.detail) == (PAGE_FATES[kind], "a sign")
    assert not raised.value.committed


def test_an_article_gets_its_draft() -> None:
    draft = Draft(url=URL, text=TEXT)
    assert step(BodyPipeline, reading(), pool=PoolOf(draft)).draft is draft


# --- dates and language ------------------------------------------------------------------------------------------------

IN_MAY = CrawlArguments(since=date(2024, 5, 1), until=date(2024, 5, 1))


def test_the_feeds_date_dates_a_page_without_one() -> None:
    dated = step(DatesPipeline, reading(feed_date="Wed, 01 May 2024 10:00:00 +0500")).read
    assert dated.published == datetime(2024, 5, 1, 5, 0, tzinfo=UTC)
    assert dated.published_source == "feed"


@pytest.mark.parametrize(
    ("feed_date", "kept"),
    [("Wed, 01 May 2024 10:00:00 +0500", True), ("Tue, 30 Apr 2024 23:59:00 +0500", False), ("", True)],
)
def test_an_article_outside_the_window_ends_at_its_date(feed_date: str, kept: bool) -> None:
    if kept:
        step(DatesPipeline, reading(feed_date=feed_date), arguments=IN_MAY)
        return
    with pytest.raises(DropPage) as raised:
        step(DatesPipeline, reading(feed_date=feed_date), arguments=IN_MAY)
    assert raised.value.fate == Fate.OUT_OF_RANGE
    assert "2024-04-30" in raised.value.detail


def test_the_language_makes_the_draft_an_article() -> None:
    article = step(LanguagePipeline, reading(), pool=PoolHere()).article
    assert article is not None
    assert (article.language, article.script) == ("ru", "Cyrl")
    assert article.text == TEXT


def test_an_article_whose_language_takes_too_long_ends_with_a_reason() -> None:
    with pytest.raises(DropPage) as raised:
        step(LanguagePipeline, reading(), pool=PoolThatFails())
    assert (raised.value.fate, raised.value.detail) == (Fate.READ_ERROR, "reading took more than 20 s")


# --- duplicates and storage --------------------------------------------------------------------------------------------


def read(url: str = URL, **more: Any) -> Reading:
    dated = step(DatesPipeline, reading(url, **more))
    return step(LanguagePipeline, dated, pool=PoolHere())  # type: ignore[no-any-return]


def stored(writer: WriterHere, one: Reading) -> Any:
    return step(StoragePipeline, step(DuplicatesPipeline, one, writer=writer), writer=writer)


def fates(writer: WriterHere) -> dict[str, tuple[str, str]]:
    rows = writer.connection.execute("SELECT url, fate, detail FROM urls")
    return {row["url"].rpartition("/")[2]: (row["fate"], row["detail"]) for row in rows}


def test_a_new_article_is_handed_on_as_a_flat_record(writer: WriterHere) -> None:
    record = stored(writer, read())
    assert set(record) == {"site", "fate", *(f.name for f in fields(Article))}
    assert (record["site"], record["fate"], record["url"], record["text"]) == ("vesti_example", "stored", URL, TEXT)
    [row] = writer.connection.execute("SELECT fate, etag, due_at FROM urls").fetchall()
    assert (row["fate"], row["etag"]) == ("stored", '"abc"')
    assert row["due_at"]


def test_the_same_article_again_ends_as_unchanged_with_its_fate_written(writer: WriterHere) -> None:
    stored(writer, read())
    with pytest.raises(DropPage) as raised:
        stored(writer, read())
    assert (raised.value.fate, raised.value.committed) == (Fate.UNCHANGED, True)
    assert fates(writer)["most-1"][0] == "unchanged"


def test_an_edited_article_is_handed_on_as_updated(writer: WriterHere) -> None:
    stored(writer, read())
    text = TEXT + "\n\nПозже стало известно, что грузовики пустят через две недели."
    record = stored(writer, read(draft=Draft(url=URL, title="Мост", text=text, markdown=text)))
    assert record["fate"] == "updated"
    assert writer.connection.execute("SELECT count(*) FROM article_versions").fetchone()[0] == 2


def test_the_same_text_under_another_address_is_a_copy_and_says_of_which(writer: WriterHere) -> None:
    stored(writer, read())
    with pytest.raises(DropPage) as raised:
        stored(writer, read("https://vesti.example/news/povtor-2"))
    assert raised.value.fate == Fate.COPY
    assert URL in raised.value.detail


def test_an_address_that_led_elsewhere_is_redirected_and_says_where(writer: WriterHere) -> None:
    stored(writer, read("https://vesti.example/old-1", final_url=URL))
    assert fates(writer) == {"most-1": ("stored", ""), "old-1": ("redirected", f"to {URL}")}
    linked = writer.connection.execute("SELECT count(*) FROM urls WHERE article_id IS NOT NULL").fetchone()[0]
    assert linked == 2


def test_a_slash_more_is_no_other_address(writer: WriterHere) -> None:
    stored(writer, read(URL, final_url=URL + "/"))
    assert [fate for fate, _ in fates(writer).values()] == ["stored"]


def test_article_and_fate_are_one_transaction(writer: WriterHere, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise sqlite3.OperationalError("no more")

    monkeypatch.setattr(frontier, "set_fate", fail)
    with pytest.raises(sqlite3.OperationalError):
        stored(writer, read())
    assert writer.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 0


def test_a_store_that_cannot_be_used_ends_the_page_and_leaves_its_address_in_the_queue() -> None:
    async def write(operation: Any) -> None:
        raise CloseSpider("store_failed")

    recorder = SimpleNamespace(write=write, visit=SimpleNamespace(problem="the disk is full"), run_id=None)
    crawler: Any = SimpleNamespace(
        spider=SimpleNamespace(site=SITE, arguments=CrawlArguments()), get_extension=lambda _: recorder
    )
    with pytest.raises(DropPage) as raised:
        asyncio.run(StoragePipeline(crawler).process_item(read()))
    assert (raised.value.fate, raised.value.detail) == (Fate.STORE_ERROR, "the disk is full")
    assert raised.value.committed
