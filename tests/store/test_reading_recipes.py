"""The recipes for other tools run as they are written, where the tool is there."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.store.database import open_database, write_transaction
from tests.store.samples import article, store

PAGE = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(PAGE) if name == language]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database at `data/newscrawl.db` that a crawl has open."""
    path = tmp_path / "data" / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        store(connection, article(language="kk", title="Көпір ашылды"))
    connection.close()
    return tmp_path


def test_there_are_recipes() -> None:
    assert (len(recipes("sh")), len(recipes("python")), len(recipes("r"))) == (2, 3, 1)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell")
@pytest.mark.parametrize("recipe", recipes("sh"))
def test_the_sqlite3_shell_reads_it(folder: Path, recipe: str) -> None:
    ended = subprocess.run(["sh", "-c", recipe], cwd=folder, capture_output=True, text=True, check=False, timeout=30)
    assert (ended.returncode, ended.stderr) == (0, "")
    written = folder / "articles.csv"
    assert "Көпір ашылды" in (written.read_text(encoding="utf-8") if written.exists() else ended.stdout)


@pytest.mark.parametrize("recipe", recipes("python"))
def test_python_reads_it(folder: Path, recipe: str) -> None:
    if "import pandas" in recipe and importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    asked = f"{recipe}\nprint(locals().get('rows', ''))"
    ended = subprocess.run(
        [sys.executable, "-c", asked], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Көпір ашылды" in ended.stdout or "pandas" in recipe
