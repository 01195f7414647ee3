"""An installation with its data folder -> findings, each with what to do."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.cli.doctor_machine import disk_finding, machine_findings
from newscrawl.cli.findings import Finding, advice, fault, ok

if TYPE_CHECKING:
    import sqlite3

    from scrapy.settings import Settings

LARGEST_WAL_BYTES = 512 * 1024 * 1024
CLOCK_SLACK = timedelta(minutes=5)
RESTORE = "move it aside, then restore a backup or rebuild it from the archive; docs/operations.md says how"


def installation_findings(settings: "Settings", *, thorough: bool) -> Iterator[Finding]:
    """Everything that can be looked at without a request. thorough: read the whole full-text index, too."""
    from newscrawl.crawl.project import data_folder

    data = data_folder(settings)
    yield from machine_findings()
    yield from _settings(settings)
    yield from _site_files(settings)
    yield _folder(data)
    if data.is_dir():
        yield _lock(data)
        yield from _stored(data, datetime.now(UTC), thorough)


def _settings(settings: "Settings") -> Iterator[Finding]:
    contact = settings.get("NEWSCRAWL_CONTACT")
    if contact:
        yield ok("contact", f"sites are told {contact}")
    else:
        then = "set NEWSCRAWL_CONTACT to an address or page, so that a site's owner can ask instead of blocking"
        yield advice("contact", "sites cannot see whom to ask about these requests", then)
    if settings.get("NEWSCRAWL_NOW"):
        yield fault(
            "clock", f"NEWSCRAWL_NOW stands for now: {settings.get('NEWSCRAWL_NOW')}", "unset it: it is for tests"
        )


def _site_files(settings: "Settings") -> Iterator[Finding]:
    from newscrawl.crawl.project import SiteLoader

    loader = SiteLoader.from_settings(settings)
    for name, why in sorted(loader.broken.items()):
        yield fault(f"site {name}", why, "mend the file; until then the site is not crawled")
    sites = loader.sites()
    enabled = [site for site in sites if site.enabled]
    verified = [site for site in enabled if site.verified_on]
    said = f"{len(sites)}, of which {len(enabled)} are enabled and {len(verified)} verified on the live site"
    then = "newscrawl doctor SITE --online asks a site what its file supposes"
    yield ok("site files", said) if len(verified) == len(enabled) else advice("site files", said, then)


def _folder(data: Path) -> Finding:
    if not data.is_dir():
        return advice("data folder", f"{data} is not there yet", "crawl a site, or name another folder with --data DIR")
    shut = [path for path in (data, data / "archive", data / "logs") if path.exists() and not os.access(path, os.W_OK)]
    if shut:
        return fault(
            "data folder", f"{shut[0]} cannot be written by this user", "give this user the right to write there"
        )
    return ok("data folder", str(data))


def _lock(data: Path) -> Finding:
    from newscrawl.crawl.locks import LockHeldError, run_lock
    from newscrawl.store.errors import StoreError

    try:
        with run_lock(data):
            return ok("lock", "no run is under way")
    except LockHeldError as held:
        return ok("lock", str(held))
    except StoreError as error:
        return fault("lock", str(error), "without the lock no run starts")


def _stored(data: Path, now: datetime, thorough: bool) -> Iterator[Finding]:
    from newscrawl.store.database import open_readonly
    from newscrawl.store.errors import DatabaseCorrupt, DatabaseMissing, StoreError
    from newscrawl.store.soundness import archived_a_day

    path = data / "newscrawl.db"
    try:
        with closing(open_readonly(path)) as connection:
            yield disk_finding(data, archived_a_day(connection, now))
            yield from _database(connection, path, now)
            yield from _archive(connection, data / "archive")
        if thorough:
            yield _search_index(path)
    except DatabaseMissing:
        yield disk_finding(data, 0.0)
        yield advice("database", f"{path} is not there yet", "crawl a site")
    except DatabaseCorrupt as error:
        yield fault("database", str(error), RESTORE)
    except StoreError as error:
        yield fault("database", str(error), "see docs/operations.md")


def _database(connection: "sqlite3.Connection", path: Path, now: datetime) -> Iterator[Finding]:
    from newscrawl.store.soundness import database_faults, latest_moment

    faults = database_faults(connection, path)
    for said in faults:
        yield fault("database", f"{path}: {said}", RESTORE)
    if not faults:
        yield ok("database", f"{path}: sound, {path.stat().st_size:,} bytes")
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > LARGEST_WAL_BYTES:
        said = f"{log} has grown to {log.stat().st_size:,} bytes"
        yield advice("database", said, "a program keeps a transaction open: end it, and the next run cuts the file")
    latest = latest_moment(connection)
    if latest and latest > now + CLOCK_SLACK:
        said = f"the last run is noted for {latest:%Y-%m-%d %H:%M} UTC, and now it is {now:%Y-%m-%d %H:%M} UTC"
        yield fault("clock", said, "set the machine's clock: dates like 'yesterday' are counted from it")


def _archive(connection: "sqlite3.Connection", folder: Path) -> Iterator[Finding]:
    from newscrawl.store.soundness import archive_faults, left_by_killed_runs

    faults = list(archive_faults(connection, folder))
    for said in faults:
        yield fault("archive", said, "restore the file from a backup: its articles cannot be read again without it")
    if not faults:
        size = sum(path.stat().st_size for path in folder.glob("*.warc.gz*")) if folder.is_dir() else 0
        yield ok("archive", f"all files are there, {size:,} bytes")
    left = left_by_killed_runs(folder) if folder.is_dir() else []
    if left:
        yield advice("archive", f"{len(left)} files were left by runs that were killed", "the next run takes them in")


def _search_index(path: Path) -> Finding:
    from newscrawl.store.database import open_database
    from newscrawl.store.soundness import search_index_faults

    with closing(open_database(path)) as connection:
        faults = search_index_faults(connection, path)
    if faults:
        return fault("search index", f"{path}: {faults[0]}", "newscrawl doctor --mend makes it anew from the articles")
    return ok("search index", "says what the articles say")
