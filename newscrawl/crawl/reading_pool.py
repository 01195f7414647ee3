"""A fetched page -> its `Draft`, read in guarded processes: a page that hangs, bursts or crashes its reader costs only itself.

pebble ends a page after its time and notices a process that dies over one. The pool around it sees to
pebble itself: when an idle process dies, a pebble pool breaks for good, some futures with an error and some never answered;
so a pool that stays silent for too long counts as broken, a broken pool is replaced, and the page read once more.

Processes come from a fork server, never from a fork of the crawl (with its threads and locks a forked child hung for ever).
"""

import asyncio
import logging
import multiprocessing
import signal
import sys
import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
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
SILENCE_GRACE_S = 5.0  # on top of a page's time: no reader answers for that long only when the pool is broken
READS_A_PAGE = 2  # a page that was with a reader when the pool broke is read once more
MOST_POOLS_A_PAGE = 5
IN_LINE_PER_WORKER = 2  # one page is read, the next waits in the pipe
FORK_SERVER_DIED = 255  # what multiprocessing reports of every process when the server that would know is gone
OUT_OF_TIME = frozenset({-signal.SIGALRM, -signal.SIGXCPU})  # the process's own limits, when pebble is late

# Readers ignore SIGTERM; pebble's three seconds of patience, spent under its one lock, would stop all others.
pebble.CONSTS.term_timeout = 0.1


class ReadingStopped(Exception):
    """The pool was closed before the page was read; nothing is known about the page."""


class ReadersUnusable(Exception):
    """The reading processes do not start: one plain line."""


class _PoolBroke(RuntimeError):
    """The pool has to be replaced. `reached_reader`: perhaps this very page is what breaks pools."""

    def __init__(self, reason: str, *, reached_reader: bool = True) -> None:
        super().__init__(reason)
        self.reached_reader = reached_reader


@dataclass(slots=True, eq=False)
class _Running:
    """A pool that was started, what it was asked and has not answered, and when it last answered (clock of the loop)."""

    pool: pebble.ProcessPool
    under_way: set[pebble.ProcessFuture[Outcome]] = field(default_factory=set)
    answered_at: float = 0.0


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
        self._slots = asyncio.Semaphore(workers * IN_LINE_PER_WORKER)
        self._lock = threading.Lock()  # a pool is made and replaced in threads
        self._running: _Running | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the processes and wait until they answer. Raises ReadersUnusable when they do not."""
        try:
            pool = self._usable().pool
            for future in [pool.schedule(answer) for _ in range(self._workers)]:
                future.result(WARM_TIMEOUT_S)
        except (OSError, RuntimeError) as error:  # TimeoutError is an OSError
            self.close()
            reason = f"{type(error).__name__}: {error}"
            raise ReadersUnusable(
                f"the reading processes do not start ({reason}): is there memory and a writable temporary folder?"
            ) from error

    async def read(
        self, html: bytes, url: str, fetched_at: datetime, site: Site | None, content_type: str | None
    ) -> Draft:
        """The page's draft; when it cannot be read, one of type "read_error" that says why. Raises ReadingStopped after close()."""
        page = (html, url, fetched_at, site, content_type)
        async with self._slots:
            reads = 0  # with a reader
            for _ in range(MOST_POOLS_A_PAGE):
                running = self._running
                try:
                    if running is None:
                        running = await asyncio.to_thread(self._usable)
                    return _draft(await self._outcome(running, page), url)
                except _PoolBroke as error:
                    logger.warning("the reading processes broke (%s): they are started again", error)
                    await asyncio.to_thread(self._drop, running)
                    reads += error.reached_reader
                if reads == READS_A_PAGE:
                    break
            return _draft(Outcome(None, "the reading processes broke over it again and again"), url)

    def close(self) -> None:
        """Stop the processes, within CLOSE_TIMEOUT_S; reads under way raise ReadingStopped. May be called twice."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, None
        if running is not None:
            _stop(running)

    async def _outcome(self, running: _Running, page: tuple[Any, ...]) -> Outcome:
        task = (self._function, self._timeout_s, *page)
        try:
            future = running.pool.schedule(read_guarded, args=task, timeout=self._timeout_s)
        except RuntimeError as error:
            if self._closed:
                raise ReadingStopped from error
            raise _PoolBroke(str(error), reached_reader=False) from error
        running.under_way.add(future)
        answered = asyncio.wrap_future(future)
        try:
            await self._wait(running, answered)
            return self._judge(answered)
        finally:
            running.under_way.discard(future)
            answered.cancel()  # does nothing to one that is done

    async def _wait(self, running: _Running, answered: "asyncio.Future[Outcome]") -> None:
        """Until the answer is there. Raises _PoolBroke when no reader answered anybody for longer than a page may take."""
        clock = asyncio.get_running_loop().time
        asked_at, limit_s = clock(), self._timeout_s + SILENCE_GRACE_S
        while not answered.done():
            patience_s = max(asked_at, running.answered_at) + limit_s - clock()
            if patience_s <= 0:
                raise _PoolBroke(f"no answer for {limit_s:g} s")
            await asyncio.wait({answered}, timeout=patience_s)
        running.answered_at = clock()

    def _judge(self, answered: "asyncio.Future[Outcome]") -> Outcome:
        if answered.cancelled():
            raise ReadingStopped if self._closed else _PoolBroke("another page found them broken")
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

    def _usable(self) -> _Running:
        with self._lock:
            if self._closed:
                raise ReadingStopped
            if self._running is None:
                self._running = _Running(self._start())
            return self._running

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
            raise _PoolBroke(f"they cannot be started: {error.__cause__ or error}", reached_reader=False) from error
        return pool

    def _drop(self, broken: _Running | None) -> None:
        """Give up a broken pool; whoever comes next makes another. Of several readers that saw it break, one does so."""
        with self._lock:
            if broken is None or self._running is not broken:
                return
            self._running = None
        _stop(broken)


def _draft(outcome: Outcome, url: str) -> Draft:
    draft = outcome.draft or Draft(url=url, page_type="read_error", reason=outcome.problem)
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


def _stop(running: _Running) -> None:
    """Stop a pool within a time limit. Its own join has none: it waits for threads that may wait for a dead process's lock."""
    pool = running.pool

    def stop() -> None:
        pool.stop()  # type: ignore[no-untyped-call]
        try:
            pool.join()
        except (OSError, RuntimeError) as error:
            logger.debug("a pool of reading processes did not stop in order: %s", error)

    # pebble leaves what is under way without an answer.
    for future in tuple(running.under_way):
        future.cancel()  # type: ignore[no-untyped-call]
    stopping = threading.Thread(target=stop, name="newscrawl-stop-readers", daemon=True)
    stopping.start()
    stopping.join(CLOSE_TIMEOUT_S)
    # What is left is killed: at exit, multiprocessing would wait for it without end. pebble has no public list of it.
    for process in tuple(pool._pool_manager.worker_manager.workers.values()):  # noqa: SLF001
        process.kill()
