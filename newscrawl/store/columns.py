"""Python values -> what a column holds (ISO 8601 in UTC, JSON, clean text), and back."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any


def instant(at: datetime) -> str:
    """An aware instant as `2024-05-02T09:05:00+00:00`: strings of one form, so that their order is the order of time."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no zone: instants are handed in aware")
    return at.astimezone(UTC).isoformat(timespec="seconds")


def instant_of(text: str) -> datetime:
    """The instant that a column holds."""
    return datetime.fromisoformat(text)


def storable(text: str) -> str:
    """The text as SQLite can hold it: sqlite3 refuses lone surrogates, and the shell's functions end a string at a NUL."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def storable_or_none(text: str | None) -> str | None:
    """`storable()` for a column that may be NULL."""
    return None if text is None else storable(text)


def to_json(value: Any) -> str:
    """Compact JSON that stays readable: Cyrillic is not escaped."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def to_column(value: Any) -> Any:
    """A JSON-ready value as a column holds it: lists as JSON arrays, truth values as 0 and 1, clean text."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return to_json(value)
    return value


def require_transaction(connection: sqlite3.Connection) -> None:
    """Guard of every writing function: SQLite before 3.51.3 has a corruption bug with two writers, so each write is taken
    under the write lock, and a page's rows are committed together or not at all."""
    if not connection.in_transaction:
        raise RuntimeError("writing needs an open write_transaction(connection, path)")
