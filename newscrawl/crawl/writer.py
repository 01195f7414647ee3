"""Write operations of many crawlers -> few transactions, in one thread, in the order they were asked for.

A commit is one fsync. On the reactor's own thread a disk of 10 ms a fsync held every crawler up for 45 to 648 ms; from
one thread that drains whatever waits, it is 3.6.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from newscrawl.store.database import checkpoint, open_database, write_transaction

logger = logging.getLogger(__name__)
Result = TypeVar("Result")
Operation = Callable[[sqlite3.Connection], Any]


@dataclass(slots=True)
class _Waiting:
    operation: Operation
    future: asyncio.Future[Any]


class Writer:
    """The one writer of this process to one SQLite file. `write()` returns when the operation's transaction is committed.

    `failed`: whether any operation was not written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="newscrawl-writer")
        # Opened on the writing thread's behalf, before the crawl: a file that cannot be used ends the run at once.
        self._connection = open_database(path)
        self.failed = False
        self._waiting: list[_Waiting] = []
        self._drain_task: asyncio.Task[None] | None = None

    async def write(self, operation: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `operation(connection)` inside a transaction that others may share; its error, or the store's, is raised here."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(operation, future))
        if self._drain_task is None or self._drain_task.done():
            self._drain_task = asyncio.ensure_future(self._drain())
        result: Result = await future
        return result

    async def _drain(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            outcomes = await asyncio.get_running_loop().run_in_executor(
                self._thread, self._commit_group, [waiting.operation for waiting in group]
            )
            for waiting, outcome in zip(group, outcomes, strict=True):
                if waiting.future.cancelled():
                    continue
                if isinstance(outcome, BaseException):
                    waiting.future.set_exception(outcome)
                else:
                    waiting.future.set_result(outcome)

    def _commit_group(self, operations: list[Operation]) -> list[Any]:
        """The results in order; where the group fails, each operation is tried again alone and gives its own error."""
        if len(operations) > 1:
            try:
                with write_transaction(self._connection, self.path):
                    return [operation(self._connection) for operation in operations]
            except Exception as error:  # noqa: BLE001 - whatever it was, each operation now answers for itself
                logger.debug("A group of %d writes failed (%s): one by one", len(operations), error)
        return [self._commit_alone(operation) for operation in operations]

    def _commit_alone(self, operation: Operation) -> Any:
        try:
            with write_transaction(self._connection, self.path):
                return operation(self._connection)
        except Exception as error:  # noqa: BLE001 - the edge: it is raised where the operation is awaited
            self.failed = True
            # A future cannot carry StopIteration: it would end the loop that hands results out.
            return RuntimeError("the write ended in StopIteration") if isinstance(error, StopIteration) else error

    async def close(self) -> None:
        """Wait for what is under way, then fold the write-ahead log into the file."""
        if self._drain_task is not None:
            await self._drain_task
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        try:
            checkpoint(self._connection)
        finally:
            self._connection.close()
