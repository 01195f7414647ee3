"""Rows -> a table for a terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.cli.show import plain

WIDTH_OF_A_FILE = 200
WIDEST_WORD = 10  # a day


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a table: to the terminal's width, wide where the output is a file or a pipe."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_OF_A_FILE)
    shown = [[plain(value) for value in row] for row in rows]
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD, show_edge=False)
    table.pad_edge, table.padding = False, (0, 1, 0, 0)
    for place, column in enumerate(columns):
        words = " ".join((column, *(row[place] for row in shown))).split()
        # In a narrow terminal cells are folded between words, longer ones within; the first column, a name, stays whole.
        width = min(max(map(len, words)), WIDEST_WORD)
        table.add_column(column, overflow="fold", min_width=width, no_wrap=not place)
    for row in shown:
        table.add_row(*map(Text, row))
    console.print(table)
