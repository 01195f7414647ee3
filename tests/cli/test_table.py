"""Tables for a terminal of any width."""

import re

import pytest

from newscrawl.cli.table import print_table

COLUMNS = ("site", "verdict", "visited", "stored", "updated", "articles", "queue", "problem")
ROW = ("rus_azattyq_org", "blocked", "2024-05-02 12:01", 1, 20, 12_345, 0, "12 of 20 pages: empty 12")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


@pytest.mark.parametrize("width", [80, 100, 200])
def test_names_and_numbers_stay_whole_in_a_narrow_terminal(
    terminal: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    terminal.setenv("COLUMNS", str(width))
    print_table(COLUMNS, [ROW, ROW])
    lines = re.sub(r"\x1b\[\d+m", "", capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    assert {*COLUMNS, "rus_azattyq_org", "2024-05-02", "12:01", "12345"} <= set(words)


def test_a_file_gets_a_row_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    print_table(COLUMNS, [ROW], "Sites")
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "Sites"
    assert lines[-1].split() == " ".join(map(str, ROW)).split()
