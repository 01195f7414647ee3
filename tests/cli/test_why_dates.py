"""`newscrawl why` of a stored article: the archived page is read again, and every date tells what became of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate, Fate, Page
from newscrawl.store.archive import ArchiveWriter, index_capture
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates, set_fate
from tests.cli.conftest import Invoke
from tests.store.samples import NOON, SITE, URL, article, store

PAGE = """<html><head><meta property="article:published_time" content="2024-05-02T09:00:00+05:00"></head><body><article>
<h1>Движение по мосту открыли утром</h1><p>Рабочие сняли ограждения в шесть утра, и первые автобусы прошли по мосту в сторону рынка.</p>
<p>Ремонт длился с осени: строители заменили перила, выровняли полотно и провели освещение по обеим сторонам.</p></article></body></html>"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    listed = Candidate(
        url=URL,
        found_in="https://vesti.example/feed",
        kind="feed",
        evidence=(DateEvidence("feed", "Thu, 02 May 2024 10:30:00 +0500"),),
    )
    writer = ArchiveWriter(folder / "archive", "newscrawl/test", NOON)
    page = Page(
        url=URL,
        final_url=URL,
        status=200,
        body=PAGE.encode(),
        fetched_at=datetime(2024, 5, 2, 6, tzinfo=UTC),
        candidate=listed,
    )
    (ref,) = writer.append([page])
    writer.close()
    path = folder / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        add_candidates(connection, SITE, [listed], NOON)
        index_capture(connection, ref, SITE)
        store(connection, article())
        set_fate(connection, URL, Fate.STORED, NOON)
    connection.close()
    return folder


def test_why_tells_what_became_of_every_date(invoke: Invoke, data: Path) -> None:
    told = invoke("why", URL, "--data", data).stdout
    assert "'2024-05-02T09:00:00+05:00'" in told
    assert "taken" in told
    assert "'Thu, 02 May 2024 10:30:00 +0500'" in told
    assert "feed" in told


def test_why_says_when_the_archived_page_is_not_there(invoke: Invoke, data: Path) -> None:
    for file in (data / "archive").iterdir():
        file.unlink()
    result = invoke("why", URL, "--data", data)
    assert result.exit_code == 0
    assert "the archived page cannot be read again" in result.stdout
    assert "archive file is missing" in result.stdout
