"""What a person has had forgotten leaves database and archive, and no later crawl brings it back."""

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.page import Fate
from newscrawl.store.forgetting import FORGOTTEN
from tests.crawl.crawls import Crawled, crawl
from tests.crawl.local_site import Answer
from tests.crawl.news import STORIES, news_site

pytestmark = pytest.mark.timeout(300)
SECRET, MOVED, NAMED_ALIKE = STORIES[1], "/news/knigi-pereehali-2001", "/news/te-zhe-knigi-2002"
SAID = SECRET.paragraphs[2].encode()
LATER = "2024-05-09T12:00:00+00:00"


def forget_and_crawl_again(folder: Path) -> Crawled:
    data = folder / "data"
    with news_site() as site:
        crawl(site, data)
        assert SAID in whole_archive(data)
        address = site.url(SECRET.path)
        command = [sys.executable, "-m", "newscrawl", "forget", address, "--yes", "--data", str(data)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        site.pages[MOVED] = Answer(status=301, headers=(("Location", address),))
        site.pages[NAMED_ALIKE] = Answer(
            body=SECRET.page.replace("<head>", f'<head><link rel="canonical" href="{address}">')
        )
        file = folder / "urls.txt"
        file.write_text("\n".join(site.url(path) for path in (SECRET.path, MOVED, NAMED_ALIKE)), encoding="utf-8")
        return crawl(site, data, "-a", f"urls={file}", now=LATER)


@pytest.fixture(scope="session")
def crawled(once: Callable[[str, Callable[[Path], Crawled]], Crawled]) -> Crawled:
    return once("forgetting-crawls", forget_and_crawl_again)


def test_nothing_of_the_page_is_left_in_the_database(crawled: Crawled) -> None:
    for file in crawled.data.glob("newscrawl.db*"):
        assert SAID not in file.read_bytes()
    assert crawled.rows("SELECT 1 FROM articles_fts WHERE articles_fts MATCH 'хранителя'") == []


def test_no_address_brings_it_back(crawled: Crawled) -> None:
    titles = {row["title"] for row in crawled.rows("SELECT title FROM articles")}
    assert len(titles) == len(STORIES) - 1
    assert SECRET.title not in titles
    fates = crawled.fates()
    assert {fates[path.lstrip("/")] for path in (SECRET.path, MOVED, NAMED_ALIKE)} == {Fate.FILTERED}
    assert not crawled.asked(SECRET.path) or crawled.asked(MOVED), "only a redirect may lead to it"


def test_why_says_that_it_was_asked_for(crawled: Crawled) -> None:
    details = {row["detail"] for row in crawled.rows("SELECT detail FROM urls WHERE forgotten_at IS NOT NULL")}
    assert details == {FORGOTTEN}


def test_a_page_reached_by_a_redirect_is_not_archived_again(crawled: Crawled) -> None:
    assert crawled.rows("SELECT 1 FROM captures WHERE url LIKE '%' || ?", MOVED) == []


def whole_archive(data: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted((data / "archive").glob("*.warc.gz")))
