"""A file of any earlier version becomes the same as a new one and loses nothing; a migration that is killed is finished later."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.store.database import open_database, open_readonly
from newscrawl.store.errors import NewerSchema, StoreError
from newscrawl.store.migrations import MIGRATION_NAMES, SCHEMA_VERSION, apply_migrations
from tests.store.first_rows import FILLED_TABLES, fill

ROOT = Path(__file__).parents[2]


def schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return {tuple(row) for row in connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")}


def earlier_file(path: Path, stopped_before: str) -> None:
    """A file as an earlier version left it, with a row in each table."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        apply_migrations(connection, stop_before=stopped_before)
        assert connection.execute("PRAGMA user_version").fetchone()[0] == MIGRATION_NAMES.index(stopped_before)
        if stopped_before != MIGRATION_NAMES[0]:
            fill(connection)


def contents(connection: sqlite3.Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: [tuple(row) for row in connection.execute(f"SELECT {', '.join(names)} FROM {name} ORDER BY 1")]
        for name, names in columns.items()
    }


def columns_of(connection: sqlite3.Connection) -> dict[str, list[str]]:
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in FILLED_TABLES}


def is_whole(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("stopped_before", MIGRATION_NAMES)
def test_earlier_file_is_brought_to_the_same_tables_as_a_new_one(tmp_path: Path, stopped_before: str) -> None:
    earlier_file(tmp_path / "earlier.db", stopped_before)
    with (
        closing(open_database(tmp_path / "earlier.db")) as migrated,
        closing(open_database(tmp_path / "new.db")) as new,
    ):
        assert schema(migrated) == schema(new)
        is_whole(migrated)


@pytest.mark.parametrize("stopped_before", MIGRATION_NAMES[1:])
def test_earlier_file_keeps_every_row(tmp_path: Path, stopped_before: str) -> None:
    path = tmp_path / "earlier.db"
    earlier_file(path, stopped_before)
    with closing(sqlite3.connect(path)) as earlier:
        columns = columns_of(earlier)
        before = contents(earlier, columns)
    assert all(before.values()), "each table has a row to lose"
    with closing(open_database(path)) as migrated:
        assert contents(migrated, columns) == before
        assert migrated.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'мост'").fetchone()[0] == 1


def test_article_that_an_earlier_version_called_gone_is_gone_since_then(tmp_path: Path) -> None:
    path = tmp_path / "earlier.db"
    earlier_file(path, "m0003_removals_and_views")
    with closing(open_database(path)) as migrated:
        rows = [tuple(row) for row in migrated.execute("SELECT url, gone_at FROM gone")]
        assert rows == [("https://vesti.example/gone", "2024-05-03T12:00:00+00:00")]
        assert [tuple(row) for row in migrated.execute("SELECT missing_since, misses FROM articles ORDER BY id")] == [
            (None, 0),
            ("2024-05-03T12:00:00+00:00", 1),
        ]


# The child is killed in front of its n-th statement: SIGKILL, no exception and no rollback.
KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from newscrawl.store import database
class Killed(sqlite3.Connection):
    left = int(sys.argv[2])
    def execute(self, sql, *more):
        if self.in_transaction:
            Killed.left -= 1
        if not Killed.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(sql, *more)
connect = sqlite3.connect
sqlite3.connect = lambda *a, **k: connect(*a, **k, factory=Killed)
database.open_database(Path(sys.argv[1]))
print("done")
"""


@pytest.mark.parametrize("statement", [1, 2, 3, 5, 8, 13])
@pytest.mark.parametrize("stopped_before", MIGRATION_NAMES[1:3])
def test_migration_that_is_killed_is_finished_by_the_next_start(
    tmp_path: Path, stopped_before: str, statement: int
) -> None:
    path = tmp_path / "earlier.db"
    earlier_file(path, stopped_before)
    with closing(sqlite3.connect(path)) as earlier:
        columns = columns_of(earlier)
        before = contents(earlier, columns)
    child = [sys.executable, "-c", KILLED, str(path), str(statement)]
    ended = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-9, "", "")
    with closing(open_database(path)) as finished, closing(open_database(tmp_path / "new.db")) as new:
        assert schema(finished) == schema(new)
        assert contents(finished, columns) == before
        is_whole(finished)


def test_reader_of_an_earlier_file_is_told_what_brings_it_up_to_date(tmp_path: Path) -> None:
    earlier_file(tmp_path / "earlier.db", MIGRATION_NAMES[-1])
    with pytest.raises(StoreError, match=r"earlier\.db: has the tables of an older newscrawl"):
        open_readonly(tmp_path / "earlier.db")


@pytest.mark.parametrize("opened", [open_database, open_readonly])
@pytest.mark.parametrize(
    "newer",
    [
        "PRAGMA user_version=99",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm0099_x', '2030')",
    ],
)
def test_newer_file_is_refused_by_name_and_not_touched(tmp_path: Path, opened: object, newer: str) -> None:
    path = tmp_path / "newer.db"
    open_database(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(newer)
        before = schema(connection)
    with pytest.raises(NewerSchema, match=r"newer\.db: was written by a newer newscrawl .*(?:99|m0099_x)"):
        opened(path)  # type: ignore[operator]
    with closing(sqlite3.connect(path)) as connection:
        assert schema(connection) == before


def test_every_migration_is_recorded_under_its_name(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "newscrawl.db")
    rows = connection.execute("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id")
    assert [tuple(row) for row in rows] == [("newscrawl", name) for name in MIGRATION_NAMES]
    assert all(name.startswith(f"m{number:04}_") for number, name in enumerate(MIGRATION_NAMES, start=1))
    connection.close()
