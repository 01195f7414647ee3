"""A reader that asks for "everything since N" while a crawl writes misses nothing and sees nothing twice."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

from newscrawl.store.database import open_readonly
from tests.store.conftest import Opened

ROOT = Path(__file__).parents[2]
CHANGES = "SELECT v.changed_seq, a.url FROM article_versions AS v JOIN articles AS a ON a.id = v.article_id"
CHANGES += " WHERE v.changed_seq > ? ORDER BY v.changed_seq LIMIT 7"
ARTICLES = "SELECT changed_seq, url FROM articles WHERE changed_seq > ? ORDER BY changed_seq LIMIT 7"


@dataclass
class Follower:
    """A reader with its question and the numbers that it has seen, in order."""

    question: str
    seen: list[tuple[int, str]] = field(default_factory=list)

    def ask(self, connection: Connection) -> int:
        """Ask once; how many rows came."""
        since = self.seen[-1][0] if self.seen else 0
        rows = [tuple(row) for row in connection.execute(self.question, (since,))]
        self.seen += rows
        return len(rows)


def follow_a_writer(path: Path, *followers: Follower) -> None:
    """Ask while another process stores, edits, withdraws and brings back, and to the end once it is killed."""
    command = [sys.executable, "-m", "tests.store.writer_child", str(path), "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        reader = open_readonly(path)
        for _ in range(60):
            for follower in followers:
                follower.ask(reader)
            writer.stdout.readline()
        writer.kill()
    for follower in followers:
        while follower.ask(reader):
            pass
    reader.close()


def test_reader_that_follows_changed_seq_sees_every_change_and_every_article_once(db: Opened) -> None:
    changes, articles = Follower(CHANGES), Follower(ARTICLES)
    follow_a_writer(db.path, changes, articles)
    assert [seq for seq, _ in changes.seen] == [
        row[0] for row in db.rows("SELECT changed_seq FROM article_versions ORDER BY changed_seq")
    ]
    assert len(changes.seen) > 100
    assert len({seq for seq, _ in articles.seen}) == len(articles.seen)
    assert dict(map(reversed, articles.seen)) == dict(db.rows("SELECT url, changed_seq FROM articles"))  # type: ignore[arg-type]
    newest = (
        "SELECT count(*) FROM articles AS a WHERE changed_seq <> (SELECT max(changed_seq) FROM article_versions AS v"
    )
    assert db.rows(f"{newest} WHERE v.article_id = a.id)") == [(0,)]


def test_withdrawals_and_returns_are_among_the_changes(db: Opened) -> None:
    follow_a_writer(db.path, Follower(CHANGES))
    changed = {row[0] for row in db.rows("SELECT DISTINCT changed FROM article_versions")}
    assert {"[]", '["text"]', '["status"]'} <= changed
