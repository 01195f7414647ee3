"""An empty or older database -> today's tables, by sqlite-utils' own migrations, one transaction each.

A migration is never edited once it was released: a new one is added at the end of `_STEPS`.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from newscrawl.store.migrations import (
    m0001_first_tables,
    m0002_forgotten,
    m0003_removals_and_views,
    m0004_visit_measures,
    m0005_revisits,
)

MIGRATION_SET = "newscrawl"
_STEPS = (m0001_first_tables, m0002_forgotten, m0003_removals_and_views, m0004_visit_measures, m0005_revisits)
MIGRATION_NAMES = tuple(step.__name__.rpartition(".")[2] for step in _STEPS)
SCHEMA_VERSION = len(_STEPS)


def applied_version(connection: sqlite3.Connection) -> int:
    """The version of the tables in the file, 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def unknown_migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of migrations in the file that this version does not know."""
    kept = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    if not connection.execute(kept).fetchone():
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (MIGRATION_SET,)
    )
    return tuple(row[0] for row in rows if row[0] not in MIGRATION_NAMES)


def apply_migrations(connection: sqlite3.Connection, *, stop_before: str | None = None) -> None:
    """Apply what is pending; the caller holds the write lock. `stop_before`: a migration's name (for tests of older files)."""
    # Imported here: sqlite-utils takes longer to import than an up-to-date database takes to open.
    from sqlite_utils import Database, Migrations

    migrations = Migrations(MIGRATION_SET)
    for version, (name, step) in enumerate(zip(MIGRATION_NAMES, _STEPS, strict=True), start=1):
        migrations(name=name)(_step(step.STATEMENTS, version))
    database = Database(connection, execute_plugins=False)  # plugins that happen to be installed have no business here
    migrations.apply(database, stop_before=stop_before)


def _step(statements: tuple[str, ...], version: int) -> Callable[[Any], None]:
    def migrate(database: Any) -> None:
        # One by one: sqlite3's executescript() would commit the transaction first.
        for statement in statements:
            database.conn.execute(statement)
        database.conn.execute(f"PRAGMA user_version={version}")

    return migrate
