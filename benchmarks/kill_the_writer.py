"""`kill -9` a crawl of a site that edits its articles, at random moments, again and again -> is anything lost or broken?

    python -m benchmarks.kill_the_writer [--kills 100] [--seed 1]

Every visit finds every article edited, so that the crawl writes all the time: new versions, the search index, the archive. A line
"stored" or "updated" in the crawl's log is its word that the article is on disk. After each kill the next start's recovery is
made, and then: every article and version of which the log spoke is there, `integrity_check`, `foreign_key_check` and the
full-text index's own check are well, and warcio reads every archive file to its end. Exits 1 when not so.
"""

import argparse
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from benchmarks.changing_site import Story, page, stories
from benchmarks.real_pages import REPOSITORY
from newscrawl.store.archive import index_capture, recover
from newscrawl.store.captures import committed_offsets
from newscrawl.store.database import open_database, write_transaction
from tests.crawl.local_site import Answer, LocalSite, Reply

ARTICLES_SHARE = 0.1
KEPT = re.compile(r": (?:stored|updated) (http\S+)")
LATEST_LINE = 46
LATEST_START_S, LATEST_AFTER_S = 4.0, 0.3
LINE_TIMEOUT_S = 120


def edited_each_time(story: Story) -> Reply:
    """The article with a paragraph more at each visit."""

    def answer(visits: int) -> Answer:
        said = [f"Правка {n}: по состоянию на {n} часов изменений в программе нет." for n in range(1, visits + 1)]
        return Answer(body=page(story.title(0), [*story.paragraphs(0), *said], 0, story))

    return answer


def crawl_and_kill(site: LocalSite, file: Path, data: Path, now: str, chance: random.Random) -> tuple[list[str], bool]:
    """A crawl, killed at a random moment; the addresses of which its log said that they are kept, and whether it was killed."""
    command = [
        *(sys.executable, "-u", "-m", "scrapy", "crawl", "web", "-a", f"url={site.url('/')}", "-a", f"urls={file}"),
        *("-s", f"NEWSCRAWL_DATA={data}", "-s", f"NEWSCRAWL_NOW={now}", "-s", "NEWSCRAWL_READERS=1"),
        *("-s", "DOWNLOAD_DELAY=0.01", "-s", "LOG_LEVEL=INFO"),
    ]
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    log = data.parent / "crawl.log"
    with log.open("wb") as written:
        child = subprocess.Popen(
            command, cwd=REPOSITORY, env=kept, stdout=written, stderr=written, start_new_session=True
        )
    if chance.random() < 0.1:
        time.sleep(chance.uniform(0, LATEST_START_S))  # while it starts and takes in what the last one left
    else:
        _wait_for(log, chance.randrange(1, LATEST_LINE), child)
        time.sleep(chance.uniform(0, LATEST_AFTER_S))
    killed = child.poll() is None
    child.send_signal(signal.SIGKILL)  # the crawl alone: its readers have to see for themselves that it is gone
    child.wait()
    # The log is written by the system: what the crawl has written before it was killed is there.
    return KEPT.findall(log.read_text(encoding="utf-8", errors="replace")), killed


def _wait_for(log: Path, lines: int, child: "subprocess.Popen[bytes]") -> None:
    ends_at = time.monotonic() + LINE_TIMEOUT_S
    while len(KEPT.findall(log.read_text(encoding="utf-8", errors="replace"))) < lines:
        if child.poll() is not None or time.monotonic() > ends_at:
            return
        time.sleep(0.005)


def faults_after(data: Path, acknowledged: Counter[str]) -> list[str]:
    """What is wrong after the recovery that the next start makes."""
    path, archive = data / "newscrawl.db", data / "archive"
    if not path.exists():
        return ["acknowledged without a database"] if acknowledged else []
    with closing(open_database(path)) as connection:
        for ref in recover(archive, committed_offsets(connection)) if archive.exists() else []:
            with write_transaction(connection, path):
                index_capture(connection, ref, None)
        faults = _faults_of(connection, acknowledged)
    for file in sorted(archive.glob("*.warc.gz*")):
        faults += _faults_of_file(file)
    return faults


def _faults_of(connection: sqlite3.Connection, acknowledged: Counter[str]) -> list[str]:
    faults = [f"integrity_check: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    faults += [f"foreign_key_check: {tuple(row)}" for row in connection.execute("PRAGMA foreign_key_check")]
    try:
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        faults.append(f"full-text index: {error}")
    versions = dict(
        connection.execute(
            "SELECT a.url, count(v.id) FROM articles AS a JOIN article_versions AS v ON v.article_id = a.id GROUP BY a.id"
        ).fetchall()
    )
    return faults + [
        f"lost: {url}: {versions.get(url, 0)} versions, {count} acknowledged"
        for url, count in acknowledged.items()
        if versions.get(url, 0) < count
    ]


def _faults_of_file(file: Path) -> list[str]:
    """Whether another tool reads it to its end, and no byte lies behind its last record."""
    try:
        with file.open("rb") as stream:
            records = ArchiveIterator(stream)
            end = 0
            for record in records:
                record.content_stream().read()
                end = records.get_record_offset() + records.get_record_length()
    except Exception as error:  # noqa: BLE001  # whatever another tool says of it is a fault
        return [f"{file.name}: {type(error).__name__}: {error}"]
    size = file.stat().st_size
    return [] if end == size else [f"{file.name}: {size - end} bytes behind the last record"]


def main() -> int:
    """Kill, look, and begin again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance, acknowledged, faults, kills, crawls = random.Random(args.seed), Counter[str](), list[str](), 0, 0
    told = stories(ARTICLES_SHARE)
    with tempfile.TemporaryDirectory() as folder, LocalSite() as site:
        data, file = Path(folder) / "data", Path(folder) / "urls.txt"
        site.pages |= {story.path: edited_each_time(story) for story in told}
        file.write_text("\n".join(site.url(story.path) for story in told), encoding="utf-8")
        while kills < args.kills:
            crawls += 1
            now = f"2024-05-{2 + crawls // 24:02}T{crawls % 24:02}:00:00+00:00"
            kept, killed = crawl_and_kill(site, file, data, now, chance)
            kills += killed
            acknowledged.update(kept)
            found = faults_after(data, acknowledged)
            faults += found
            if found or kills % 10 == 0:
                print(
                    f"{kills} kills, {acknowledged.total()} acknowledged: {'; '.join(found[:3]) or 'all well'}",
                    flush=True,
                )
        files = len(list((data / "archive").glob("*.warc.gz*")))
    print(
        f"{kills} kills in {crawls} crawls: {acknowledged.total()} articles and edits acknowledged, {len(faults)} faults, "
        f"{files} archive files read to their ends"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
