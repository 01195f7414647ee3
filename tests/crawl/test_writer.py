"""Waiting writes share a transaction, keep their order, and fail alone."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from newscrawl.crawl.writer import Operation, Writer
from newscrawl.store.database import SCHEMA_VERSION, open_readonly
from newscrawl.store.errors import NewerSchema, StoreError

Steps = Callable[[Writer], Awaitable[Any]]


def written(path: Path, steps: Steps) -> Any:
    """What the steps give, done on a writer that is closed afterwards."""

    async def run() -> Any:
        writer = Writer(path)
        try:
            return await steps(writer)
        finally:
            await writer.close()

    return asyncio.run(run())


def note(command: str) -> Operation:
    def insert(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO runs (command, pid, started_at) VALUES (?, 1, '2024')", (command,))
        return command

    return insert


def noted(path: Path) -> list[str]:
    connection = open_readonly(path)
    try:
        return [row[0] for row in connection.execute("SELECT command FROM runs ORDER BY id")]
    finally:
        connection.close()


def test_what_is_written_is_there_when_write_returns(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"

    async def steps(writer: Writer) -> None:
        assert await writer.write(note("a")) == "a"
        assert noted(path) == ["a"]

    written(path, steps)


def test_waiting_writes_share_a_transaction_in_the_order_they_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    seen: list[int] = []
    names = [f"{n:02}" for n in range(40)]

    async def steps(writer: Writer) -> Any:
        writer._connection.set_trace_callback(lambda sql: seen.append(1) if sql == "COMMIT" else None)
        return await asyncio.gather(*(writer.write(note(name)) for name in names))

    assert written(path, steps) == names
    assert noted(path) == names
    assert len(seen) < 5


def test_an_operation_that_fails_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"

    def half(connection: sqlite3.Connection) -> None:
        note("half")(connection)
        raise ValueError("no more")

    async def steps(writer: Writer) -> Any:
        operations = [note("a"), half, note("b")]
        return await asyncio.gather(*(writer.write(o) for o in operations), return_exceptions=True)

    first, error, last = written(path, steps)
    assert (first, last) == ("a", "b")
    assert isinstance(error, ValueError)
    assert noted(path) == ["a", "b"]


def test_a_mistake_in_sql_is_raised_where_it_is_awaited(tmp_path: Path) -> None:
    async def steps(writer: Writer) -> None:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await writer.write(lambda connection: connection.execute("SELECT * FROM no_such_table"))
        await writer.write(note("after"))

    written(tmp_path / "newscrawl.db", steps)
    assert noted(tmp_path / "newscrawl.db") == ["after"]


def test_who_gives_up_waiting_does_not_stop_the_others(tmp_path: Path) -> None:
    async def steps(writer: Writer) -> None:
        given_up = asyncio.ensure_future(writer.write(note("a")))
        other = asyncio.ensure_future(writer.write(note("b")))
        await asyncio.sleep(0)
        given_up.cancel()
        assert await other == "b"

    written(tmp_path / "newscrawl.db", steps)
    assert "b" in noted(tmp_path / "newscrawl.db")


def test_closing_waits_for_what_is_under_way_and_folds_the_log(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"

    async def steps(writer: Writer) -> None:
        under_way = [asyncio.ensure_future(writer.write(note(str(n)))) for n in range(5)]
        await asyncio.sleep(0)
        assert not all(task.done() for task in under_way)

    written(path, steps)
    assert noted(path) == ["0", "1", "2", "3", "4"]
    wal = path.with_name(path.name + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0


def test_a_file_that_cannot_be_used_is_an_error_before_any_crawl(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    path.write_bytes(b"no database, just words" * 100)
    with pytest.raises(StoreError):
        Writer(path)


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"

    async def age(writer: Writer) -> None:
        await writer.write(
            lambda connection: connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) SELECT migration_set, 'm9999', applied_at"
                " FROM _sqlite_migrations LIMIT 1"
            )
        )

    written(path, age)
    with pytest.raises(NewerSchema):
        Writer(path)
    assert SCHEMA_VERSION < 9999
