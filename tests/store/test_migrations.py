"""A file of any earlier version becomes the same as a new one."""

import sqlite3
from pathlib import Path

import pytest

from newscrawl.store.database import open_database
from newscrawl.store.migrations import MIGRATION_NAMES, SCHEMA_VERSION, apply_migrations


def schema(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return {tuple(row) for row in connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")}


@pytest.mark.parametrize("stopped_before", MIGRATION_NAMES)
def test_earlier_file_is_brought_to_the_same_tables_as_a_new_one(tmp_path: Path, stopped_before: str) -> None:
    earlier = sqlite3.connect(tmp_path / "earlier.db", isolation_level=None)
    apply_migrations(earlier, stop_before=stopped_before)
    assert earlier.execute("PRAGMA user_version").fetchone()[0] == MIGRATION_NAMES.index(stopped_before)
    earlier.close()
    migrated, new = open_database(tmp_path / "earlier.db"), open_database(tmp_path / "new.db")
    assert schema(migrated) == schema(new)
    assert migrated.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
    assert migrated.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    migrated.close()
    new.close()


def test_every_migration_is_recorded_under_its_name(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "newscrawl.db")
    rows = connection.execute("SELECT migration_set, name FROM _sqlite_migrations ORDER BY id")
    assert [tuple(row) for row in rows] == [("newscrawl", name) for name in MIGRATION_NAMES]
    assert all(name.startswith(f"m{number:04}_") for number, name in enumerate(MIGRATION_NAMES, start=1))
    connection.close()
