"""What all commands have in common: help with examples, the data folder, the version, a reader that goes away."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from newscrawl import __version__
from newscrawl.cli import COMMANDS, group, main
from newscrawl.store.database import open_database
from tests.cli.conftest import Child, Invoke, child_environment


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_commands_help_has_an_example(invoke: Invoke, name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"^ +(?:curl .*\| )?newscrawl {name}\b", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_a_data_folder(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    for one in command.commands.values() if isinstance(command, click.Group) else (command,):
        assert "--data" in {name for option in one.params for name in option.opts}


def test_the_groups_help_names_every_command_in_a_whole_line(invoke: Invoke) -> None:
    lines = invoke("--help").stdout.splitlines()
    assert not [line for line in lines if line.startswith("  ") and line.endswith("...")]
    for name in COMMANDS:
        assert [line for line in lines if re.match(rf"  {name} +\w", line)]


def test_version(invoke: Invoke) -> None:
    assert invoke("--version").stdout == f"newscrawl {__version__}\n"


def test_an_unknown_command_is_a_usage_error(invoke: Invoke) -> None:
    result = invoke("crawl")
    assert result.exit_code == 2
    assert "No such command 'crawl'" in result.stderr


def test_help_starts_without_scrapy_and_without_extraction(tmp_path: Path) -> None:
    code = (
        "import sys; from newscrawl.cli import group; group.main(['--help'], standalone_mode=False);"
        "heavy = {'scrapy', 'twisted', 'trafilatura', 'sqlite_utils', 'newscrawl.extraction.read'};"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.DEVNULL, check=False).returncode
        == 0
    )


def test_a_command_that_reads_the_database_starts_without_scrapy(tmp_path: Path) -> None:
    open_database(tmp_path / "newscrawl.db").close()
    code = (
        f"import sys; from newscrawl.cli import group; group.main(['status', '--data', {str(tmp_path)!r}],"
        " standalone_mode=False); sys.exit(bool({'scrapy', 'twisted', 'trafilatura'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0


def test_an_error_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    open_database(tmp_path / "newscrawl.db").close()
    monkeypatch.setattr("newscrawl.store.runs.status_rows", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["status", "--data", str(tmp_path)])


def test_ctrl_c_ends_a_command_with_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(connection: object) -> None:
        raise KeyboardInterrupt

    open_database(tmp_path / "newscrawl.db").close()
    monkeypatch.setattr("newscrawl.store.runs.status_rows", interrupted)
    with pytest.raises(SystemExit) as end:
        main(["status", "--data", str(tmp_path)])
    assert end.value.code == 130
    assert capsys.readouterr() == ("", "")


def test_an_error_of_the_machine_is_one_line_that_names_the_file(child: Child, tmp_path: Path) -> None:
    result = child("run", "tengrinews_kz", "--data", "/dev/null/news", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].startswith("newscrawl: /dev/null/news")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["status", "--data", "."], ["status", "--json", "--data", "."], ["extract", "page.html"]],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_traceback(page_file: Path, arguments: list[str]) -> None:
    """`newscrawl status | head -1`"""
    open_database(page_file.parent / "newscrawl.db").close()
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", *arguments],
            cwd=page_file.parent, env=child_environment(), stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert ended.returncode in {0, 1}
    assert ended.stderr == ""
