"""What is heavy is loaded by reading processes alone; the crawl process stays small beside them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HEAVY = {"py3langid", "trafilatura", "htmldate", "justext", "langdetect", "aiohttp", "tldextract", "sqlite_utils"}

READING = """
import asyncio, json, sys
import newscrawl.crawl.runner
from datetime import UTC, datetime
from newscrawl.crawl.project import enter_project
from newscrawl.crawl.reading_pool import ReadingPool
from newscrawl.crawl.spider import NewsSpider
from scrapy.crawler import Crawler
from scrapy.utils.misc import load_object

TEXT = "Жаңа көпір арқылы алғашқы көліктер таңертең өтті. Құрылысшылар жұмысты мерзімінен бұрын бітірді. "
PAGE = f"<html><body><article><h1>Жаңа көпір ашылды</h1><p>{TEXT * 4}</p><p>{TEXT * 3}</p></article></body></html>"

async def main():
    settings = enter_project()
    for name in ("ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS"):
        for path in settings.get_component_priority_dict_with_base(name):
            load_object(path)
    pool = ReadingPool(1)
    pool.warm()
    try:
        draft = await pool.read(PAGE.encode(), "https://example.kz/1", datetime.now(UTC), None, "text/html; charset=utf-8")
        print(json.dumps([(await pool.identify_language(draft, None)).language, sorted(sys.modules)]))
    finally:
        pool.close()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.fixture(scope="module")
def crawl_process(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, set[str]]:
    """The language that was found, and the modules that the crawl process has loaded by then."""
    script = tmp_path_factory.mktemp("crawl") / "crawl.py"
    script.write_text(READING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    ended = subprocess.run(
        [sys.executable, str(script)], env=environment, cwd=REPOSITORY, capture_output=True, timeout=60, check=True
    )
    language, modules = json.loads(ended.stdout)
    return language, set(modules)


def test_a_reading_process_identifies_the_language(crawl_process: tuple[str, set[str]]) -> None:
    assert crawl_process[0] == "kk"


@pytest.mark.parametrize("heavy", sorted(HEAVY))
def test_the_crawl_process_holds_nothing_that_only_readers_need(
    crawl_process: tuple[str, set[str]], heavy: str
) -> None:
    assert heavy not in crawl_process[1]
