"""A backup is one whole file, made while others write."""

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from newscrawl.store.backup import back_up
from newscrawl.store.database import open_database, open_readonly, write_transaction
from newscrawl.store.errors import StoreError
from newscrawl.store.migrations import apply_migrations
from tests.store.conftest import Opened
from tests.store.samples import article, store


def test_backup_holds_what_was_committed_and_needs_no_file_beside_it(db: Opened, tmp_path: Path) -> None:
    with db.writing():
        store(db.connection, article())
    target = tmp_path / "copies" / "monday.db"
    target.parent.mkdir()
    size = back_up(db.path, target)
    assert size == target.stat().st_size
    assert [p.name for p in target.parent.iterdir()] == ["monday.db"]
    target.chmod(stat.S_IRUSR)
    copy = open_readonly(target)
    assert copy.execute("SELECT count(*) FROM articles").fetchone()[0] == 1
    assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    copy.close()


def test_backup_is_one_moment_of_a_database_that_is_written_to(db: Opened, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        connection = open_database(db.path)
        while not stop.is_set():
            with write_transaction(connection, db.path):
                for half in ("a", "b"):  # whoever sees one of the two sees half a transaction
                    url = f"https://vesti.example/{number}{half}"
                    store(connection, article(url=url, text=url))
            number += 1
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(db.path, tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = sqlite3.connect(tmp_path / f"{number}.db")
        assert copy.execute("SELECT count(*) FROM articles").fetchone()[0] % 2 == 0
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        copy.close()


def test_backup_can_be_used_in_the_databases_place(db: Opened, tmp_path: Path) -> None:
    with db.writing():
        store(db.connection, article())
    restored = tmp_path / "restored" / "newscrawl.db"
    restored.parent.mkdir()
    back_up(db.path, restored)
    connection = open_database(restored)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with write_transaction(connection, restored):
        store(connection, article(url="https://vesti.example/2", text="Другой текст."))
    connection.close()


def test_file_of_an_older_version_is_copied_as_it_is(tmp_path: Path) -> None:
    older = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    apply_migrations(older, stop_before="m0002_forgotten")
    older.close()
    back_up(tmp_path / "old.db", tmp_path / "copy.db")
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("PRAGMA user_version").fetchone()[0] == 1
    copy.close()


def test_existing_file_is_replaced_only_when_told_to(db: Opened, tmp_path: Path) -> None:
    target = tmp_path / "kept.db"
    target.write_text("something dear")
    with pytest.raises(StoreError, match=r"kept\.db: exists already"):
        back_up(db.path, target)
    assert target.read_text() == "something dear"
    back_up(db.path, target, overwrite=True)
    assert target.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("suffix", ["", "-wal", ".write-lock"])
def test_the_database_is_never_replaced_by_its_copy(db: Opened, suffix: str) -> None:
    with pytest.raises(StoreError, match="is the database itself, or belongs to it"):
        back_up(db.path, db.path.with_name(db.path.name + suffix), overwrite=True)


def test_what_is_no_file_is_never_replaced(db: Opened, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="is no file"):
        back_up(db.path, tmp_path / "pipe", overwrite=True)


def test_what_cannot_be_written_is_named(db: Opened, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere/copy\.db"):
        back_up(db.path, tmp_path / "nowhere" / "copy.db")
    with pytest.raises(StoreError, match="is a folder"):
        back_up(db.path, tmp_path)
    with pytest.raises(StoreError, match="there is no database yet"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")


def test_damaged_database_gives_no_backup(db: Opened, tmp_path: Path) -> None:
    with db.writing():
        for number in range(300):
            store(db.connection, article(url=f"https://vesti.example/{number}", text=f"{number} " * 200))
    db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.path.open("r+b") as file:
        file.seek(db.path.stat().st_size // 2)
        file.write(os.urandom(40_000))
    with pytest.raises(StoreError, match="damaged"):
        back_up(db.path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))
