"""`newscrawl export`: exact JSON Lines, CSV that runs nothing."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from newscrawl.store.records import RECORD_FIELDS
from tests.cli.conftest import STEERS_A_TERMINAL, Invoke
from tests.cli.stored import HOSTILE, writing
from tests.store.samples import SITE, URL, after, article, store

SECOND = "https://vesti.example/second"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two articles, the first of which has changed since."""
    with writing(tmp_path) as connection:
        store(connection, article())
        store(connection, article(url=SECOND, language="kk", published_day=date(2024, 4, 1)))
        store(connection, article(text="Иначе."), after(hours=1))
    return tmp_path


def test_a_record_has_every_field_in_the_order_of_changes(invoke: Invoke, data: Path) -> None:
    records = [json.loads(line) for line in invoke("export", "--data", data).stdout.splitlines()]
    assert [(record["url"], record["changed_seq"]) for record in records] == [(SECOND, 2), (URL, 3)]
    assert all(tuple(record) == RECORD_FIELDS for record in records)
    written = article(text="Иначе.").to_record()
    assert {name: records[1][name] for name in written} == written


@pytest.mark.parametrize(
    ("options", "urls"),
    [
        (["--site", SITE], [SECOND, URL]),
        (["--language", "kk"], [SECOND]),
        (["--since", "2024-05-01"], [URL]),
        (["--until", "2024-05-01"], [SECOND]),
        (["--since-seq", "2"], [URL]),
        (["--since-seq", "3"], []),
    ],
)
def test_what_is_exported_can_be_chosen(invoke: Invoke, data: Path, options: list[str], urls: list[str]) -> None:
    lines = invoke("export", *options, "--data", data).stdout.splitlines()
    assert [json.loads(line)["url"] for line in lines] == urls


def test_it_is_written_to_a_file(invoke: Invoke, data: Path, tmp_path: Path) -> None:
    result = invoke("export", "--format", "csv", "-o", tmp_path / "all.csv", "--data", data)
    assert (result.exit_code, result.stdout) == (0, "")
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["url"] for row in rows] == [SECOND, URL]
    assert json.loads(rows[0]["authors"]) == list(article().authors)
    assert (rows[0]["free"], rows[0]["gone_at"]) == ("0", "")


def test_a_file_that_cannot_be_written_is_one_line(invoke: Invoke, data: Path, tmp_path: Path) -> None:
    result = invoke("export", "-o", tmp_path / "nowhere" / "all.csv", "--data", data)
    assert result.exit_code == 1
    assert (result.stderr.count("\n"), "nowhere" in result.stderr) == (1, True)


def test_csv_runs_no_formula_and_is_exact_otherwise(invoke: Invoke, tmp_path: Path) -> None:
    with writing(tmp_path) as connection:
        for name, title in HOSTILE.items():
            store(connection, article(url=f"https://vesti.example/{name}", title=title, text=f"{title}."))
    out = invoke("export", "--format", "csv", "--data", tmp_path).stdout
    assert not STEERS_A_TERMINAL.search(out)
    csv.field_size_limit(10**6)
    titles = {row["url"].rpartition("/")[2]: row["title"] for row in csv.DictReader(io.StringIO(out))}
    assert [titles[name][:2] for name in ("formula", "plus", "at", "tab")] == ["'=", "'+", "'@", "'\t"]
    for name in ("script", "long", "quotes", "marks", "emoji"):
        assert titles[name] == HOSTILE[name]
    assert all(len(titles[name].lstrip("'")) in {len(t), len(t) - 1} for name, t in HOSTILE.items())
