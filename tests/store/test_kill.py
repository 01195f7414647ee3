"""kill -9 at any moment: no acknowledged row is lost, and database and index are whole."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from newscrawl.store.database import open_database
from newscrawl.store.frontier import requeue_abandoned
from tests.store.conftest import Opened
from tests.store.samples import SITE

ROOT = Path(__file__).parents[2]
ROUNDS = 6


def killed_writer(path: Path, first: int, lines: int, spin: int) -> list[int]:
    """Numbers that a writer had acknowledged when it was killed, `spin` steps after its n-th line."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer_child", str(path), str(first)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout
    told = [child.stdout.readline() for _ in range(lines)]
    sum(range(spin))  # somewhere inside a transaction, without a clock
    child.send_signal(signal.SIGKILL)
    rest, errors = child.communicate()
    assert errors == b""
    # The pipe still holds what was printed before the kill; a torn last line was not acknowledged.
    return [int(line.split()[0]) for line in (*told, *rest.splitlines(keepends=True)) if line.endswith(b"True\n")]


def test_kill_9_loses_no_acknowledged_row_and_leaves_everything_whole(tmp_path: Path) -> None:
    chance, path, first = random.Random(1), tmp_path / "newscrawl.db", 0
    acknowledged: list[int] = []
    for _ in range(ROUNDS):
        told = killed_writer(path, first, chance.randrange(1, 40), chance.randrange(400_000))
        assert told
        acknowledged += told
        first = max(acknowledged) + 10
        opened = Opened(path, open_database(path))
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]
        assert opened.rows("PRAGMA foreign_key_check") == []
        with opened.writing():
            opened.connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
            requeue_abandoned(opened.connection, SITE)
        stored = {int(str(url).rpartition("/")[2]) for (url,) in opened.rows("SELECT url FROM articles")}
        assert set(acknowledged) <= stored
        assert len(stored) <= len(acknowledged) + ROUNDS
        # Whole pages only: every article has its first version, its address and its fate.
        assert opened.rows(
            "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM article_versions)"
        ) == [(0,)]
        assert opened.rows(
            "SELECT count(*) FROM articles AS a JOIN urls AS u ON u.article_id = a.id WHERE u.fate NOT IN"
            " ('stored', 'updated', 'gone', 'not_modified')"
        ) == [(0,)]
        assert opened.rows("SELECT count(DISTINCT changed_seq) = count(*) FROM article_versions") == [(1,)]
        assert opened.rows("SELECT count(*) FROM urls WHERE fate = 'fetching'") == [(0,)]
        opened.connection.close()
