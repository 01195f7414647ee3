"""Behind a proxy: names are resolved by it, all else is as without one."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, TIMEZONE, feed

pytestmark = pytest.mark.timeout(120)
ORIGIN = "http://news.example"
FRONT = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>…</body></html>'
FOREIGN = ["http://169.254.169.254/news/latest-story-of-machines-1", "http://other.example/news/story-of-others-2"]


def crawl_behind_a_proxy(folder: Path) -> Crawled:
    with LocalSite() as proxy:  # a proxy is asked for whole addresses
        links = [f"{ORIGIN}/news/leads-away-to-the-metadata-3", f"{ORIGIN}/private/kept-back-page-4", *FOREIGN]
        proxy.pages |= {
            f"{ORIGIN}/robots.txt": Answer(body="User-agent: *\nDisallow: /private/\n", content_type="text/plain"),
            f"{ORIGIN}/": Answer(body=FRONT),
            f"{ORIGIN}/feed.xml": Answer(body=feed(ORIGIN, STORIES[:1], *links), content_type="application/rss+xml"),
            f"{ORIGIN}{STORIES[0].path}": Answer(body=STORIES[0].page),
            links[0]: Answer(status=302, headers=(("Location", "http://169.254.169.254/latest/"),)),
        }
        ended = subprocess.run(
            command(folder / "data", "-a", f"url={ORIGIN}/", "-a", f"timezone={TIMEZONE}"),
            cwd=REPOSITORY, env=environment() | {"http_proxy": proxy.origin}, capture_output=True, text=True, timeout=LIMIT_S,
            check=False,
        )  # fmt: skip
    return Crawled(exit_code=ended.returncode, lines=ended.stderr, data=folder / "data", requests=proxy.requests)


@pytest.fixture(scope="session")
def crawled(once: Callable[[str, Callable[[Path], Crawled]], Crawled]) -> Crawled:
    return once("proxy-crawl", crawl_behind_a_proxy)


def test_a_name_that_only_the_proxy_knows_is_crawled(crawled: Crawled) -> None:
    assert [row["url"] for row in crawled.rows("SELECT url FROM articles")] == [ORIGIN + STORIES[0].path]


def test_everything_goes_through_the_proxy_and_nothing_leaves_the_site(crawled: Crawled) -> None:
    assert crawled.requests[0].path == f"{ORIGIN}/robots.txt"
    assert [asked.path for asked in crawled.requests if not asked.path.startswith(f"{ORIGIN}/")] == []


def test_robots_and_the_address_check_hold_behind_a_proxy(crawled: Crawled) -> None:
    fates = {row["url"]: row["fate"] for row in crawled.rows("SELECT url, fate FROM urls WHERE kind = 'article'")}
    assert fates[f"{ORIGIN}/private/kept-back-page-4"] == "robots"
    assert fates[f"{ORIGIN}/news/leads-away-to-the-metadata-3"] == "unsafe"
    assert [fates[url] for url in FOREIGN] == ["unsafe", "offsite"]
