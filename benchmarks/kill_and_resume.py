"""`kill -9` a crawl of saved real pages at several moments, start it again each time -> is anything lost or fetched in vain?

    python -m benchmarks.kill_and_resume FOLDER      # FOLDER holds pages.jsonl.gz

Each moment is a fresh folder: the crawl is killed (with its reading processes' parent) when that share of the articles was
asked for, then started again and left to end. Exits 1 when a page is missing, stored twice, or when more articles were asked
for twice than can be in flight.
"""

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.proxy_world import Authority, ProxyServer, World
from benchmarks.real_pages import REPOSITORY, crawl_command, crawl_environment
from benchmarks.saved_site import saved_pages, saved_site
from newscrawl.crawl.queue import MOST_UNDER_WAY

MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)
CRAWL_TIMEOUT_S = 120


def asked_articles(world: World, addresses: set[str]) -> Counter[str]:
    """How often each article was asked for."""
    return Counter(asked.url for asked in world.asked if asked.url in addresses)


def kill_at(moment: float, command: list[str], server: ProxyServer, addresses: set[str]) -> int:
    """Start the crawl and kill it when that share of the articles was asked for; how many were asked for by then."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child: subprocess.Popen[bytes] = subprocess.Popen(command, cwd=REPOSITORY, env=crawl_environment(server), **quiet)  # type: ignore[call-overload]
    ends_at = time.monotonic() + CRAWL_TIMEOUT_S
    while len(asked_articles(server.world, addresses)) < moment * len(addresses):
        if child.poll() is not None or time.monotonic() > ends_at:
            raise SystemExit(f"the crawl ended by itself (exit code {child.returncode}) before it could be killed")
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    return len(asked_articles(server.world, addresses))


def try_moment(moment: float, pages: list[dict[str, Any]], delay_s: float) -> list[str]:
    """One kill and one resume; prints the figures, returns what was missed."""
    addresses = {page["url"] for page in pages}
    with tempfile.TemporaryDirectory() as folder:
        world, data = saved_site(pages), Path(folder) / "data"
        with ProxyServer(world, Authority(Path(folder))) as server:
            command = crawl_command(data, delay_s, "-s", "LOG_LEVEL=ERROR")
            asked = kill_at(moment, command, server, addresses)
            again = subprocess.run(
                command, cwd=REPOSITORY, env=crawl_environment(server), check=False, capture_output=True
            )
        connection = sqlite3.connect(data / "newscrawl.db")
        stored = [row[0] for row in connection.execute("SELECT url FROM articles")]
        open_rows = connection.execute(
            "SELECT count(*) FROM urls WHERE fate IN ('found', 'queued', 'fetching') AND kind = 'article'"
        ).fetchone()[0]
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
    twice = sum(count > 1 for count in asked_articles(world, addresses).values())
    print(
        f"killed at {moment:.0%} ({asked} asked for): stored {len(set(stored))} of {len(addresses)}, rows {len(stored)}, "
        f"asked for twice {twice}, left open {open_rows}, integrity {sound}, exit code {again.returncode}"
    )
    missed = []
    if set(stored) != addresses or len(stored) != len(addresses):
        missed.append(
            f"at {moment:.0%}: {len(addresses - set(stored))} pages lost, {len(stored) - len(set(stored))} double"
        )
    if twice > MOST_UNDER_WAY:
        missed.append(f"at {moment:.0%}: {twice} pages asked for twice, at most {MOST_UNDER_WAY} can be in flight")
    if open_rows or sound != "ok" or again.returncode:
        missed.append(f"at {moment:.0%}: open rows {open_rows}, integrity {sound}, exit code {again.returncode}")
    return missed


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--delay", type=float, default=0.05, help="seconds between requests (the site's own is 1)")
    args = parser.parse_args()
    pages = saved_pages(args.folder)
    missed = [line for moment in MOMENTS for line in try_moment(moment, pages, args.delay)]
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
