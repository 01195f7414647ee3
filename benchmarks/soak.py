"""A day of hourly runs over twelve local sites, after five weeks of history -> is each verdict given at its hour, and nothing else?

    python -m benchmarks.soak                 # 24 hours: verdicts, exit codes, memory, open files, sizes
    python -m benchmarks.soak --kill 50       # and once more, killed at 50 random moments: is the database the same?

One site is blocked at hour 6, one redesigned at 9, one silent from 12, one down from 15 to 18; the other eight publish and edit as
ever. Each run is `newscrawl run` in a process of its own, with a clock that was handed in. Exits 1 when anything is not as told.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.soak_history import seed
from benchmarks.soak_world import BEGIN, BLOCKED_AT, DOWN_AT, HOUR, HOURS, REDESIGNED_AT, SITES, UP_AT, SoakWorld

REPOSITORY = Path(__file__).resolve().parents[1]
WELL = {"healthy", "quiet", "new"}
# Eight articles an hour until 12:00, so that 24 are normal in three hours and four deviations less are 4.4. At 15:00 the last three
# visits found none, at 16:00 the second visit in a row sees too few.
SILENT_TOLD_AT = 16
LONGEST_RUN_S = 300
SITE_FILE = """
from datetime import timedelta

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class Soak(NewsSpider):
    name = {name!r}
    site = Site(
        name={name!r}, home="{origin}/", timezone="Asia/Almaty", languages=("ru", "kk"), private=True, delay_s=0.01,
        sources=(Feed(url="{origin}/feed.xml"),), every=timedelta(hours=1),
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """One run as it ended, seen from outside."""

    exit_code: int
    lines: str
    peak_mb: float
    open_files: int
    seconds: float


def write_sites(folder: Path, world: SoakWorld) -> None:
    """The twelve site files as a package `soak_sites`."""
    package = folder / "soak_sites"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for site in SITES:
        (package / f"{site.name}.py").write_text(SITE_FILE.format(name=site.name, origin=world.origin(site)))


def run(folder: Path, data: Path, now: str, kill_after_s: float | None = None) -> RunEnded:
    """One `newscrawl run`, killed after so many seconds when it has not ended by then."""
    settings = {"SPIDER_MODULES": "soak_sites", "NEWSCRAWL_NOW": now, "NEWSCRAWL_READERS": "2"}
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEWSCRAWL_", "SCRAPY_")) and "proxy" not in k.lower()
    }
    begun_s, files = time.monotonic(), 0
    with tempfile.TemporaryFile("w+") as lines:
        child = subprocess.Popen(
            [sys.executable, "-m", "newscrawl", "run", "--data", str(data), *given],
            cwd=REPOSITORY, env={**kept, "PYTHONPATH": str(folder)}, stdout=lines, stderr=lines,
        )  # fmt: skip
        limit_s = begun_s + (LONGEST_RUN_S if kill_after_s is None else kill_after_s)
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            files = max(files, _open_files(child.pid))
            if time.monotonic() > limit_s:
                os.kill(child.pid, 9)
                _, status, used = os.wait4(child.pid, 0)
                break
            time.sleep(0.02)
        child.returncode = os.waitstatus_to_exitcode(status)
        lines.seek(0)
        told = lines.read()
    return RunEnded(
        exit_code=child.returncode, lines=told, peak_mb=used.ru_maxrss / 1024, open_files=files,
        seconds=time.monotonic() - begun_s,
    )  # fmt: skip


def _open_files(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def expected_verdict(trouble: str, hour: int) -> str:
    """What the site's verdict must be at that hour; "well" stands for healthy and quiet."""
    told = {
        "blocked": ("blocked", BLOCKED_AT, HOURS),
        "redesigned": ("layout_broken", REDESIGNED_AT, HOURS),
        "silent": ("silent", SILENT_TOLD_AT, HOURS),
        "down": ("down", DOWN_AT, UP_AT),
    }
    verdict, begins, ends = told.get(trouble, ("", HOURS, HOURS))
    return verdict if begins <= hour < ends else "well"


def wrong_verdicts(data: Path, hour: int) -> list[str]:
    """The sites whose last verdict is not what the hour asks for."""
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        rows = connection.execute(
            "SELECT site, verdict, problem FROM site_runs WHERE id IN (SELECT max(id) FROM site_runs GROUP BY site)"
        )
        given = {site: (verdict, problem) for site, verdict, problem in rows}
    wrong = []
    for site in SITES:
        verdict, problem = given[site.name]
        wanted = expected_verdict(site.trouble, hour)
        if ("well" if verdict in WELL else verdict) != wanted:
            wrong.append(f"hour {hour}: {site.name} is {verdict} ({problem}), not {wanted}")
    return wrong


def soak(folder: Path, world: SoakWorld, name: str, hours: int, kills: int = 0) -> tuple[Path, list[str]]:
    """All hours, with so many kills at random moments; the data folder and what was not as told (kills: only that all ended well)."""
    data, chance = folder / name, Random(kills)
    seed(data, world)
    moments = [chance.randrange(hours) for _ in range(kills)]
    wrong: list[str] = []
    ended: list[RunEnded] = []
    stored, landed = 0, 0
    for hour in range(hours):
        world.now = BEGIN + HOUR * hour
        # At the same instant as without kills: some minutes later an article may already be too old for its next look.
        now = world.now.isoformat()
        for _ in range(moments.count(hour)):
            landed += run(folder, data, now, chance.uniform(0.4, 4.0)).exit_code == -9
        last = run(folder, data, now)
        ended.append(last)
        before, stored = stored, _count(data)
        print(
            f"{name} {hour:2d}: exit {last.exit_code}, {stored - before:3d} articles, {last.seconds:4.1f} s, {last.peak_mb:4.0f} MB,"
            f" {last.open_files} files", flush=True,
        )  # fmt: skip
        code = 0 if hour < BLOCKED_AT else 3
        if last.exit_code != code:
            wrong.append(f"hour {hour}: exit code {last.exit_code}, not {code}: {last.lines.strip()[-300:]}")
        verdicts = [] if kills else wrong_verdicts(data, hour)
        wrong += verdicts
        for line in verdicts:
            print(line, flush=True)
    if kills:
        print(f"{landed} of {kills} kills hit a run that was under way")
    else:
        wrong += not_flat(ended) + sizes(data)
    return data, wrong


def _count(data: Path) -> int:
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def not_flat(ended: list[RunEnded]) -> list[str]:
    """Memory or open files that grew from the first quarter of the day to the last."""
    quarter = max(len(ended) // 4, 1)
    first, last = ended[:quarter], ended[-quarter:]
    memory = max(r.peak_mb for r in first), max(r.peak_mb for r in last)
    files = max(r.open_files for r in first), max(r.open_files for r in last)
    print(f"peak memory {memory[0]:.0f} MB -> {memory[1]:.0f} MB; open files {files[0]} -> {files[1]}")
    wrong = [f"memory grew from {memory[0]:.0f} to {memory[1]:.0f} MB"] if memory[1] > 1.15 * memory[0] else []
    return wrong + ([f"open files grew from {files[0]} to {files[1]}"] if files[1] > files[0] + 8 else [])


def sizes(data: Path) -> list[str]:
    """Files that are larger than their news, or were left open."""
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        captures, captured = connection.execute("SELECT count(*), sum(length) FROM captures").fetchone()
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    archive = sum(f.stat().st_size for f in (data / "archive").rglob("*") if f.is_file())
    database = (data / "newscrawl.db").stat().st_size
    wal = data / "newscrawl.db-wal"
    print(
        f"database {database / 1e6:.1f} MB, archive {archive / 1e6:.2f} MB for {captures} captures, integrity {sound}"
    )
    wrong = [] if sound == "ok" else [f"integrity: {sound}"]
    wrong += (
        [f"archive: {archive} bytes for {captured} bytes of captures"] if archive > 1.3 * captured + 100_000 else []
    )
    wrong += [f"left open: {f}" for f in (data / "archive").rglob("*.open")]
    return wrong + (["the WAL was not cut"] if wal.exists() and wal.stat().st_size else [])


def content(data: Path) -> set[str]:
    """What must not depend on kills: each article as one line."""
    with closing(sqlite3.connect(data / "newscrawl.db")) as connection:
        rows = connection.execute(
            "SELECT url, text_hash, published, published_source, language, status,"
            " (SELECT count(*) FROM article_versions AS v WHERE v.article_id = a.id) FROM articles AS a"
        )
        return {json.dumps(row) for row in rows}


def main() -> int:
    """Run the soak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=int, default=HOURS, help="how many hours of the day")
    parser.add_argument("--kill", type=int, default=0, metavar="N", help="then once more, killed at N random moments")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, SoakWorld() as world:
        folder = Path(name)
        write_sites(folder, world)
        undisturbed, wrong = soak(folder, world, "undisturbed", args.hours)
        if args.kill:
            killed, more = soak(folder, world, "killed", args.hours, args.kill)
            left, right = content(undisturbed), content(killed)
            print(
                f"{len(left & right)} articles are the same, {len(left - right)} only undisturbed, {len(right - left)} only killed"
            )
            wrong += more + [f"only undisturbed: {line}" for line in sorted(left - right)[:20]]
            wrong += [f"only killed: {line}" for line in sorted(right - left)[:20]] + sizes(killed)
    for line in wrong:
        print(f"MISSED: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
