"""A disk that is full or read-only, an archive folder that is removed, while a site is crawled -> is anything lost or broken?

    python -m benchmarks.faults.full_disk

Makes small file systems in a mount namespace of its own (`unshare`, as root or where users may have namespaces). In each case the
crawl must end with exit code 1 and one plain line that names the file, the database must be sound and the archive readable to
its end; then the fault is mended, and the next crawl must end with 0, every article stored once. Exits 1 when not so, 2 where
no file system can be mounted.
"""

import os
import random
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newscrawl.store.archive_reading import iter_captures
from newscrawl.store.database import open_database
from tests.crawl.crawls import REPOSITORY, Crawled, crawl
from tests.crawl.local_site import Answer, LocalSite, Reply
from tests.crawl.news import Story, feed

INSIDE = "--inside"
ARTICLES, PARAGRAPHS, NOISE_BYTES = 24, 40, 15_000
LATER = "2024-05-02T14:00:00+00:00"
"""When what failed is due again."""
SMALL_ARCHIVE, SMALL_DATABASE, LARGE = "300k", "1500k", "100m"  # a new database and its log take half a megabyte
WORDS = (
    "мост", "река", "город", "школа", "театр", "поезд", "утром", "вечером", "жители", "мастера", "откроют", "построили", "нашли",
    "посадили", "новый", "старый", "большой", "первый", "больница", "дорога", "площадь", "рынок", "урожай", "степь", "озеро", "музей",
)  # fmt: skip


def stories() -> list[Story]:
    """Articles whose texts nothing can compress much."""
    chance = random.Random(1)

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=14)).capitalize() + f" {chance.randrange(10**9)}."

    return [
        Story(
            path=f"/news/istoriya-goroda-{1000 + n}",
            language="ru",
            title=f"История города, часть {n}: {' '.join(chance.sample(WORDS, 4))}",
            paragraphs=tuple(" ".join(sentence() for _ in range(4)) for _ in range(PARAGRAPHS)),
            published="2024-05-02 12:00",
        )
        for n in range(ARTICLES)
    ]


def big_site(each: Callable[[int], None] = lambda _: None) -> LocalSite:
    """A site of these articles; `each` is called with an article's number when it is asked for."""
    site, told = LocalSite(), stories()

    def article(number: int, story: Story) -> Reply:
        def answer(_: int) -> Answer:
            each(number)
            noise = f"<!-- {secrets.token_hex(NOISE_BYTES)} -->"
            return Answer(body=story.page.replace("</body>", f"{noise}</body>"))

        return answer

    site.pages |= {story.path: article(number, story) for number, story in enumerate(told)}
    rss = Answer(body=feed(site.origin, tuple(told)), content_type="application/rss+xml")
    front = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>…</body></html>'
    site.pages |= {"/": Answer(body=front), "/feed.xml": rss, "/robots.txt": Answer(content_type="text/plain")}
    return site


def mount(folder: Path, size: str, *, again: str = "") -> None:
    """A file system in memory, or what it becomes."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"{again},size={size}".strip(",")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "newscrawl-fault", str(folder)], check=True)


@dataclass(frozen=True)
class Case:
    """A fault: how it is made, where the line must point, how it is mended."""

    name: str
    make: Callable[[Path], None]
    named: str
    mend: Callable[[Path], None]
    during: Callable[[Path, int], None] = lambda _, __: None


def full_database(data: Path) -> None:
    """Little room for the database, enough for the archive."""
    mount(data, SMALL_DATABASE)
    mount(data / "archive", LARGE)


def read_only(data: Path) -> None:
    """A folder that was written to once and cannot be any more."""
    mount(data, LARGE)
    open_database(data / "newscrawl.db").close()
    mount(data, LARGE, again="remount,ro")


def remove_archive(data: Path, number: int) -> None:
    """In the middle of the crawl."""
    if number == ARTICLES // 2 and not (data / "removed").exists():
        (data / "removed").touch()
        shutil.rmtree(data / "archive")


CASES = (
    Case("archive full", lambda data: mount(data / "archive", SMALL_ARCHIVE), "archive", lambda data: mount(data / "archive", LARGE, again="remount")),
    Case("database full", full_database, "newscrawl.db", lambda data: mount(data, LARGE, again="remount")),
    Case("read-only", read_only, "", lambda data: mount(data, LARGE, again="remount,rw")),
    Case("archive removed", lambda data: data.mkdir(), "archive", lambda _: None, remove_archive),
)  # fmt: skip


def sound(data: Path) -> Iterator[str]:
    """What is wrong with the database and the archive."""
    connection = sqlite3.connect(data / "newscrawl.db")
    try:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            yield f"integrity_check: {verdict}"
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
        connection.rollback()
    finally:
        connection.close()
    for path in sorted((data / "archive").glob("*.warc.gz*")):
        sum(1 for _ in iter_captures(path))


def count_articles(data: Path) -> int:
    """How many are stored."""
    connection = sqlite3.connect(data / "newscrawl.db")
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    finally:
        connection.close()


def misses_of_the_fault(ended: Crawled, data: Path, named: str) -> Iterator[str]:
    """What is not as it must be while the fault lasts."""
    if ended.exit_code != 1:
        yield f"exit code {ended.exit_code}, not 1"
    if "Traceback" in ended.lines or str(data / named) not in ended.lines.splitlines()[-1]:
        yield f"the last line does not name {data / named}: {ended.lines[-400:]!r}"


def try_case(case: Case, folder: Path) -> list[str]:
    """Make the fault, crawl, mend it, crawl again; prints what came of it, returns what is not as it must be."""
    data = folder / "data"
    case.make(data)
    with big_site(lambda number: case.during(data, number)) as site:
        ended = crawl(site, data)
        misses = list(misses_of_the_fault(ended, data, case.named))
        case.mend(data)
        misses += sound(data)
        stored = count_articles(data)
        after = crawl(site, data, now=LATER)
    whole = after.rows("SELECT count(*) AS n, count(DISTINCT url) AS urls FROM articles")
    if after.exit_code != 0 or whole != [{"n": ARTICLES, "urls": ARTICLES}]:
        misses.append(f"afterwards: exit code {after.exit_code}, {whole} of {ARTICLES}: {after.lines[-400:]!r}")
    misses += sound(data)
    print(f"{case.name}: exit code {ended.exit_code}, {stored} of {ARTICLES} stored; {ended.lines.splitlines()[-1]}")
    print(f"  mended: exit code {after.exit_code}, {whole[0]['n']} stored; {len(misses)} misses")
    return [f"{case.name}: {miss}" for miss in misses]


@contextmanager
def folder_of_a_case() -> Iterator[Path]:
    """A folder; its mounts go with the namespace."""
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-fault-"))
    try:
        yield folder
    finally:
        for mounted in (folder / "data" / "archive", folder / "data"):
            if mounted.is_mount():
                subprocess.run(["umount", str(mounted)], check=True)
        shutil.rmtree(folder)


def main() -> None:
    """All cases, in a mount namespace."""
    if INSIDE not in sys.argv:
        own = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]
        if subprocess.run([*own, "mount", "-t", "tmpfs", "none", "/mnt"], check=False, capture_output=True).returncode:
            raise SystemExit("no file system can be mounted here: run this as root")
        again = [*own, sys.executable, "-m", "benchmarks.faults.full_disk", INSIDE]
        raise SystemExit(subprocess.run(again, cwd=REPOSITORY, check=False).returncode)
    misses = []
    for case in CASES:
        with folder_of_a_case() as folder:
            misses += try_case(case, folder)
    print(*misses, sep="\n")
    raise SystemExit(1 if misses else 0)


if __name__ == "__main__":
    main()
