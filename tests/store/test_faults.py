"""One plain line for each fault of the file, and nothing half-written."""

import errno
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from newscrawl.store.database import checkpoint, open_database, open_readonly
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
from tests.store.samples import article, is_one_line_about, store

ROOT = Path(__file__).parents[2]


def store_many(connection: sqlite3.Connection, count: int) -> None:
    for number in range(count):
        store(connection, article(url=f"https://vesti.example/{number}", text="слово " * 2000))


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


def test_checkpoint_that_cannot_be_made_is_one_line_too(db: Opened) -> None:
    with db.writing():
        store(db.connection, article())
    reader = open_readonly(db.path)
    with pytest.raises(StoreError) as refused:
        checkpoint(reader)
    assert is_one_line_about(refused.value, db.path)
    reader.close()


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


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, DatabaseLocked),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseLocked),
        (sqlite3.SQLITE_CORRUPT_VTAB, DatabaseCorrupt),
        (sqlite3.SQLITE_NOTADB, DatabaseCorrupt),
        (sqlite3.SQLITE_READONLY_DBMOVED, DatabaseReadOnly),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR_WRITE, StoreError),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, StoreError),
    ],
)
def test_each_code_of_sqlite_has_its_line(tmp_path: Path, code: int, kind: type[StoreError]) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    path = tmp_path / "newscrawl.db"
    with pytest.raises(StoreError) as told, store_errors(path):
        raise error
    assert type(told.value) is kind
    assert is_one_line_about(told.value, path)


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, DiskFull), (errno.EROFS, DatabaseReadOnly), (errno.EIO, StoreError)]
)
def test_each_fault_of_the_disk_has_its_line(tmp_path: Path, code: int, kind: type[StoreError]) -> None:
    path = tmp_path / "newscrawl.db"
    with pytest.raises(StoreError) as told, store_errors(path):
        raise OSError(code, "what the system says", str(path))
    assert type(told.value) is kind
    assert is_one_line_about(told.value, path)
