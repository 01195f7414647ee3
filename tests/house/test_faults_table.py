"""docs/faults.md claims nothing that nobody proves: each row names tests or scripts that are there, and fates that exist."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from newscrawl.page import Fate

# No cell holds a bar: one run through the line.
ROW = re.compile(r"^\| (\d+) \|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|([^|\n]*)\|$", re.MULTILINE)
WORDS = re.compile(r"`([^`\n]+)`")
EXIT_CODES = {"1", "4", "75", "130", "143"}


class Row(NamedTuple):
    """A row of the table, its cells as they stand there."""

    number: int
    fault: str
    what_happens: str
    fates: str
    proofs: str


@pytest.fixture(scope="module")
def rows(repository: Path) -> list[Row]:
    text = (repository / "docs" / "faults.md").read_text(encoding="utf-8")
    return [Row(int(number), *cells) for number, *cells in ROW.findall(text)]


@cache
def named_tests(path: Path) -> frozenset[str]:
    """The names of a file's test functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


def is_there(repository: Path, proof: str) -> bool:
    """Whether a named test or script exists."""
    file, _, name = proof.partition("::")
    path = repository / file
    if not path.is_file():
        return False
    return name in named_tests(path) if name else file.startswith("benchmarks/")


def test_the_rows_are_numbered_and_whole(rows: list[Row]) -> None:
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 40
    assert [row.number for row in rows if not row.fault.strip() or not row.what_happens.strip()] == []


def test_every_fault_has_a_proof_that_exists(repository: Path, rows: list[Row]) -> None:
    proofs = {row.number: WORDS.findall(row.proofs) for row in rows}
    assert [number for number, named in proofs.items() if not named] == []
    missing = {proof for named in proofs.values() for proof in named if not is_there(repository, proof)}
    assert missing == set()


def test_a_name_that_nobody_has_is_no_proof(repository: Path) -> None:
    assert is_there(repository, "tests/house/test_faults_table.py::test_the_rows_are_numbered_and_whole")
    assert not is_there(repository, "tests/house/test_faults_table.py::test_of_nothing")
    assert not is_there(repository, "tests/house/test_faults_table.py")
    assert not is_there(repository, "benchmarks/no_such_script.py")


def test_every_fate_and_exit_code_of_the_table_exists(rows: list[Row]) -> None:
    fates = {word for row in rows for word in WORDS.findall(row.fates)}
    assert fates <= {fate.value for fate in Fate}
    codes = {code for row in rows for code in re.findall(r"\b\d+\b", row.fates)}
    assert codes <= EXIT_CODES
