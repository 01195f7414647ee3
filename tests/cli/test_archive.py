"""`newscrawl archive`: what is wrong with it is found, and WARC files of other programs become history."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.store.archive import ArchiveWriter, index_capture
from newscrawl.store.database import open_database, write_transaction
from tests.cli.conftest import PAGE, Child, Invoke, Project
from tests.store.archive_samples import OPENED_AT, SOFTWARE, page

SITE_FILE = '''"""Vesti."""
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class Vesti(NewsSpider):
    name = "vesti_example"
    site = Site(name="vesti_example", home="https://vesti.example/", languages=("ru",), timezone="Asia/Almaty",
                sources=(Feed(url="https://vesti.example/feed"),))
'''
BRIDGE = "https://vesti.example/2024/most"
FIRST, EDITED, LAST = "2024-05-02T06:00:00Z", "2024-05-02T09:00:00.123456Z", "2024-05-03T06:00:00Z"
EDIT = PAGE.replace("первым по нему проехал автобус", "первой по нему проехала скорая помощь")


@pytest.fixture
def archived(tmp_path: Path) -> Path:
    """A data folder with an archive of three pages that the database knows."""
    folder = tmp_path / "news"
    path = folder / "newscrawl.db"
    archive = ArchiveWriter(folder / "archive", SOFTWARE, OPENED_AT)
    with closing(open_database(path)) as connection:
        for ref in archive.append([page(n, body=b"%d" % n * 2000) for n in (1, 2, 3)]):
            with write_transaction(connection, path):
                index_capture(connection, ref, None)
    archive.close()
    return folder


def test_a_whole_archive_is_sound(invoke: Invoke, archived: Path) -> None:
    result = invoke("archive", "verify", "--data", archived)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 files, 3 captures, 0 notes, ")
    assert result.stdout.endswith("bytes: all sound\n")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a flipped bit": (flip, "no whole record at byte"),
    "a torn tail": (cut, "no whole record at byte"),
    "a missing file": (Path.unlink, "is missing, with 3 captures"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_named(invoke: Invoke, archived: Path, damage: str) -> None:
    act, said = DAMAGE[damage]
    act(next((archived / "archive").iterdir()))
    result = invoke("archive", "verify", "--data", archived)
    assert result.exit_code == 1
    assert said in result.stderr


def test_captures_that_only_one_of_the_two_knows_are_named(invoke: Invoke, archived: Path) -> None:
    with closing(sqlite3.connect(archived / "newscrawl.db")) as connection:
        connection.execute("UPDATE captures SET offset = offset + 1 WHERE id = 2")
        connection.commit()
    result = invoke("archive", "verify", "--data", archived)
    assert "is in no row of the table" in result.stderr
    assert "the table knows a capture at byte" in result.stderr
    assert "2 faults" in result.stdout


def test_files_are_looked_at_without_a_database(invoke: Invoke, archived: Path) -> None:
    (archived / "newscrawl.db").unlink()
    result = invoke("archive", "verify", "--data", archived)
    assert result.exit_code == 0
    assert "there is no database; the files alone are looked at" in result.stderr


def test_no_archive_is_said(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("archive", "verify", "--data", tmp_path)
    assert result.exit_code == 1
    assert "there is no archive yet" in result.stderr


def warc(path: Path, *answers: tuple[str, str, str | bytes], headers: Any = (), status: str = "200 OK") -> Path:
    """A WARC file as another program writes it: (address, date, body)."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "another crawler"}))
        for url, date, body in answers:
            block = body.encode() if isinstance(body, str) else body
            http = StatusAndHeaders(
                status, [("Content-Type", "text/html; charset=utf-8"), *headers], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(block), http_headers=http, warc_headers_dict={"WARC-Date": date}
            )
            writer.write_record(record)
    return path


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        return [tuple(row) for row in connection.execute(sql)]


def test_pages_of_others_become_articles_with_their_history(child: Child, project: Project, tmp_path: Path) -> None:
    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    common = ("--project", folder, "--data", data)
    new = warc(tmp_path / "b.warc.gz", (BRIDGE, LAST, EDIT), ("https://stranger.example/1", LAST, PAGE))
    first = child("archive", "import", new, *common, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "1 pages taken in" in first.stdout
    assert "1 left out: pages of hosts that no site's file claims" in first.stdout
    [(title, published, seen, zone)] = rows(
        data,
        "SELECT a.title, a.published, a.first_seen_at, s.timezone FROM articles AS a JOIN sites AS s ON s.name = a.site",
    )
    assert (title, published) == ("Мост через реку открыли", "2024-05-02T04:05:00+00:00")
    assert (seen, zone) == ("2024-05-03T06:00:00+00:00", "Asia/Almaty")
    old = warc(tmp_path / "a.warc.gz", (BRIDGE, FIRST, PAGE), (BRIDGE, EDITED, EDIT))
    second = child("archive", "import", old, *common, cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "2 pages taken in, 2 of them older than what was known" in second.stdout
    versions = rows(data, "SELECT kind, changed, seen_at, text LIKE '%скорая%' FROM article_versions ORDER BY id")
    assert versions == [
        ("first", "[]", "2024-05-02T06:00:00+00:00", 0),
        ("edit", '["text"]', "2024-05-02T09:00:00+00:00", 1),
    ]
    assert rows(data, "SELECT first_seen_at, last_seen_at, text LIKE '%скорая%' FROM articles") == [
        ("2024-05-02T06:00:00+00:00", "2024-05-03T06:00:00+00:00", 1)
    ]
    again = child("archive", "import", old, new, *common, cwd=tmp_path)
    assert "0 pages taken in" in again.stdout
    assert "3 left out: pages that are in the archive already" in again.stdout
    assert child("archive", "verify", "--data", data, cwd=tmp_path).stdout.endswith("all sound\n")


def test_what_is_no_page_is_counted_and_a_broken_file_keeps_its_whole_part(
    child: Child, project: Project, tmp_path: Path
) -> None:
    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    torn = warc(tmp_path / "torn.warc.gz", (BRIDGE, FIRST, PAGE), (f"{BRIDGE}-2", FIRST, EDIT))
    torn.write_bytes(torn.read_bytes()[:-40])
    missing = warc(tmp_path / "404.warc.gz", (BRIDGE, LAST, "нет"), status="404 Not Found")
    text = tmp_path / "no.warc.gz"
    text.write_text("no WARC at all")
    ended = child("archive", "import", torn, missing, text, "--project", folder, "--data", data, cwd=tmp_path)
    assert ended.returncode == 1
    assert "1 left out: answers of status 404" in ended.stdout
    assert f"{torn}: no whole WARC file" in ended.stderr
    assert f"{text}: no whole WARC file" in ended.stderr
    assert rows(data, "SELECT url, status FROM articles") == [(BRIDGE, "live")]


def test_a_packed_answer_is_unpacked(child: Child, project: Project, tmp_path: Path) -> None:
    import gzip

    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    packed = warc(
        tmp_path / "z.warc.gz", (BRIDGE, FIRST, gzip.compress(PAGE.encode())), headers=[("Content-Encoding", "gzip")]
    )
    ended = child("archive", "import", packed, "--project", folder, "--data", data, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert rows(data, "SELECT title FROM articles") == [("Мост через реку открыли",)]


def test_brotli_is_unpacked_and_what_cannot_be_costs_only_itself(
    child: Child, project: Project, tmp_path: Path
) -> None:
    import brotli

    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    packed = warc(
        tmp_path / "br.warc.gz",
        (f"{BRIDGE}-broken", FIRST, b"no brotli at all"),
        (f"{BRIDGE}-later", "9999-12-31T23:59:59Z", b"x"),
        (f"{BRIDGE}-odd", "yesterday", b"x"),
        (BRIDGE, FIRST, brotli.compress(PAGE.encode())),
        headers=[("Content-Encoding", "br")],
    )
    ended = child("archive", "import", packed, "--project", folder, "--data", data, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "1 left out: pages that cannot be unpacked" in ended.stdout
    assert "2 left out: records with a date that cannot be" in ended.stdout
    assert rows(data, "SELECT title FROM articles") == [("Мост через реку открыли",)]


def test_what_a_killed_import_had_only_archived_is_taken_in_by_the_next(
    child: Child, project: Project, tmp_path: Path
) -> None:
    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    archive = ArchiveWriter(data / "archive", SOFTWARE, OPENED_AT)
    fetched_at = datetime.fromisoformat(FIRST)
    archive.append([page(1, url=BRIDGE, final_url=BRIDGE, body=PAGE.encode(), fetched_at=fetched_at)])
    archive.close(indexed=False)
    file = warc(tmp_path / "a.warc.gz", (BRIDGE, FIRST, PAGE))
    ended = child("archive", "import", file, "--project", folder, "--data", data, cwd=tmp_path)
    assert "1 pages taken in" in ended.stdout
    assert rows(data, "SELECT title FROM articles") == [("Мост через реку открыли",)]
    again = child("archive", "import", file, "--project", folder, "--data", data, cwd=tmp_path)
    assert "1 left out: pages that are in the archive already" in again.stdout


def test_versions_whose_pages_were_pruned_are_not_lost_to_an_older_page(
    child: Child, project: Project, tmp_path: Path
) -> None:
    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    common = ("--project", folder, "--data", data)
    new = warc(tmp_path / "b.warc.gz", (BRIDGE, EDITED, PAGE), (BRIDGE, LAST, EDIT))
    old = warc(tmp_path / "a.warc.gz", (BRIDGE, FIRST, PAGE.replace("утром", "ночью")))
    child("archive", "import", new, *common, cwd=tmp_path)
    before = rows(data, "SELECT text FROM articles"), rows(data, "SELECT text FROM article_versions ORDER BY id")
    assert child("prune", "--captures", "1d", *common, cwd=tmp_path).returncode == 0
    ended = child("archive", "import", old, *common, cwd=tmp_path)
    assert "1 left out: archived only" in ended.stdout
    assert (
        rows(data, "SELECT text FROM articles"),
        rows(data, "SELECT text FROM article_versions ORDER BY id"),
    ) == before


def test_every_spelling_of_an_address_is_forgotten_also_by_a_rebuild(
    child: Child, project: Project, tmp_path: Path
) -> None:
    folder, data = project(vesti_example=SITE_FILE), tmp_path / "data"
    common = ("--project", folder, "--data", data)
    spelt = warc(tmp_path / "s.warc.gz", (BRIDGE, FIRST, PAGE), (f"{BRIDGE}?utm_source=fb", EDITED, PAGE))
    child("archive", "import", spelt, *common, cwd=tmp_path)
    assert "2 captures" in child("forget", BRIDGE, "--yes", *common, cwd=tmp_path).stdout
    assert child("forget", "https://vesti.example/never", "--yes", *common, cwd=tmp_path).returncode == 0
    for file in data.glob("newscrawl.db*"):
        file.unlink()
    assert child("rebuild", *common, cwd=tmp_path).returncode == 0
    assert rows(data, "SELECT count(*) FROM articles") == [(0,)]
    assert rows(data, "SELECT count(*) FROM urls WHERE forgotten_at IS NOT NULL") == [(2,)]


def test_a_file_that_is_not_there_is_wrong_use(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("archive", "import", tmp_path / "none.warc.gz").exit_code == 2
