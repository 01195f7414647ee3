"""Crawls of saved real pages -> bytes that an article, a look that finds nothing new and a quiet visit take on disk.

    python -m benchmarks.disk_growth FOLDER      # FOLDER holds pages.jsonl.gz

Three crawls: the first stores everything, the second fetches everything again unchanged, the third asks the sources only. Exits 1
when an unchanged page takes more than a tenth of what it took the first time, in the archive or in the database.
"""

import argparse
import subprocess
import sys
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from benchmarks.proxy_world import Authority, ProxyServer
from benchmarks.real_pages import REPOSITORY, crawl_command, crawl_environment
from benchmarks.saved_site import saved_pages, saved_site

MOST_AGAIN = 0.1
FIRST, AGAIN, QUIET = "2024-04-06T12:00:00+00:00", "2024-04-20T12:00:00+00:00", "2024-04-20T13:30:00+00:00"


@dataclass(frozen=True)
class Sizes:
    """Bytes of the parts of a data folder."""

    archive: int = 0
    database: int = 0
    logs: int = 0

    @classmethod
    def of(cls, data: Path) -> "Sizes":
        """What is there; between crawls the database has no log beside it."""
        folders = [sum(f.stat().st_size for f in (data / name).glob("*")) for name in ("archive", "logs")]
        return cls(folders[0], (data / "newscrawl.db").stat().st_size, folders[1])

    def since(self, before: "Sizes") -> "Sizes":
        """By how much it grew."""
        return Sizes(*(now - then for now, then in zip(astuple(self), astuple(before), strict=True)))


def main() -> int:
    """Crawl three times and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    pages = saved_pages(parser.parse_args().folder)
    kilobytes = sum(len(page["html"].encode()) for page in pages) / len(pages) / 1000
    print(f"{len(pages)} pages of {kilobytes:.0f} kB")
    grown: list[Sizes] = []
    with tempfile.TemporaryDirectory() as folder:
        data, sizes = Path(folder) / "data", Sizes()
        with ProxyServer(saved_site(pages), Authority(Path(folder))) as server:
            for now, more in ((FIRST, ()), (AGAIN, ("-a", "again=1")), (QUIET, ())):
                command = crawl_command(data, 0.02, *more, "-s", f"NEWSCRAWL_NOW={now}", "-s", "LOG_LEVEL=INFO")
                subprocess.run(
                    command, cwd=REPOSITORY, env=crawl_environment(server), check=True, stderr=subprocess.DEVNULL
                )
                grown.append(Sizes.of(data).since(sizes))
                sizes = Sizes.of(data)
    first, again, quiet = grown
    for name, size, count in (
        ("an article", first, len(pages)),
        ("seen again", again, len(pages)),
        ("a quiet visit", quiet, 1),
    ):
        archive, database, logs = (part / count / 1000 for part in astuple(size))
        print(f"{name}: archive {archive:.2f} kB, database {database:.2f} kB, log {logs:.2f} kB")
    is_small = again.archive <= MOST_AGAIN * first.archive and again.database <= MOST_AGAIN * first.database
    return 0 if is_small else 1


if __name__ == "__main__":
    sys.exit(main())
