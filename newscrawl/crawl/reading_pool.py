"""A fetched page -> its `Draft`, a draft -> its language, in guarded processes: what hangs, bursts or crashes its reader costs
only itself.

pebble ends a page after its time and notices a process that dies over one. The pool around it sees to
pebble itself: when an idle process dies, a pebble pool breaks for good, some futures with an error and some never answered;
so a pool that stays silent for too long counts as broken, a broken pool is replaced, and the page read once more.

The language is identified here too: what knows the languages takes 88 to 165 MB, which the crawl process would hold for itself,
while reading processes share it (`reading_preload`).
"""

import asyncio
import logging
import signal
import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pebble

from newscrawl.crawl.reading_processes import cause_of_death, start_processes, stop_processes
from newscrawl.crawl.reading_worker import Outcome, ReadFunction, answer, read_guarded
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.language import identify_draft_language
from newscrawl.extraction.read import read_draft
from newscrawl.site import Site

logger = logging.getLogger(__name__)

READ_TIMEOUT_S = 20.0
READ_MEMORY_MB = 512
TASKS_PER_WORKER = 500  # libraries cache and heaps fragment; a new process costs milliseconds
WARM_TIMEOUT_S = 60.0
SILENCE_GRACE_S = 5.0  # on top of a page's time: no reader answers for that long only when the pool is broken
READS_A_PAGE = 2  # a page that was with a reader when the pool broke is read once more
MOST_POOLS_A_PAGE = 5
IN_LINE_PER_WORKER = 2  # one page is read, the next waits in the pipe
LARGE_PAGE_BYTES = 1024 * 1024
"""From here on pages are read one at a time. A hostile one takes its reader to 150 MB: two at once broke the bound for the whole
crawl, and kept every reader from the pages of other sites."""
FORK_SERVER_DIED = 255  # what multiprocessing reports of every process when the server that would know is gone
OUT_OF_TIME = frozenset({-signal.SIGALRM, -signal.SIGXCPU})  # the process's own limits, when pebble is late


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
        self._large_page = asyncio.Lock()
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
        page = (self._function, html, url, fetched_at, site, content_type)
        if len(html) < LARGE_PAGE_BYTES:
            return await self._run(url, *page)
        async with self._large_page:
            return await self._run(url, *page)

    async def identify_language(self, draft: Draft, site: Site | None) -> Draft:
        """The draft with its language, under the same limits and rules as `read()`."""
        return await self._run(draft.url, identify_draft_language, draft, site)

    async def _run(self, url: str, function: ReadFunction, *given: Any) -> Draft:
        async with self._slots:
            reads = 0  # with a reader
            for _ in range(MOST_POOLS_A_PAGE):
                running = self._running
                try:
                    if running is None:
                        running = await asyncio.to_thread(self._usable)
                    return _draft(await self._outcome(running, function, given), url)
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
            stop_processes(running.pool, running.under_way)

    async def _outcome(self, running: _Running, function: ReadFunction, given: tuple[Any, ...]) -> Outcome:
        task = (function, self._timeout_s, *given)
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
            return Outcome(None, f"the reading process died ({cause_of_death(error.exitcode)})")
        return Outcome(None, f"reading failed: {type(error).__name__}: {error}")

    def _usable(self) -> _Running:
        with self._lock:
            if self._closed:
                raise ReadingStopped
            if self._running is None:
                self._running = _Running(self._start())
            return self._running

    def _start(self) -> pebble.ProcessPool:
        try:
            return start_processes(self._workers, self._memory_mb, self._tasks_per_worker)
        except BrokenProcessPool as error:
            raise _PoolBroke(f"they cannot be started: {error.__cause__ or error}", reached_reader=False) from error

    def _drop(self, broken: _Running | None) -> None:
        """Give up a broken pool; whoever comes next makes another. Of several readers that saw it break, one does so."""
        with self._lock:
            if broken is None or self._running is not broken:
                return
            self._running = None
        stop_processes(broken.pool, broken.under_way)


def _draft(outcome: Outcome, url: str) -> Draft:
    draft = outcome.draft or Draft(url=url, page_type="read_error", reason=outcome.problem)
    if draft.page_type == "read_error":
        logger.warning("%s: %s", url, draft.reason)
    for line in outcome.log:
        logger.error("%s: %s", url, line)
    return draft
