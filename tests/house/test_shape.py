"""The house keeps its shape: sizes, first lines, names, nothing from outside."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE_FOLDERS = ("newscrawl", "spiders", "pipelines", "benchmarks")
LONGEST_FILE_LINES = 350
LONGEST_FUNCTION_LINES = 60
AVOIDED_NAMES = {
    "manager",
    "handler",
    "processor",
    "helpers",
    "utils",
    "common",
    "misc",
    "data",
    "obj",
    "lang",
    "pub_date",
}


def code_files(repository: Path) -> Iterator[Path]:
    for folder in CODE_FOLDERS:
        yield from sorted((repository / folder).rglob("*.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def test_no_file_is_too_long_to_read(repository: Path) -> None:
    lengths = {
        str(f.relative_to(repository)): len(f.read_text(encoding="utf-8").splitlines()) for f in code_files(repository)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE_LINES} == {}


def test_no_function_is_too_long_to_read(repository: Path) -> None:
    found = [
        f"{file.relative_to(repository)}:{f.lineno} {f.name}"
        for file in code_files(repository)
        for f in functions(ast.parse(file.read_text(encoding="utf-8")))
        if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION_LINES
    ]
    assert found == []


def test_every_module_says_what_it_turns_into_what(repository: Path) -> None:
    silent = [
        str(f.relative_to(repository))
        for f in code_files(repository)
        if not ast.get_docstring(ast.parse(f.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_module_or_argument_has_a_name_that_says_nothing(repository: Path) -> None:
    found = [str(f.relative_to(repository)) for f in code_files(repository) if f.stem in AVOIDED_NAMES]
    for file in code_files(repository):
        for function in functions(ast.parse(file.read_text(encoding="utf-8"))):
            arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            found += [
                f"{file.relative_to(repository)}: {function.name}({a.arg})"
                for a in arguments
                if a.arg in AVOIDED_NAMES - {"data"}
            ]
    assert found == []


def tracked_text_files(repository: Path) -> Iterator[tuple[str, str]]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listing.stdout.split("\0")):
        path = repository / name
        try:
            yield name, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue


def test_no_file_names_a_package_index_or_a_path_of_one_machine(repository: Path) -> None:
    forbidden = re.compile(
        "pypi" + r"\.org|files\.python" + r"hosted|(?<![\w.])/" + r"(?:home|root)/\w|registry\." + "npmjs"
    )
    assert [name for name, text in tracked_text_files(repository) if forbidden.search(text)] == []


def test_nothing_is_left_unfinished(repository: Path) -> None:
    forbidden = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + "Error")
    code = ((n, t) for n, t in tracked_text_files(repository) if n.endswith((".py", ".md", ".toml", ".sh")))
    assert [name for name, text in code if forbidden.search(text)] == []
