"""Whatever a title or text holds, every command shows it harmless, and the forms for programs give it back exactly."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.store.database import open_readonly
from tests.cli.conftest import STEERS_A_TERMINAL, Invoke
from tests.cli.stored import HOSTILE, NUL, SURROGATE, writing
from tests.store.samples import after, article, store

CLEANED = {"nul": NUL.replace("\x00", ""), "surrogate": SURROGATE.replace("\ud800", "\ufffd")}
TITLES = {**HOSTILE, "nul": NUL, "surrogate": SURROGATE}


def address(name: str) -> str:
    return f"https://vesti.example/{name}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile title, as title and in a text that was edited."""
    folder = tmp_path_factory.mktemp("hostile")
    with writing(folder) as connection:
        for name, title in TITLES.items():
            store(
                connection, article(url=address(name), title="Слон", text=f"Утром. {title}"), text_hash=f"t1:{name} 1"
            )
            edited = article(url=address(name), title=title, text=f"Вечером. {title}", authors=(title[:80],))
            store(connection, edited, after(hours=2), text_hash=f"t1:{name} 2")
    return folder


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("command", ["why", "diff"])
def test_what_is_shown_of_an_address_obeys_nobody(invoke: Invoke, data: Path, name: str, command: str) -> None:
    for colour in (False, True) if command == "why" else (False,):
        result = invoke(command, address(name), "--data", data, color=colour)
        assert result.exit_code == 0, result.stderr
        assert not STEERS_A_TERMINAL.search(result.stdout + result.stderr)
        assert "слон" in result.stdout.lower()
        result.stdout.encode("utf-8")


def test_what_is_found_obeys_nobody(invoke: Invoke, data: Path) -> None:
    result = invoke("search", "слон", "--limit", 100, "--data", data)
    assert result.exit_code == 0
    assert not STEERS_A_TERMINAL.search(result.stdout)
    assert len(result.stdout.splitlines()) == 4 * len(TITLES), "no title breaks a line"
    assert max(map(len, result.stdout.splitlines())) < 700


@pytest.mark.parametrize("command", [["search", "слон", "--limit", "100", "--json"], ["export"]])
def test_json_gives_titles_back_exactly(invoke: Invoke, data: Path, command: list[str]) -> None:
    out = invoke(*command, "--data", data).stdout
    assert not STEERS_A_TERMINAL.search(out)
    told = {(record := json.loads(line))["url"]: record["title"] for line in out.splitlines()}
    assert told == {address(name): CLEANED.get(name, title) for name, title in TITLES.items()}


@pytest.mark.parametrize("name", TITLES)
def test_a_diff_for_programs_gives_texts_back_exactly(invoke: Invoke, data: Path, name: str) -> None:
    out = invoke("diff", address(name), "--json", "--data", data).stdout
    assert not STEERS_A_TERMINAL.search(out)
    pieces = json.loads(out)["text"]
    title = CLEANED.get(name, TITLES[name])
    assert "".join(piece["text"] for piece in pieces if piece["kind"] != "removed") == f"Вечером. {title}"


def test_what_is_stored_is_valid_utf_8_and_exact_otherwise(data: Path) -> None:
    with closing(open_readonly(data / "newscrawl.db")) as connection:
        stored = {row["url"]: row["title"] for row in connection.execute("SELECT url, title FROM articles")}
    assert stored == {address(name): CLEANED.get(name, title) for name, title in TITLES.items()}
