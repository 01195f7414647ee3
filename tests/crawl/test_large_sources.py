"""Large sources are read one at a time by all crawlers of a process: two sitemaps of 50,000 addresses broke the bound on memory."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Response

from newscrawl.crawl.sources import SourcePage
from newscrawl.crawl.spider import LARGE_SOURCE_BYTES, NewsSpider
from newscrawl.site import Site, Sitemap

SITEMAP = Sitemap(url="https://vesti.example/sitemap.xml")
SMALL, LARGE = 1_000, LARGE_SOURCE_BYTES + 1


class Memory:
    """How many sources are being read, now and at most."""

    def __init__(self) -> None:
        self.large_source = asyncio.Lock()
        self.now = self.most = self.read = 0

    async def hold(self) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(5):
            await asyncio.sleep(0)
        self.now -= 1
        self.read += 1


class Reading(NewsSpider):
    """A site's spider whose taking in of a source only counts."""

    site = Site(name="vesti_example", home="https://vesti.example/", timezone="UTC")
    memory: Memory

    @property
    def recorder(self) -> Any:
        return SimpleNamespace(shared=self.memory)

    async def _take_in(self, *_: Any) -> None:
        await self.memory.hold()


async def read_at_once(sizes: list[int]) -> Memory:
    memory = Memory()
    spiders = [Reading(f"vesti_{n}") for n in range(len(sizes))]
    for spider in spiders:
        spider.memory = memory
    place = SourcePage(source=SITEMAP, url=SITEMAP.url)
    await asyncio.gather(
        *(
            spider.parse_source(Response(SITEMAP.url, body=b"x" * size), place)
            for spider, size in zip(spiders, sizes, strict=True)
        )
    )
    return memory


@pytest.mark.parametrize(
    ("sizes", "most"), [([LARGE] * 3, 1), ([LARGE, SMALL, SMALL], 3), ([SMALL] * 3, 3), ([LARGE, LARGE, SMALL], 2)]
)
def test_large_sources_are_read_one_at_a_time_and_hold_no_small_one_up(sizes: list[int], most: int) -> None:
    memory = asyncio.run(read_at_once(sizes))
    assert (memory.most, memory.read) == (most, 3)
