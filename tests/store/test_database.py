"""Opening, migrating, locking; readers beside a writer."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from newscrawl.store import database
from newscrawl.store.database import checkpoint, open_database, open_readonly, write_lock, write_transaction
from newscrawl.store.errors import (
    DatabaseLocked,
    DatabaseReadOnly,
)
from newscrawl.store.migrations import SCHEMA_VERSION
from tests.store.conftest import Opened
from tests.store.samples import article, is_one_line_about, store

ROOT = Path(__file__).parents[2]


def add_run(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO runs (command, pid, started_at) VALUES ('run', 1, '2024-05-02T12:00:00+00:00')")


def test_database_is_opened_for_safety_and_concurrent_readers(db: Opened) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "journal_size_limit", "user_version")
    assert [db.rows(f"PRAGMA {name}")[0][0] for name in pragmas] == [
        "wal", 2, 1, 30_000, 64 * 2**20, SCHEMA_VERSION,
    ]  # fmt: skip


def test_every_foreign_key_has_an_index(db: Opened) -> None:
    tables = [row[0] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    keys = [(t, key[3]) for t in tables for key in db.rows(f"PRAGMA foreign_key_list({t})")]
    assert len(keys) >= 14
    for table, column in keys:
        plan = db.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1")
        assert "SEARCH" in str(plan[0][-1]), (table, column, plan)


def test_strangers_tools_find_the_full_text_index(db: Opened) -> None:
    tables = Database(db.connection)
    assert tables["articles"].detect_fts() == "articles_fts"
    assert "prefix='3 4 5'" in tables["articles_fts"].schema  # what a search by beginnings costs
    with db.writing():
        store(db.connection, article())
    assert [row["title"] for row in tables["articles"].search("мосту")] == ["Мост через Ишим открыли"]


def test_tables_explain_themselves(db: Opened) -> None:
    (sql,) = db.rows("SELECT sql FROM sqlite_master WHERE name = 'articles'")[0]
    assert "-- " in str(sql)


def test_raised_error_rolls_the_whole_transaction_back(db: Opened) -> None:
    def fail() -> None:
        with db.writing():
            add_run(db.connection)
            raise KeyError("half-way")

    with pytest.raises(KeyError):
        fail()
    assert db.rows("SELECT count(*) FROM runs") == [(0,)]
    with db.writing():
        add_run(db.connection)
    assert db.rows("SELECT count(*) FROM runs") == [(1,)]


def test_transaction_inside_a_transaction_is_a_mistake(db: Opened) -> None:
    with db.writing(), pytest.raises(RuntimeError, match="open already"), db.writing():
        pass


def test_writing_without_a_transaction_is_a_mistake(db: Opened) -> None:
    with pytest.raises(RuntimeError, match="write_transaction"):
        store(db.connection, article())


def test_reader_sees_the_last_commit_and_cannot_write(db: Opened) -> None:
    reader = open_readonly(db.path)
    with db.writing():
        add_run(db.connection)
        assert reader.execute("SELECT count(*) FROM runs").fetchone()[0] == 0
    assert reader.execute("SELECT count(*) FROM runs").fetchone()[0] == 1
    with pytest.raises(DatabaseReadOnly) as refused, write_transaction(reader, db.path):
        add_run(reader)
    assert is_one_line_about(refused.value, db.path)
    reader.close()


@pytest.mark.timeout(20)  # less than the patience of a writer
def test_reader_in_a_long_transaction_delays_nobody_and_the_wal_is_bounded_after_it(db: Opened) -> None:
    reader = open_readonly(db.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM articles").fetchone()
    for number in range(100):
        with db.writing():
            store(db.connection, article(url=f"https://vesti.example/{number}", text="слово " * 2000))
    wal = db.path.with_name(db.path.name + "-wal")
    assert wal.stat().st_size > 2**20
    assert not checkpoint(db.connection)
    assert reader.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    reader.execute("COMMIT")
    assert checkpoint(db.connection)
    assert wal.stat().st_size == 0
    assert db.rows("PRAGMA busy_timeout") == [(30_000,)]
    reader.close()


def test_second_writer_waits_and_then_says_so(db: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WRITE_LOCK_TIMEOUT_S", 0.0)
    holder = "import sys; from pathlib import Path; from newscrawl.store.database import write_lock\n"
    holder += "with write_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(db.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseLocked) as locked, db.writing():
            add_run(db.connection)
        child.kill()
    assert is_one_line_about(locked.value, db.path)
    with db.writing():  # the lock of a dead process is free
        add_run(db.connection)


def test_other_program_in_a_transaction_is_named_as_a_lock(db: Opened) -> None:
    other = sqlite3.connect(db.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    db.connection.execute("PRAGMA busy_timeout=1")
    with pytest.raises(DatabaseLocked), db.writing():
        add_run(db.connection)
    other.close()
    with db.writing():
        add_run(db.connection)


def test_transaction_that_only_reads_at_first_keeps_other_programs_out(db: Opened) -> None:
    other = sqlite3.connect(db.path, isolation_level=None, timeout=0)
    with db.writing():
        assert db.rows("SELECT count(*) FROM runs") == [(0,)]
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            add_run(other)
        add_run(db.connection)
    other.close()


def test_many_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    opener = (
        "import sys; from pathlib import Path; from newscrawl.store.database import open_database, write_transaction\n"
    )
    opener += "import sqlite_utils; print('ready', flush=True); sys.stdin.readline(); p = Path(sys.argv[1])\n"
    opener += "c = open_database(p)\nwith write_transaction(c, p):\n"
    opener += "    c.execute(\"INSERT INTO runs (command, pid, started_at) VALUES ('run', 1, 'x')\")"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", opener, str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        )
        for _ in range(4)
    ]  # fmt: skip
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write(b"go\n")
        child.stdin.flush()
    errors = [child.communicate()[1] for child in children]
    assert errors == [b""] * 4
    connection = open_database(path)
    assert connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 4
    assert connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == SCHEMA_VERSION
    connection.close()


def test_migration_that_fails_half_way_leaves_nothing_and_is_done_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "newscrawl.db"
    from newscrawl.store.migrations import m0001_first_tables as first

    whole = first.STATEMENTS
    monkeypatch.setattr(first, "STATEMENTS", (*whole[:5], "CREATE TABLE sites (again)"))
    with pytest.raises(sqlite3.OperationalError):
        open_database(path)
    bare = sqlite3.connect(path)
    assert bare.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sites'").fetchone()[0] == 0
    bare.close()
    monkeypatch.setattr(first, "STATEMENTS", whole)
    connection = open_database(path)
    assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    connection.close()


def test_lock_lies_beside_the_database(db: Opened) -> None:
    assert Path(write_lock(db.path).lock_file) == db.path.with_name("newscrawl.db.write-lock")
