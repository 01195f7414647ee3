"""Rows -> a table for a terminal, control characters taken out: a title may hold anything."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

# C0, C1 and the bidirectional controls: they move the cursor, colour the terminal or turn a line around.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(value: Any) -> str:
    """A value as it may be shown in a terminal; None is empty."""
    return "" if value is None else _CONTROLS.sub(" ", str(value))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a table: to the terminal's width, in full where the output is no terminal."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    console.print(table)
