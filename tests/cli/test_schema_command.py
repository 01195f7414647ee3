"""`newscrawl schema` explains every column without a database."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from newscrawl.store.database import open_database
from tests.cli.conftest import Invoke


def test_a_column_is_a_line(invoke: Invoke) -> None:
    lines = invoke("schema", "articles", env={"NEWSCRAWL_DATA": "/nowhere"}).stdout.splitlines()
    assert lines[0] == "articles (table): one row an article: its latest content"
    assert "  title                TEXT     without the outlet's name  schema.org: headline" in lines
    assert "  capture_id           INTEGER  the archived page this row was read from  -> captures.id" in lines
    assert any(line.startswith("  missing_since        TEXT     the first of the looks in a row") for line in lines)
    assert any("[instant, UTC]" in line for line in lines)


def test_programs_get_what_a_file_of_this_version_holds(invoke: Invoke, tmp_path: Path) -> None:
    record = json.loads(invoke("schema", "--json").stdout)
    open_database(tmp_path / "newscrawl.db").close()
    with closing(sqlite3.connect(tmp_path / "newscrawl.db")) as connection:
        assert record["version"] == connection.execute("PRAGMA user_version").fetchone()[0]
        for table in record["tables"]:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table['name']})")]
            assert [column["name"] for column in table["columns"]] == columns
    assert {table["kind"] for table in record["tables"]} == {"table", "view"}


def test_units_follow_from_names(invoke: Invoke) -> None:
    tables = {table["name"]: table["columns"] for table in json.loads(invoke("schema", "--json").stdout)["tables"]}
    units = {f"{name}.{column['name']}": column["unit"] for name, columns in tables.items() for column in columns}
    wanted = {
        "sites.every_s": "seconds", "captures.offset": "bytes", "articles.authors": "JSON array", "articles.published": "instant, UTC",
        "articles.published_day": "day", "urls.evidence": "JSON object", "site_runs.complete": "0 or 1", "edits.letters": "characters",
        "coverage.day": "day", "articles.language": "ISO 639-1", "articles.id": "",
    }  # fmt: skip
    assert {name: units[name] for name in wanted} == wanted


def test_an_unknown_table_is_a_usage_error(invoke: Invoke) -> None:
    result = invoke("schema", "article")
    assert (result.exit_code, "there is no table 'article'; there are sites," in result.stderr) == (2, True)


def test_a_database_tells_its_own_tables(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TABLE notes (  -- one row a note of ours\n  id INTEGER PRIMARY KEY  -- its number\n)"
        )
    assert "notes (table): one row a note of ours" in invoke("schema", "notes", "--data", tmp_path).stdout
    missing = invoke("schema", "--data", tmp_path / "nowhere")
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
