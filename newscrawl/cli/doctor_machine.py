"""The machine -> findings: Python, SQLite, time zones, disk."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.filesize import decimal

from newscrawl.cli.findings import Finding, advice, fault, ok

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35, 0)  # RETURNING
TWO_WRITERS_MENDED_IN = (3, 51, 3)
LEAST_FREE_BYTES = 1 << 30
FEWEST_DAYS_LEFT = 30
# Kazakhstan's east moved from UTC+6 to UTC+5 on this night: data that is older than that dates every article wrong since.
ALMATY_MOVED = (datetime(2024, 2, 29, tzinfo=UTC), 6), (datetime(2024, 3, 2, tzinfo=UTC), 5)


def machine_findings() -> Iterator[Finding]:
    """What newscrawl stands on."""
    yield _python(sys.version_info[:3])
    yield _sqlite(sqlite3.sqlite_version_info, _knows_full_text())
    yield _zones()


def _python(running: tuple[int, ...]) -> Finding:
    said = ".".join(map(str, running))
    if running >= OLDEST_PYTHON:
        return ok("Python", said)
    return fault(
        "Python", said, f"install Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or later and set newscrawl up again"
    )


def _sqlite(running: tuple[int, ...], knows_full_text: bool) -> Finding:
    said = ".".join(map(str, running))
    if running < OLDEST_SQLITE or not knows_full_text:
        lacks = "" if knows_full_text else ", without full-text search (FTS5)"
        return fault("SQLite", said + lacks, "use a Python that was built with a later SQLite that has FTS5")
    if running < TWO_WRITERS_MENDED_IN:
        said += ": two programs that write at once could damage a file; newscrawl's own writers wait for each other"
    return ok("SQLite", said)


def _knows_full_text() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        return any(row[0] == "ENABLE_FTS5" for row in connection.execute("PRAGMA compile_options"))
    finally:
        connection.close()


def _zones() -> Finding:
    try:
        zone = ZoneInfo("Asia/Almaty")
    except ZoneInfoNotFoundError:
        return fault("time zones", "there are no time-zone data", "pip install tzdata, or install the system's tzdata")
    offsets = [day.astimezone(zone).utcoffset() for day, _ in ALMATY_MOVED]
    known = [offset.total_seconds() / 3600 if offset else 0 for offset in offsets]
    if known != [hours for _, hours in ALMATY_MOVED]:
        return fault(
            "time zones",
            "the data do not know that Almaty moved to UTC+5 on 2024-03-01: every date since is an hour off",
            "pip install --upgrade tzdata, or upgrade the system's tzdata",
        )
    try:
        return ok("time zones", f"know the change of 2024-03-01 (tzdata {version('tzdata')})")
    except PackageNotFoundError:
        return ok("time zones", "know the change of 2024-03-01 (the system's data)")


def disk_finding(folder: Path, bytes_a_day: float) -> Finding:
    """Whether there is room, and for how long at the rate of the last weeks."""
    free = shutil.disk_usage(folder).free
    said = f"{decimal(free)} free"
    then = "free space, move the data folder, or let `newscrawl prune --captures` delete old archive files"
    if free < LEAST_FREE_BYTES:
        return fault("disk", said, then)
    if not bytes_a_day:
        return ok("disk", said)
    days = free / bytes_a_day
    said += f"; the archive grows by {decimal(round(bytes_a_day))} a day, room for {days:,.0f} days"
    return advice("disk", said, then) if days < FEWEST_DAYS_LEFT else ok("disk", said)
