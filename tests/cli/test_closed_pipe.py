"""A reader that goes away (`| head`) is no fault of the database."""

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.store.database import open_database, write_transaction
from tests.cli.conftest import child_environment
from tests.store.samples import article, store


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_that_nobody_reads_to_its_end_says_nothing(tmp_path: Path, repository: Path, form: str) -> None:
    path = tmp_path / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        for number in range(50):
            text = f"{number} " * 5000
            store(connection, article(url=f"https://vesti.example/{number}", text=text, markdown=text))
    connection.close()
    command = [sys.executable, "-m", "newscrawl", "export", "--data", str(tmp_path), "--format", form]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=repository, env=child_environment()
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(50)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(timeout=60)
