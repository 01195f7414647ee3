"""The documentation says what the code says, and its links lead somewhere."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl import settings
from newscrawl.cli import COMMANDS
from newscrawl.crawl.health import Verdict
from newscrawl.page import Fate
from newscrawl.store.database import open_database
from newscrawl.store.schema import todays_schema

GENERATED = ("settings.md", "schema.md", "commands.md", "fates.md", "sites.md")
# A link's target holds no space and no bracket: one run through the page, no way back.
LINK = re.compile(r"\]\(([^()\s]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages(repository: Path) -> list[Path]:
    return [repository / "README.md", repository / "CHANGELOG.md", *sorted((repository / "docs").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of that language."""
    return [text for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def from_code(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(repository / "docs"))
    return __import__("from_code")


def test_the_generated_pages_are_up_to_date(repository: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "--diff", "--verbosity=1", "-I", "docs"]
        + [f"docs/{name}" for name in GENERATED],
        cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, f"run `make docs`\n{checked.stdout}{checked.stderr}"


def test_every_setting_has_a_reason(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = {name: why for name, _, why in from_code(repository, monkeypatch).stated_settings(settings)}
    assert {name for name in dir(settings) if name.isupper()} == set(stated)
    assert [name for name, why in stated.items() if len(why) < 10] == []


def test_every_setting_of_ours_that_the_code_reads_is_stated(repository: Path) -> None:
    code = [path for folder in ("newscrawl", "pipelines", "spiders") for path in (repository / folder).rglob("*.py")]
    read = {name for path in code for name in re.findall(r"NEWSCRAWL_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    passed_on_by_the_commands = {"NEWSCRAWL_PROJECT", "NEWSCRAWL_RUN_ID"}
    assert read - passed_on_by_the_commands == {name for name in dir(settings) if name.startswith("NEWSCRAWL_")}


def test_every_table_view_and_column_has_a_meaning(tmp_path: Path) -> None:
    described = todays_schema()
    assert [t.name for t in described if not t.meaning] == []
    assert [f"{t.name}.{c.name}" for t in described for c in t.columns if not c.meaning] == []
    with closing(open_database(tmp_path / "newscrawl.db")) as connection:
        known = {t.name: [row["name"] for row in connection.execute(f"PRAGMA table_info({t.name})")] for t in described}
        made = {r["name"] for r in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert {t.name: [c.name for c in t.columns] for t in described} == known, "a column is a line of its own"
    assert {name for name in made if "sqlite" not in name and "_fts" not in name} == set(known)


def test_every_fate_and_verdict_has_a_meaning_and_a_group(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grouped = [fate for _, fates in from_code(repository, monkeypatch).fate_groups() for fate in fates]
    assert grouped == list(Fate)
    assert [word for word in (*Fate, *Verdict) if not word.meaning.endswith(".")] == []


def test_every_command_has_its_page(repository: Path) -> None:
    assert {f"newscrawl-{name}" for name in COMMANDS} <= anchors(repository / "docs" / "commands.md")


def test_links_lead_somewhere(repository: Path) -> None:
    dead = []
    for page in pages(repository):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                dead.append(f"{page.name}: {link}")
    assert dead == []


def test_the_readme_leads_to_every_page(repository: Path) -> None:
    linked = set(LINK.findall((repository / "README.md").read_text(encoding="utf-8")))
    assert [page.name for page in pages(repository)[2:] if f"docs/{page.name}" not in linked] == []


def test_the_readmes_first_two_commands_do_all_set_up(repository: Path) -> None:
    assert [block.strip() for block in blocks(repository / "README.md", "")[:2]] == ["make demo", "make test"]


def test_commands_and_sites_that_the_pages_name_exist(repository: Path) -> None:
    sites = {path.stem for path in (repository / "spiders").glob("*_*.py")} | {"web"}
    targets = set(re.findall(r"^([a-z]+):", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in pages(repository):
        text = "\n".join([*blocks(page, ""), *re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))])
        assert set(re.findall(r"^(?:\S*/)?newscrawl ([a-z]+(?:-[a-z]+)*)\b", text, re.MULTILINE)) <= set(COMMANDS), page
        assert set(re.findall(r"^scrapy crawl ([a-z_]+)\b", text, re.MULTILINE)) <= sites, page
        assert set(re.findall(r"^make ([a-z]+)\b", text, re.MULTILINE)) <= targets, page


def test_the_queries_of_the_pages_run(repository: Path, tmp_path: Path) -> None:
    queries = blocks(repository / "docs" / "schema.md", "sql")
    queries += re.findall(r'sqlite\S* \S+ "(SELECT [^"]+)"', (repository / "README.md").read_text(encoding="utf-8"))
    assert len(queries) >= 7
    with closing(open_database(tmp_path / "newscrawl.db")) as connection:
        connection.row_factory = sqlite3.Row
        for query in queries:
            assert connection.execute(query).fetchall() == []


def test_the_readmes_python_runs_as_it_says(repository: Path) -> None:
    (example,) = blocks(repository / "README.md", "python")
    names: dict[str, Any] = {
        "html": "<html><body><article><h1>Мост открыли</h1><p>"
        + "Движение по мосту началось утром. " * 9
        + "</p></article>",
        "fetched_at": datetime(2024, 5, 2, 12, tzinfo=UTC),
    }
    exec(compile(example, "README.md", "exec"), names)
    assert names["article"].title == "Мост открыли"
    for line in example.splitlines():
        said = re.fullmatch(r"(.+\S)\s+# (\".+\"|datetime\.datetime\(.+\))", line)
        if said:
            assert eval(said[1], names) == eval(said[2], {"datetime": sys.modules["datetime"]})
