"""What a reading pool needs -> a pebble pool whose processes come from a fork server; and its end, within a time limit.

Never from a fork of the crawl: with its threads and locks a forked child hung for ever. What all processes read with is
loaded once, in the fork server, and shared.
"""

import logging
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterable
from typing import Any

import pebble

from newscrawl.crawl.reading_worker import start_worker

logger = logging.getLogger(__name__)

CLOSE_TIMEOUT_S = 10.0

# Readers ignore SIGTERM; pebble's three seconds of patience, spent under its one lock, would stop all others.
pebble.CONSTS.term_timeout = 0.1


def start_processes(workers: int, memory_mb: int, tasks_per_worker: int) -> pebble.ProcessPool:
    """A pool that was started. Raises concurrent.futures' BrokenProcessPool when it cannot be."""
    context = multiprocessing.get_context("forkserver")
    # Each process runs the command's own script again. Scrapy's imports the whole of Scrapy: once, then, for all.
    script = [name for name in ("scrapy.cmdline",) if name in sys.modules]
    context.set_forkserver_preload(["newscrawl.crawl.reading_preload", *script])
    pool = pebble.ProcessPool(
        max_workers=workers,
        max_tasks=tasks_per_worker,
        initializer=start_worker,
        initargs=(memory_mb,),
        context=context,
    )
    assert pool.active  # to ask is to start
    return pool


def stop_processes(pool: pebble.ProcessPool, under_way: Iterable[pebble.ProcessFuture[Any]]) -> None:
    """Stop a pool within CLOSE_TIMEOUT_S. Its own join has no limit: it waits for threads that may wait for a dead process's
    lock."""

    def stop() -> None:
        pool.stop()  # type: ignore[no-untyped-call]
        try:
            pool.join()
        except (OSError, RuntimeError) as error:
            logger.debug("a pool of reading processes did not stop in order: %s", error)

    # pebble leaves what is under way without an answer.
    for future in tuple(under_way):
        future.cancel()  # type: ignore[no-untyped-call]
    stopping = threading.Thread(target=stop, name="newscrawl-stop-readers", daemon=True)
    stopping.start()
    stopping.join(CLOSE_TIMEOUT_S)
    # What is left is killed: at exit, multiprocessing would wait for it without end. pebble has no public list of it.
    for process in tuple(pool._pool_manager.worker_manager.workers.values()):  # noqa: SLF001
        process.kill()


def cause_of_death(exitcode: int) -> str:
    """A process's exit code in words."""
    if exitcode >= 0:
        return f"exit code {exitcode}"
    name = signal.Signals(-exitcode).name
    return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name
