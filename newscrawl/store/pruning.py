"""Old captures and old runs -> gone, file by file and row by row, in steps that can be done again.

A WARC file goes when all its captures are old enough: it is renamed first, then its rows are deleted, then it is unlinked.
A kill between the steps leaves a renamed file, and the next call finishes it.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newscrawl.store.capture import CLOSED_SUFFIX, ArchiveError
from newscrawl.store.columns import instant
from newscrawl.store.database import write_transaction
from newscrawl.store.durability import reason_of, sync_folder

PRUNED_SUFFIX = ".pruned"
RUNS_A_TRANSACTION = 500  # a writer who waits behind it waits for moments


@dataclass(frozen=True, slots=True)
class OldFile:
    """A WARC file that may go: its name, its size in bytes, and how many captures it holds."""

    name: str
    size: int
    captures: int


def old_files(connection: sqlite3.Connection, folder: Path, before: datetime) -> list[OldFile]:
    """Closed files of the archive all of whose captures were fetched before then, and those that an earlier call began with."""
    begun = {path.name.removesuffix(PRUNED_SUFFIX): path for path in folder.glob(f"*{CLOSED_SUFFIX}{PRUNED_SUFFIX}")}
    # A body that a later revisit has is as young as that one.
    rows = connection.execute(
        "SELECT c.file, count(DISTINCT c.id), max(max(c.fetched_at), coalesce(max(r.fetched_at), ''))"
        " FROM captures AS c LEFT JOIN captures AS r ON r.refers_to = c.id GROUP BY c.file ORDER BY c.file"
    ).fetchall()
    counts = {name: (count, latest < instant(before)) for name, count, latest in rows}
    old = {name: folder / name for name, (_, is_old) in counts.items() if is_old and (folder / name).is_file()}
    return [
        OldFile(name, path.stat().st_size, counts.get(name, (0, True))[0])
        for name, path in sorted((old | begun).items())
    ]


def prune_files(connection: sqlite3.Connection, database: Path, folder: Path, files: list[OldFile]) -> None:
    """Delete the files and their captures' rows; articles keep all that was read from them. Raises ArchiveError."""
    for file in files:
        path, going = folder / file.name, folder / (file.name + PRUNED_SUFFIX)
        try:
            if path.exists():
                path.rename(going)
                sync_folder(folder)
            with write_transaction(connection, database):
                connection.execute("DELETE FROM captures WHERE file = ?", (file.name,))
            going.unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be deleted ({reason_of(error)})") from error


def prune_runs(connection: sqlite3.Connection, database: Path, before: datetime, *, dry: bool = False) -> int:
    """Delete what is known of runs that began before then, with their visits; how many runs. Each site's latest visit stays:
    by it the next one is due."""
    latest = "SELECT max(id) FROM site_runs GROUP BY site"
    chosen = f"FROM runs WHERE started_at < ? AND id NOT IN (SELECT run_id FROM site_runs WHERE id IN ({latest}))"  # noqa: S608
    if dry:
        return int(connection.execute(f"SELECT count(*) {chosen}", (instant(before),)).fetchone()[0])
    pruned = 0
    while True:
        with write_transaction(connection, database):
            gone = connection.execute(
                f"DELETE FROM runs WHERE id IN (SELECT id {chosen} LIMIT ?)",  # noqa: S608  # our own words
                (instant(before), RUNS_A_TRANSACTION),
            ).rowcount
        pruned += gone
        if gone < RUNS_A_TRANSACTION:
            return pruned
