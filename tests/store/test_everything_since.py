"""A reader that asks for "everything since N" while a crawl writes misses nothing and sees nothing twice."""

import subprocess
import sys
from pathlib import Path

from newscrawl.store.database import open_readonly
from tests.store.conftest import Opened

ROOT = Path(__file__).parents[2]
SINCE = "SELECT changed_seq FROM article_versions WHERE changed_seq > ? ORDER BY changed_seq LIMIT 7"


def test_reader_that_follows_changed_seq_sees_every_change_once(db: Opened) -> None:
    command = [sys.executable, "-m", "tests.store.writer_child", str(db.path), "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        reader = open_readonly(db.path)
        seen: list[int] = []
        for _ in range(60):
            seen += [row[0] for row in reader.execute(SINCE, (seen[-1] if seen else 0,))]
            writer.stdout.readline()
        writer.kill()
    while rows := reader.execute(SINCE, (seen[-1],)).fetchall():
        seen += [row[0] for row in rows]
    reader.close()
    assert seen == [row[0] for row in db.rows("SELECT changed_seq FROM article_versions ORDER BY changed_seq")]
    assert len(seen) > 100
    newest = (
        "SELECT count(*) FROM articles AS a WHERE changed_seq <> (SELECT max(changed_seq) FROM article_versions AS v"
    )
    assert db.rows(f"{newest} WHERE v.article_id = a.id)") == [(0,)]
