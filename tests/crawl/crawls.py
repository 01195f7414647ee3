"""`scrapy crawl` as a child process, and what it left: exit code, lines, tables."""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.store.database import open_readonly
from tests.crawl.local_site import Asked, LocalSite
from tests.crawl.news import NOW, TIMEZONE

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_S = 100


def environment() -> dict[str, str]:
    """This process's, without what would send a crawl to a proxy or to another folder."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {name: value for name, value in kept.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_", "COV_"))}


def command(data: Path, *arguments: str, now: str = NOW, spider: str = "web") -> list[str]:
    """`scrapy crawl` for a data folder, quick, with one reading process and a clock of its own."""
    return [
        *(sys.executable, "-m", "scrapy", "crawl", spider),
        *("-s", f"NEWSCRAWL_DATA={data}", "-s", f"NEWSCRAWL_NOW={now}", "-s", "NEWSCRAWL_READERS=1"),
        *("-s", "DOWNLOAD_DELAY=0.01", "-s", "LOG_LEVEL=WARNING"),
        *arguments,  # last: of two settings of one name Scrapy takes the later one
    ]


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """A crawl that has ended. requests: what the server was asked meanwhile."""

    exit_code: int
    lines: str
    data: Path
    requests: list[Asked] = field(default_factory=list)
    exported: list[dict[str, Any]] = field(default_factory=list)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What a query of the database answers."""
        connection = open_readonly(self.data / "newscrawl.db")
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def fates(self) -> dict[str, str]:
        """Path of an article's address -> its fate."""
        rows = self.rows("SELECT url, fate FROM urls WHERE kind = 'article'")
        return {row["url"].split("/", 3)[-1]: row["fate"] for row in rows}

    def asked(self, path: str) -> list[Asked]:
        """The requests for a path."""
        return [asked for asked in self.requests if asked.path == path]


def run(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        arguments, cwd=REPOSITORY, env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def crawl(site: LocalSite, data: Path, *arguments: str, now: str = NOW, spider: str = "web") -> Crawled:
    """Crawl the site with the spider `web`, or one like it, to the end."""
    begun = len(site.requests)
    out = data.parent / f"{data.name}-{begun}.jsonl"
    given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}", "-O", str(out), *arguments)
    ended = run(command(data, *given, now=now, spider=spider))
    exported = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.exists() else []
    return Crawled(
        exit_code=ended.returncode,
        lines=ended.stderr + ended.stdout,
        data=data,
        requests=site.requests[begun:],
        exported=exported,
    )


def frozen_copy(crawled: Crawled, to: Path) -> Crawled:
    """The same with a copy of its database, for a crawl that goes on in the same folder."""
    to.mkdir(parents=True)
    source, target = sqlite3.connect(crawled.data / "newscrawl.db"), sqlite3.connect(to / "newscrawl.db")
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return Crawled(**{**crawled.__dict__, "data": to})
