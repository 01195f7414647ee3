"""Opening, locking, and one plain line for each fault of the file."""

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlite_utils import Database

from newscrawl.store import database
from newscrawl.store.database import checkpoint, open_database, open_readonly, write_lock, write_transaction
from newscrawl.store.errors import (
    DatabaseCorrupt,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseReadOnly,
    DiskFull,
    NewerSchema,
    StoreError,
    store_errors,
)
from newscrawl.store.migrations import SCHEMA_VERSION, apply_migrations
from tests.store.conftest import Opened
from tests.store.samples import article, store

ROOT = Path(__file__).parents[2]


def add_run(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO runs (command, pid, started_at) VALUES ('run', 1, '2024-05-02T12:00:00+00:00')")


def store_many(connection: sqlite3.Connection, count: int) -> None:
    for number in range(count):
        store(connection, article(url=f"https://vesti.example/{number}", text="слово " * 2000))


def is_one_line_about(error: BaseException, path: Path) -> bool:
    text = str(error)
    return str(path) in text and "\n" not in text and len(text) > len(str(path)) + 20


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


@pytest.mark.parametrize(
    "change",
    [
        f"PRAGMA user_version={SCHEMA_VERSION + 6}",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm9999_tomorrow', 'x')",
    ],
)
@pytest.mark.parametrize("opener", [open_database, open_readonly])
def test_file_of_a_newer_version_is_refused_by_name(db: Opened, change: str, opener: type[sqlite3.Connection]) -> None:
    db.connection.execute(change)
    with pytest.raises(NewerSchema) as refused:
        opener(db.path)
    assert is_one_line_about(refused.value, db.path)
    assert "m9999_tomorrow" in str(refused.value) or f"version {SCHEMA_VERSION + 6}" in str(refused.value)


def test_reader_of_an_older_file_is_told_what_brings_it_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    older = sqlite3.connect(path, isolation_level=None)
    apply_migrations(older, stop_before="m0001_first_tables")
    with pytest.raises(StoreError, match="older newscrawl"):
        open_readonly(path)
    older.close()


def test_missing_file_is_not_made_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    with pytest.raises(DatabaseMissing) as missing:
        open_readonly(path)
    assert is_one_line_about(missing.value, path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_file_that_is_no_database_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "newscrawl.db"
    path.write_bytes(content)
    for opener in (open_database, open_readonly):
        with pytest.raises(DatabaseCorrupt) as corrupt:
            opener(path)
        assert is_one_line_about(corrupt.value, path)
    assert path.read_bytes() == content


def test_damaged_pages_are_named_when_they_are_met(db: Opened) -> None:
    with db.writing():
        store_many(db.connection, 50)
    checkpoint(db.connection)
    db.connection.close()
    with db.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (db.path.stat().st_size - 4096))
    connection = sqlite3.connect(db.path)
    with pytest.raises(DatabaseCorrupt), store_errors(db.path):
        connection.execute("SELECT * FROM articles")
    connection.close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE articles (something)")
    other.close()
    with pytest.raises(StoreError, match="another program's"):
        open_database(path)


def test_full_disk_is_said_and_what_was_stored_before_is_whole(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
    pages = db.rows("PRAGMA page_count")[0][0]
    db.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DiskFull) as full, db.writing():
        store_many(db.connection, 100)
    assert is_one_line_about(full.value, db.path)
    assert not db.connection.in_transaction
    assert db.rows("SELECT count(*) FROM articles") == [(1,)]
    assert db.rows("PRAGMA integrity_check") == [("ok",)]
    db.connection.execute("PRAGMA max_page_count=1000000")  # space again
    with db.writing():
        store(db.connection, article(url="https://vesti.example/later"))
    assert db.rows("SELECT count(*) FROM articles") == [(2,)]


def test_read_only_folder_can_be_read_and_writing_is_refused_in_one_line() -> None:
    reader = (
        "import os, sys; from pathlib import Path; from newscrawl.store.database import open_database, open_readonly\n"
    )
    reader += "from newscrawl.store.errors import DatabaseReadOnly; import sqlite_utils; path = Path(sys.argv[1])\n"
    reader += "os.getuid() == 0 and (os.setgid(65534), os.setuid(65534))\n"  # nobody: root may write everywhere
    reader += "print(open_readonly(path).execute('SELECT count(*) FROM articles').fetchone()[0])\n"
    reader += "try: open_database(path)\nexcept DatabaseReadOnly as refused: print(refused)"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newscrawl.db"
        open_database(path).close()
        files = sorted(path.parent.iterdir())
        path.parent.chmod(0o555)
        answer = subprocess.run(
            [sys.executable, "-c", reader, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        path.parent.chmod(0o755)
        assert sorted(path.parent.iterdir()) == files
    count, refused = answer.stdout.splitlines()
    assert count == "0"
    assert refused.startswith(f"{path}: cannot be written")


@pytest.mark.parametrize("folder", ["/proc/nowhere", "/dev/null/nowhere"])
def test_folder_that_cannot_be_made_is_named(folder: str) -> None:
    path = Path(folder) / "newscrawl.db"
    with pytest.raises(StoreError) as refused:
        open_database(path)
    assert is_one_line_about(refused.value, path)


def test_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    path.mkdir()
    with pytest.raises(StoreError) as refused:
        open_database(path)
    assert is_one_line_about(refused.value, path)


def test_mistakes_in_our_own_sql_are_not_dressed_up(db: Opened) -> None:
    with pytest.raises(sqlite3.OperationalError), db.writing():
        db.connection.execute("SELECT nonsense FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), db.writing():
        db.connection.execute("INSERT INTO site_runs (run_id, site, started_at) VALUES (99, 'none', 'x')")


def test_lock_lies_beside_the_database(db: Opened) -> None:
    assert Path(write_lock(db.path).lock_file) == db.path.with_name("newscrawl.db.write-lock")
