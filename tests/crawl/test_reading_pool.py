"""A page that hangs, bursts or crashes its reader costs only itself; a broken pool is replaced; nothing outlives the crawl."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.crawl import reading_pool, reading_processes
from newscrawl.crawl.reading_pool import ReadersUnusable, ReadingPool, ReadingStopped
from newscrawl.extraction.draft import Draft
from newscrawl.site import Site

from . import reading_functions
from .processes import all_ended, parent_of, readers, worker_pids

SITE = Site(name="example_kz", home="https://example.kz/")
AT = datetime(2024, 5, 2, tzinfo=UTC)
URL = "https://example.kz/news/1"


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    one = ReadingPool(2, timeout_s=1, memory_mb=256, function=reading_functions.behave)
    one.warm()
    yield one
    one.close()


async def read(pool: ReadingPool, *words: str) -> list[Draft]:
    return await asyncio.gather(*(pool.read(word.encode(), URL, AT, SITE, "text/html") for word in words))


def reasons(pool: ReadingPool, *words: str) -> list[str]:
    drafts = asyncio.run(read(pool, *words))
    return [draft.reason if draft.page_type == "read_error" else draft.page_type for draft in drafts]


def test_a_page_is_read_with_its_site_and_content_type(pool: ReadingPool) -> None:
    [draft] = asyncio.run(read(pool, "title text"))
    assert draft == Draft(url=URL, title="title", text="text", section="example_kz", agency="text/html")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("sleep 60", "reading took more than 1 s"),
        ("spin", "reading took more than 1 s"),
        (f"kill {signal.SIGXCPU}", "reading took more than 1 s"),
        ("segfault", "the reading process died (SIGSEGV)"),
        ("exit 0", "reading took more than 1 s"),  # pebble takes it for a process that was due to be replaced
        ("exit 7", "the reading process died (exit code 7)"),
        ("kill 9", "the reading process died (SIGKILL, perhaps for want of memory)"),
        ("allocate 2000000000", "reading needed too much memory"),
        ("raise", "reading failed: TwoArguments: nogood"),
        ("recurse", "reading failed: RecursionError: maximum recursion depth exceeded"),
        ("unpicklable", "reading failed: PicklingError: it holds on to its tree"),
    ],
)
def test_a_bad_page_costs_itself_and_the_next_is_read(pool: ReadingPool, body: str, reason: str) -> None:
    bad, *others = reasons(pool, body, "fine", "fine", "fine")
    assert bad.startswith(reason)
    assert others == ["article"] * 3
    assert reasons(pool, "fine") == ["article"]


def test_memory_within_the_limit_is_given(pool: ReadingPool) -> None:
    assert reasons(pool, "allocate 100000000") == ["article"]


def test_waiting_in_line_is_no_time_of_the_page(pool: ReadingPool) -> None:
    assert reasons(pool, *["sleep 0.4"] * 12) == ["article"] * 12


def test_what_went_wrong_is_logged_with_the_address(pool: ReadingPool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="newscrawl"):
        reasons(pool, "raise", "log")
    lines = [record.getMessage() for record in caplog.records]
    assert all(line.startswith(URL) for line in lines)
    assert any("half of it was unreadable" in line for line in lines)
    assert any("TwoArguments: nogood" in line and "Traceback" in line for line in lines)
    assert not any("nobody needs to know" in line for line in lines)


def test_readers_ignore_the_signals_of_a_terminal_and_of_a_service(pool: ReadingPool) -> None:
    [draft] = asyncio.run(read(pool, "state"))
    assert draft.tags[:2] == ("SIGINT", "SIGTERM")
    reader = int(draft.title or "")
    for pid in (reader, parent_of(reader)):
        process = os.pidfd_open(pid)
        signal.pidfd_send_signal(process, signal.SIGTERM)
        signal.pidfd_send_signal(process, signal.SIGINT)
        assert not all_ended([process], seconds=0.2)
    assert reasons(pool, "fine", "fine") == ["article", "article"]


def test_readers_know_nothing_of_the_crawl(pool: ReadingPool) -> None:
    [draft] = asyncio.run(read(pool, "modules"))
    modules = draft.text.split()
    assert "newscrawl.crawl.reading_worker" in modules
    assert {"scrapy", "twisted", "sqlite3", "newscrawl.crawl.reading_pool"}.isdisjoint(modules)
    ready = {"trafilatura", "py3langid", "newscrawl.crawl.reading_preload"}
    assert ready <= set(modules), "the fork server had it ready"


def test_readers_and_their_fork_server_have_one_thread_each(pool: ReadingPool) -> None:
    # A process that is forked while another thread holds a lock waits for that lock for ever.
    assert reasons(pool, "fine") == ["article"]
    status = [Path(f"/proc/{pid}/status").read_text() for pid in readers(os.getpid())]
    assert len(status) >= 3
    assert all("\nThreads:\t1\n" in text for text in status)


def test_readers_are_replaced_after_their_number_of_pages() -> None:
    pool = ReadingPool(1, timeout_s=5, tasks_per_worker=3, function=reading_functions.behave)
    try:
        drafts = [asyncio.run(read(pool, "state"))[0] for _ in range(7)]
    finally:
        pool.close()
    assert len({draft.title for draft in drafts}) == 3


@pytest.mark.parametrize("victims", ["one", "all", "fork server"])
def test_idle_readers_that_die_cost_no_page(victims: str) -> None:
    pool = ReadingPool(2, timeout_s=2, function=reading_functions.behave)
    pool.warm()
    try:
        workers = worker_pids(pool)
        doomed = {"one": workers[:1], "all": workers, "fork server": [parent_of(workers[0])]}
        for pid in doomed[victims]:
            os.kill(pid, signal.SIGKILL)
        for _ in range(3):
            assert reasons(pool, *["sleep 0.05"] * 4) == ["article"] * 4
    finally:
        pool.close()


def test_a_pool_that_never_answers_is_replaced_and_the_page_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "SILENCE_GRACE_S", 0.5)
    pool = ReadingPool(1, timeout_s=0.5, function=reading_functions.behave)
    pool.warm()
    try:
        # As a reader that dies with the channel's lock in its hands leaves it.
        assert pool._running is not None
        channel = pool._running.pool._pool_manager.worker_manager.workers_channel
        assert channel is not None
        channel.mutex.reader_mutex.acquire()
        assert reasons(pool, "fine") == ["article"]
    finally:
        pool.close()


def test_a_page_that_breaks_the_pool_twice_is_a_read_error() -> None:
    pool = ReadingPool(1, timeout_s=2, function=reading_functions.behave)
    try:
        [reason] = reasons(pool, "exit 255")  # what is told of every reader when the fork server has died
        assert reason.startswith("the reading processes broke over it again and again")
        assert reasons(pool, "fine") == ["article"]
    finally:
        pool.close()


def test_close_ends_reads_under_way_and_leaves_no_process() -> None:
    pool = ReadingPool(2, timeout_s=60, function=reading_functions.behave)
    pool.warm()
    workers = [os.pidfd_open(pid) for pid in worker_pids(pool)]

    async def read_and_close() -> list[object]:
        reading = [asyncio.create_task(pool.read(b"sleep 60", URL, AT, None, None)) for _ in range(8)]
        await asyncio.wait(reading, timeout=0.3)
        began = time.monotonic()
        await asyncio.to_thread(pool.close)
        assert time.monotonic() - began < 3
        return await asyncio.gather(*reading, return_exceptions=True)

    assert [type(outcome) for outcome in asyncio.run(read_and_close())] == [ReadingStopped] * 8
    assert all_ended(workers, seconds=1)
    pool.close()
    with pytest.raises(ReadingStopped):
        asyncio.run(read(pool, "fine"))


def test_readers_that_do_not_start_are_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_processes, "start_worker", os._exit)
    pool = ReadingPool(1, timeout_s=1, memory_mb=3, function=reading_functions.behave)
    with pytest.raises(ReadersUnusable, match="the reading processes do not start") as raised:
        pool.warm()
    assert "\n" not in str(raised.value)


CRAWL = """
import asyncio, os, sys
from datetime import UTC, datetime
from newscrawl.crawl.reading_pool import ReadingPool
from tests.crawl.reading_functions import behave

async def main():
    pool = ReadingPool(2, timeout_s=1, function=behave)
    pool.warm()
    reads = [pool.read(body.encode(), "https://example.kz/", datetime.now(UTC), None, None) for body in sys.argv[1:]]
    tasks = [asyncio.create_task(read) for read in reads]
    if tasks:
        await asyncio.wait(tasks, timeout=0.3)
    print("reading", flush=True)
    await asyncio.gather(*tasks)
    sys.stdin.read()
    pool.close()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.parametrize("bodies", [[], ["sleep 60"], ["spin", "spin", "spin"]])
def test_no_reader_outlives_a_crawl_that_is_killed(tmp_path: Path, bodies: list[str]) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(script), *bodies]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdout is not None
        assert crawl.stdout.readline() == "reading\n"
        orphans = [os.pidfd_open(pid) for pid in readers(crawl.pid)]
        assert len(orphans) >= 3, "two readers and their fork server"
        crawl.kill()
    assert all_ended(orphans, seconds=10)


def test_large_pages_are_read_one_at_a_time_and_leave_room_for_others() -> None:
    pool = ReadingPool(2, timeout_s=20, function=reading_functions.behave)
    pool.warm()
    padding = b" " * reading_pool.LARGE_PAGE_BYTES

    async def read_all() -> list[str]:
        done: list[str] = []

        async def one(body: bytes, name: str) -> None:
            await pool.read(body, URL, AT, None, None)
            done.append(name)

        large = [one(b"sleep 1" + padding, f"large {n}") for n in range(2)]
        await asyncio.gather(*large, *(one(b"fine", "small") for _ in range(4)))
        return done

    try:
        assert asyncio.run(read_all()) == ["small"] * 4 + ["large 0", "large 1"]
    finally:
        pool.close()
