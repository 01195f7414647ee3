"""Data folders with stored articles, for the commands that read them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection

from newscrawl.store.database import open_database, write_transaction

HOSTILE = {
    "script": "<script>alert('x')</script>[bold]rich[/bold] [link=x]слон[/link]",
    "ansi": "\x1b[31mкрасный слон\x1b[0m \x1b]0;title\x07 \x9b2J \x1b]8;;https://evil.example\x1b\\ссылка",
    "bidi": "\u202eслон\u202c \u2066x\u2069 \u200f \u061c",
    "lines": "слон\r\nи строка\u2028ещё\u2029одна\u0085и\x0bещё\x0cвот",
    "formula": '=HYPERLINK("https://evil.example";"слон")',
    "plus": "+слон",
    "at": "@SUM(слон)",
    "tab": "\t=1+слон",
    "long": "слон " * 40_000,
    "quotes": "слон \"в кавычках\", 'и' запятые; и | черта",
    "marks": "слон [-убран-] {+добавлен+} … [",
    "emoji": "слон \U0001f418\U0001f1f0\U0001f1ff e\u0301",
}
NUL, SURROGATE = "слон\x00посередине", "слон \ud800 одинокий"


@contextmanager
def writing(folder: Path) -> Iterator[Connection]:
    """The folder's database in a write transaction."""
    path = folder / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        yield connection
