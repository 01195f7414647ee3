"""What SECURITY.md says of the house as a whole: pinned dependencies, nothing unpacked into code, and proofs that exist."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.test_faults_table import is_there
from tests.house.test_shape import code_files

# Reading these runs what they hold. (What goes between a crawl and its own reading processes is pickled by pebble, in pipes.)
RUNS_WHAT_IT_READS = {"pickle", "cPickle", "dill", "shelve", "marshal", "yaml", "joblib"}
LIBRARY_FOLDERS = ("newscrawl", "spiders", "pipelines")


def imports(file: Path) -> set[str]:
    """The top-level names of what a file imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_nothing_that_is_read_from_disk_can_run() -> None:
    repository = Path(__file__).resolve().parents[2]
    files = [f for f in code_files(repository) if f.relative_to(repository).parts[0] in LIBRARY_FOLDERS]
    assert len(files) > 100
    assert {str(f): found for f in files if (found := imports(f) & RUNS_WHAT_IT_READS)} == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_pinned_by_version_and_hash(repository: Path, lock: str) -> None:
    text = (repository / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    wanted = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(wanted) > 20
    assert [line[:60] for line in wanted if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_make_installs_only_what_has_the_pinned_hash(repository: Path) -> None:
    installs = re.findall(r"\$\(PIP\) install (.*)", (repository / "Makefile").read_text(encoding="utf-8"))
    assert [line for line in installs if "--require-hashes" not in line] == [
        "--no-deps --no-build-isolation --editable ."
    ]


def test_every_proof_that_the_page_names_exists(repository: Path) -> None:
    text = (repository / "SECURITY.md").read_text(encoding="utf-8")
    proofs = set(re.findall(r"`((?:tests|benchmarks)/[^`\s]+)`", text))
    assert len(proofs) > 30
    assert {proof for proof in proofs if not is_there(repository, proof)} == set()
