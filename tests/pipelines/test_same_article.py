"""Both doors give the same Article: `extract()` and the pipelines, on every saved page that the fixtures hold."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.item import DropPage, Reading
from newscrawl.extraction.language import identify_draft_language
from newscrawl.extraction.read import extract, read_draft
from newscrawl.page import Candidate, Page
from newscrawl.site import Site
from pipelines.body import BodyPipeline
from pipelines.dates import DatesPipeline
from pipelines.language import LanguagePipeline
from tests.goldens import Golden, goldens


class ReadingHere:
    """The reading pool's interface, without processes."""

    async def read(self, html: bytes, url: str, fetched_at: Any, site: Site | None, content_type: str | None) -> Any:
        return read_draft(html, url, fetched_at, site, content_type)

    async def identify_language(self, draft: Any, site: Site | None) -> Any:
        return identify_draft_language(draft, site)


def through_the_pipelines(golden: Golden, site: Site) -> Reading:
    shared = SimpleNamespace(pool=ReadingHere(), forgotten=frozenset())
    recorder = SimpleNamespace(shared=shared)
    spider = SimpleNamespace(site=site, arguments=CrawlArguments())
    crawler: Any = SimpleNamespace(spider=spider, get_extension=lambda _: recorder)
    page = Page(
        url=golden.url,
        final_url=golden.url,
        status=200,
        body=golden.html,
        fetched_at=golden.fetched_at,
        candidate=Candidate(url=golden.url, found_in=golden.url, kind="feed", evidence=golden.evidence),
    )

    async def run() -> Reading:
        reading = Reading(page=page)
        for step in (BodyPipeline, DatesPipeline, LanguagePipeline):
            reading = await step(crawler).process_item(reading)
        return reading

    return asyncio.run(run())


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_the_pipelines_and_extract_read_the_same_article(golden: Golden) -> None:
    site = golden.site or Site(name="somewhere", home=golden.url, timezone="Asia/Almaty")
    article = extract(golden.html, golden.url, golden.fetched_at, site, golden.evidence)
    try:
        reading = through_the_pipelines(golden, site)
    except DropPage:
        reading = None
    if reading is None:
        assert article.text == ""
        return
    assert reading.article == article
