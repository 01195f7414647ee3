"""A fetched page -> its `Draft`, read in guarded processes: a page that hangs, bursts or crashes its reader costs only itself.

Two layers of guard. pebble ends a page after its time and notices a process that dies over one. The pool around it sees to
pebble itself: when an idle process dies, a pebble pool breaks for good, some futures with an error and some never answered;
so each read has an outer limit, and a broken pool is replaced and the page read once more.

Processes come from a fork server, never from a fork of the crawl (with its threads and locks a forked child hung for ever).
"""

import asyncio
import logging
import multiprocessing
import signal
import sys
import threading
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from typing import Any

import pebble

from newscrawl.crawl.reading_worker import Outcome, ReadFunction, answer, read_guarded, start_worker
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.read import read_draft
from newscrawl.site import Site

logger = logging.getLogger(__name__)

READ_TIMEOUT_S = 20.0
READ_MEMORY_MB = 512
TASKS_PER_WORKER = 500  # libraries cache and heaps fragment; a new process costs milliseconds
WARM_TIMEOUT_S = 60.0
CLOSE_TIMEOUT_S = 10.0
OUTER_GRACE_S = 10.0
IN_LINE_PER_WORKER = 2  # one page is read, the next waits in the pipe
FORK_SERVER_DIED = 255  # what multiprocessing reports of every process when the server that would know is gone
OUT_OF_TIME = frozenset({-signal.SIGALRM, -signal.SIGXCPU})  # the process's own limits, when pebble is late

# Reading processes ignore SIGTERM; pebble's three seconds of patience would hold its one lock and stop all others.
pebble.CONSTS.term_timeout = 0.1


class ReadingStopped(Exception):
    """The pool was closed before the page was read; nothing is known about the page."""


class ReadersUnusable(Exception):
    """The reading processes do not start: one plain line."""


class _PoolBroke(RuntimeError):
    pass


class ReadingPool:
    """Reads pages in `workers` processes. `timeout_s`: for one page; `memory_mb`: what a page may need on top of an idle
    process; `tasks_per_worker`: pages until a process is replaced; `function`: a module-level callable that reads a page."""

    def __init__(
        self,
        workers: int,
        timeout_s: float = READ_TIMEOUT_S,
        memory_mb: int = READ_MEMORY_MB,
        tasks_per_worker: int = TASKS_PER_WORKER,
        function: ReadFunction = read_draft,
    ) -> None:
        self._workers = workers
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._tasks_per_worker = tasks_per_worker
        self._function = function
        self._outer_limit_s = IN_LINE_PER_WORKER * timeout_s + OUTER_GRACE_S
        self._slots = asyncio.Semaphore(workers * IN_LINE_PER_WORKER)
        self._under_way: set[pebble.ProcessFuture[Outcome]] = set()
        self._lock = threading.Lock()  # a pool is made and replaced in threads
        self._pool: pebble.ProcessPool | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the processes and wait until they answer. Raises ReadersUnusable when they do not."""
        try:
            pool = self._usable_pool()
            for future in [pool.schedule(answer) for _ in range(self._workers)]:
                future.result(WARM_TIMEOUT_S)
        except (OSError, RuntimeError) as error:  # TimeoutError is an OSError
            self.close()
            reason = f"{type(error).__name__}: {error}"
            raise ReadersUnusable(f"the reading processes do not start ({reason}): see newscrawl doctor") from error

    async def read(
        self, html: bytes, url: str, fetched_at: datetime, site: Site | None, content_type: str | None
    ) -> Draft:
        """The page's draft; when it cannot be read, one of type "read_error" that says why. Raises ReadingStopped after close()."""
        async with self._slots:
            broke = _PoolBroke()
            for _ in range(2):
                pool = None
                try:
                    pool = await asyncio.to_thread(self._usable_pool)
                    outcome = await self._outcome(pool, (html, url, fetched_at, site, content_type))
                    return _draft(outcome, url)
                except _PoolBroke as error:
                    broke = error
                    logger.warning("the reading processes broke (%s): they are started again", error)
                    await asyncio.to_thread(self._drop, pool)
            return _draft(Outcome(None, f"the reading processes broke twice over it ({broke})"), url)

    def close(self) -> None:
        """Stop the processes, within CLOSE_TIMEOUT_S; reads under way raise ReadingStopped. May be called twice."""
        with self._lock:
            self._closed = True
            pool, self._pool = self._pool, None
        for future in tuple(self._under_way):
            future.cancel()  # type: ignore[no-untyped-call]
        if pool is not None:
            _stop(pool)

    async def _outcome(self, pool: pebble.ProcessPool, page: tuple[Any, ...]) -> Outcome:
        try:
            future = pool.schedule(read_guarded, args=(self._function, self._timeout_s, *page), timeout=self._timeout_s)
        except RuntimeError as error:
            if self._closed:
                raise ReadingStopped from error
            raise _PoolBroke(str(error)) from error
        self._under_way.add(future)
        answered = asyncio.wrap_future(future)
        try:
            await asyncio.wait({answered}, timeout=self._outer_limit_s)
            if not answered.done():
                raise _PoolBroke(f"no answer within {self._outer_limit_s:g} s")
            return self._judge(answered)
        finally:
            self._under_way.discard(future)
            answered.cancel()  # does nothing to one that is done

    def _judge(self, answered: "asyncio.Future[Outcome]") -> Outcome:
        if answered.cancelled():
            raise ReadingStopped
        error = answered.exception()
        if error is None:
            return answered.result()
        if self._closed:
            raise ReadingStopped from error
        if isinstance(error, TimeoutError) or getattr(error, "exitcode", 0) in OUT_OF_TIME:
            return Outcome(None, f"reading took more than {self._timeout_s:g} s")
        if isinstance(error, BrokenProcessPool):
            raise _PoolBroke(str(error) or "broken") from error
        if isinstance(error, pebble.ProcessExpired):
            if error.exitcode == FORK_SERVER_DIED:
                raise _PoolBroke("their fork server died") from error
            return Outcome(None, f"the reading process died ({_cause(error.exitcode)})")
        return Outcome(None, f"reading failed: {type(error).__name__}: {error}")

    def _usable_pool(self) -> pebble.ProcessPool:
        with self._lock:
            if self._closed:
                raise ReadingStopped
            if self._pool is None:
                self._pool = self._start()
            return self._pool

    def _start(self) -> pebble.ProcessPool:
        context = multiprocessing.get_context("forkserver")
        # Each process runs the command's own script again. Scrapy's imports the whole of Scrapy: once, then, for all.
        script = [name for name in ("scrapy.cmdline",) if name in sys.modules]
        context.set_forkserver_preload(["newscrawl.crawl.reading_preload", *script])
        pool = pebble.ProcessPool(
            max_workers=self._workers,
            max_tasks=self._tasks_per_worker,
            initializer=start_worker,
            initargs=(self._memory_mb,),
            context=context,
        )
        try:
            assert pool.active  # to ask is to start
        except BrokenProcessPool as error:
            raise _PoolBroke(f"they cannot be started: {error.__cause__ or error}") from error
        return pool

    def _drop(self, pool: pebble.ProcessPool | None) -> None:
        """Give up a broken pool; whoever comes next makes another. Of several readers that saw it break, one does so."""
        with self._lock:
            if pool is None or self._pool is not pool:
                return
            self._pool = None
        _stop(pool)


def _draft(outcome: Outcome, url: str) -> Draft:
    draft = outcome.draft
    if draft is None:
        draft = Draft(url=url, page_type="read_error", reason=outcome.problem)
    if draft.page_type == "read_error":
        logger.warning("%s: %s", url, draft.reason)
    for line in outcome.log:
        logger.error("%s: %s", url, line)
    return draft


def _cause(exitcode: int) -> str:
    if exitcode >= 0:
        return f"exit code {exitcode}"
    name = signal.Signals(-exitcode).name
    return f"{name}, perhaps for want of memory" if name == "SIGKILL" else name


def _stop(pool: pebble.ProcessPool) -> None:
    """Stop a pool within a time limit. Its own join has none: it waits for threads that may wait for a dead process's lock."""

    def stop() -> None:
        pool.stop()  # type: ignore[no-untyped-call]
        try:
            pool.join()
        except (OSError, RuntimeError) as error:
            logger.debug("a pool of reading processes did not stop in order: %s", error)

    stopping = threading.Thread(target=stop, name="newscrawl-stop-readers", daemon=True)
    stopping.start()
    stopping.join(CLOSE_TIMEOUT_S)
    # What is left is killed: at exit, multiprocessing would wait for it without end. pebble has no public list of it.
    for process in tuple(pool._pool_manager.worker_manager.workers.values()):  # noqa: SLF001
        process.kill()
