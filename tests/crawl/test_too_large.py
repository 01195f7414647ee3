"""Bodies that are too large, or never end: the crawl goes on, in little memory."""

import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, TIMEZONE, feed

pytestmark = pytest.mark.timeout(120)
MEBIBYTE = 2**20
# Above what the process takes before its first page: 10 MiB a body, held a few times over while it is taken apart.
MOST_MEMORY_MB = 60
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def bomb(mebibytes: int) -> bytes:
    """A gzip of a kilobyte for each of its mebibytes. After a full flush a block is the same each time: nobody packs them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, block = (packer.compress(b"\0" * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + block * (mebibytes - 1) + packer.flush()


BOMB = bomb(2048)  # 2 MB that unfold to 2 GiB
FRONT = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>…</body></html>'

LAST = "/news/good-page-at-the-end-6"
BODIES = {
    "announced-page-of-fifty-mebibytes-1": Answer(body="x", announced=50 * MEBIBYTE),
    "body-without-a-length-2": Answer(raw=HEAD + b"\r\n" + b"x" * (60 * MEBIBYTE)),
    "chunks-without-an-end-3": Answer(raw=HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNK * 960),
    "small-body-that-unfolds-4": Answer(body=BOMB, headers=(("Content-Encoding", "gzip"),)),
    "chunks-that-unfold-5": Answer(
        raw=HEAD
        + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + f"{len(BOMB):x}\r\n".encode()
        + BOMB
        + b"\r\n0\r\n\r\n"
    ),
}
# Of a robots.txt of a megabyte the first 500 KiB count: the rule at its start does, the one at its end does not.
ROBOTS = "User-agent: *\nDisallow: /private/\n" + "# nothing to see\n" * 65_000 + "Disallow: /\n"


class Measured(NamedTuple):
    """A crawl, and by how much the largest resident set of its process grew."""

    crawled: Crawled
    memory_mb: float


def peak_mb(process: int) -> float:
    """The largest resident set that the process has had."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def crawl_large(folder: Path) -> Measured:
    data = folder / "data"
    peaks_mb: list[float] = []

    def measuring(process: int, body: str) -> Callable[[int], Answer]:
        def answer(_: int) -> Answer:
            peaks_mb.append(peak_mb(process))
            return Answer(body=body)

        return answer

    with LocalSite() as site:
        pages = {f"/news/{slug}": answer for slug, answer in BODIES.items()}
        links = [site.url(path) for path in (*pages, "/private/kept-back-page-7", LAST)]
        site.pages |= pages
        site.pages |= {
            "/robots.txt": Answer(body=ROBOTS, content_type="text/plain"),
            "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
        }
        given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
        with subprocess.Popen(
            command(data, *given), cwd=REPOSITORY, env=environment(), stderr=subprocess.PIPE, text=True
        ) as crawling:
            site.pages["/"] = measuring(crawling.pid, FRONT)
            site.pages[LAST] = measuring(crawling.pid, STORIES[0].page)
            _, lines = crawling.communicate(timeout=LIMIT_S)
    crawled = Crawled(exit_code=crawling.returncode, lines=lines, data=data, requests=site.requests)
    return Measured(crawled, peaks_mb[-1] - peaks_mb[0])


@pytest.fixture(scope="session")
def measured(once: Callable[[str, Callable[[Path], Measured]], Measured]) -> Measured:
    return once("large-bodies", crawl_large)


@pytest.mark.parametrize("slug", BODIES)
def test_a_body_that_is_too_large_has_its_fate(measured: Measured, slug: str) -> None:
    assert measured.crawled.fates()[f"news/{slug}"] == "too_large"
    assert len(measured.crawled.asked(f"/news/{slug}")) == 1


def test_what_comes_after_is_stored(measured: Measured) -> None:
    assert measured.crawled.fates()[LAST[1:]] == "stored"


def test_memory_stays_small(measured: Measured) -> None:
    assert measured.memory_mb < MOST_MEMORY_MB


def test_of_a_robots_txt_of_a_megabyte_the_beginning_counts(measured: Measured) -> None:
    assert measured.crawled.fates()["private/kept-back-page-7"] == "robots"
    [row] = measured.crawled.rows("SELECT length(robots_text) AS n FROM hosts")
    assert 500 * 1024 - 100 < row["n"] <= 500 * 1024
