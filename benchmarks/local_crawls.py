"""Sites on loopback -> one crawl of them in a child process: its exit code, seconds, CPU, memory and tables."""

import os
import pickle
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.process_memory import Watch
from newscrawl.site import Site
from newscrawl.store.database import open_readonly

REPOSITORY = Path(__file__).resolve().parents[1]
SITE_FILE = """import pickle

from newscrawl.crawl.spider import NewsSpider


class Local(NewsSpider):
    name = {name!r}
    site = pickle.loads({packed!r})
"""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A crawl that has ended, by itself or by a signal. cpu_s: of the crawl and its reading processes."""

    exit_code: int
    seconds: float
    cpu_s: float
    lines: str
    data: Path

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """What a query of the database answers."""
        return rows(self.data, sql, *values)


def rows(data: Path, sql: str, *values: object) -> list[sqlite3.Row]:
    """What a query of the database in a data folder answers."""
    connection = open_readonly(data / "newscrawl.db")
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def write_site_files(folder: Path, sites: Iterable[Site]) -> None:
    """The package `local_sites` in the folder, a file a site."""
    package = folder / "local_sites"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text("")
    for site in sites:
        (package / f"{site.name}.py").write_text(SITE_FILE.format(name=site.name, packed=pickle.dumps(site)))


def run_command(folder: Path, settings: dict[str, object], *names: str) -> list[str]:
    """`newscrawl run` over the folder's sites."""
    return [sys.executable, "-m", "newscrawl", "run", *names, "--data", str(folder / "data"), *_given(settings)]


def crawl_command(folder: Path, settings: dict[str, object], name: str, **arguments: str) -> list[str]:
    """`scrapy crawl` of one of the folder's sites."""
    typed = [part for key, value in arguments.items() for part in ("-a", f"{key}={value}")]
    settings = {"NEWSCRAWL_DATA": folder / "data", "LOG_LEVEL": "WARNING"} | settings
    return [sys.executable, "-m", "scrapy", "crawl", name, *typed, *_given(settings)]


def _given(settings: dict[str, object]) -> list[str]:
    return [part for name, value in _with_sites(settings).items() for part in ("-s", f"{name}={value}")]


def _with_sites(settings: dict[str, object]) -> dict[str, object]:
    return {"SPIDER_MODULES": "local_sites"} | settings


class Child:
    """A crawl that runs, in a `with` block. watch: its memory and CPU; killed at the block's end when it has not ended."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._data, self._begun = folder / "data", time.monotonic()
        self._log = (folder / "output.txt").open("w+b")
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, env=_environment(folder), stdout=self._log, stderr=subprocess.STDOUT
        )
        self.watch = Watch(self.process.pid)

    def wait(self, timeout_s: float = 1800) -> Ended:
        """Until it has ended."""
        exit_code = self.process.wait(timeout_s)
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace")
        seconds = time.monotonic() - self._begun
        return Ended(exit_code=exit_code, seconds=seconds, cpu_s=self.watch.cpu_s, lines=lines, data=self._data)

    def __enter__(self) -> "Child":
        self.watch.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.watch.__exit__()
        self._log.close()


def _environment(folder: Path) -> dict[str, str]:
    """This process's, without what would send a crawl to a proxy or to another folder."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    own = {name: value for name, value in kept.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    return own | {"PYTHONPATH": str(folder)}


def finish(missed: Sequence[str], ended: Any = None) -> int:
    """Print what missed its bound; the exit code of the script."""
    for line in missed:
        print(f"MISSED: {line}")
    if missed and isinstance(ended, Ended):
        print(f"the crawl's last lines:\n{ended.lines[-1500:]}")
    return 1 if missed else 0
