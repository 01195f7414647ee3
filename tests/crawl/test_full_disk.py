"""`newscrawl run` on a disk that is full, then read-only, then without its archive: a plain line, and the next run carries on."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawl.crawls import Crawled
from tests.crawl.news import STORIES, news_site
from tests.crawl.test_run import write_sites
from tests.crawl.test_run_bounds import run

MOUNT = shutil.which("mount")
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.geteuid() != 0 or MOUNT is None, reason="a small file system needs root"),
]
# The tables fit, and not all the articles.
SMALL, LARGE = "800k", "50m"


def mount(*arguments: str) -> None:
    subprocess.run([str(MOUNT), *arguments], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True)
    try:
        mount("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder))
    except subprocess.CalledProcessError:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def disk_in_trouble(folder: Path) -> dict[str, Crawled]:
    data = folder / "data"
    with news_site() as one, small_disk(data):
        write_sites(folder, one=one)
        (folder / "local_sites" / "broken.py").unlink()
        runs = {"full": run(folder)}
        mount("-o", f"remount,size={LARGE}", str(data))
        runs["space again"] = run(folder, now="2024-05-02T13:10:00+00:00")
        stored = runs["space again"].rows("SELECT count(*) AS n FROM articles")
        assert stored == [{"n": len(STORIES)}]
        assert runs["space again"].rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        mount("-o", "remount,ro", str(data))
        runs["read-only"] = run(folder, now="2024-05-02T14:10:00+00:00")
        mount("-o", "remount,rw", str(data))
        shutil.rmtree(data / "archive")
        runs["no archive"] = run(folder, now="2024-05-02T15:10:00+00:00")
    return runs


@pytest.fixture(scope="session")
def runs(once: Callable[[str, Callable[[Path], dict[str, Crawled]]], dict[str, Crawled]]) -> dict[str, Crawled]:
    return once("disk", disk_in_trouble)


@pytest.mark.parametrize(
    ("name", "said"), [("full", "the disk is full: free some space"), ("read-only", "cannot be written")]
)
def test_trouble_with_the_disk_is_a_plain_line_and_exit_code_1(runs: dict[str, Crawled], name: str, said: str) -> None:
    assert runs[name].exit_code == 1
    assert said in runs[name].lines
    assert "Traceback" not in runs[name].lines


@pytest.mark.parametrize("name", ["space again", "no archive"])
def test_the_next_run_carries_on(runs: dict[str, Crawled], name: str) -> None:
    assert (runs[name].exit_code, runs[name].lines) == (0, "---\n")
