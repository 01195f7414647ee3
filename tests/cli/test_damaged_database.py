"""A run on a database that is damaged: refused in one line before any request, and the file is left as it is."""

import pytest

from newscrawl.store.database import open_database
from tests.cli.conftest import Child, LoopbackSite, Project
from tests.cli.test_run import GOOD, serve_two_articles


@pytest.mark.parametrize("kept_bytes", [0, 100])
def test_a_run_refuses_a_damaged_database_and_asks_no_site(
    child: Child, project: Project, loopback: LoopbackSite, kept_bytes: int
) -> None:
    serve_two_articles(loopback)
    folder = project(good_kz=GOOD.format(origin=loopback.origin))
    path = folder / "data" / "newscrawl.db"
    path.parent.mkdir()
    open_database(path).close()
    damaged = path.read_bytes()[:kept_bytes] + b"\xa5" * 50_000
    path.write_bytes(damaged)
    ended = child("run", cwd=folder)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"newscrawl: {path}: ")
    assert ended.stderr.count("\n") == 1
    assert loopback.asked == []
    assert path.read_bytes() == damaged
