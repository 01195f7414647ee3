"""A fresh database for each test."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.store.database import open_database, write_transaction


@dataclass
class Opened:
    """An open database and where it lies."""

    path: Path
    connection: sqlite3.Connection

    def writing(self) -> AbstractContextManager[None]:
        """A write transaction."""
        return write_transaction(self.connection, self.path)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What a query answers, as plain tuples."""
        return [tuple(row) for row in self.connection.execute(sql, values)]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Opened]:
    """A new database in a folder of its own."""
    path = tmp_path / "store" / "newscrawl.db"
    connection = open_database(path)
    yield Opened(path, connection)
    connection.close()
