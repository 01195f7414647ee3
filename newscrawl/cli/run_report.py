"""A run as it goes on -> lines for a person: nothing at all when everything is well and nobody looks on."""

import os
import sys
from datetime import datetime
from typing import Self, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from newscrawl.cli.show import plain
from newscrawl.crawl.health import run_remark
from newscrawl.crawl.outcome import RunOutcome, SiteOutcome, unverified_line
from newscrawl.crawl.ping import Ping
from newscrawl.crawl.turns import Watcher
from newscrawl.store.archive import ArchiveError
from newscrawl.store.errors import StoreError

LONGEST_LINE = 2000


class RunReport(Watcher):
    """A line for each site on standard output when somebody looks on (a terminal, or -v); each trouble on standard error.

    bar: whether a line that moves shows how far the run is; only a terminal can show one. named: whether the sites were named; ping: a watchdog that is told of
    the run's begin and end. Used in a `with` block around the run.
    """

    def __init__(
        self, now: datetime, *, verbose: bool, bar: bool, named: bool = False, ping: Ping | None = None
    ) -> None:
        self._now = now
        self._tells_all = verbose or sys.stdout.isatty()
        self._old_news: list[SiteOutcome] = []
        self._progress = _bar() if bar and sys.stderr.isatty() else None
        self._under_way: list[str] = []
        self._named = named
        self._due = 0
        self._ping = ping

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self._stop_bar()
        # Of wrong usage, and of a run that another one's lock keeps out, the watchdog is told nothing.
        if self._ping is not None and isinstance(error, (StoreError, ArchiveError, OSError)):
            self._ping.ends(1, plain(error))

    def run_begins(self, sites: int) -> None:
        """So many sites are to be visited."""
        self._due = sites
        if self._ping is not None:
            self._ping.begins()
        if self._progress is not None and sites:
            self._progress.add_task("", total=sites)
            self._progress.start()

    def site_begins(self, name: str) -> None:
        """A site's turn has come."""
        self._under_way.append(name)
        self._show()

    def site_ends(self, site: SiteOutcome) -> None:
        """Its line, unless it is well or told already today."""
        if site.name in self._under_way:
            self._under_way.remove(site.name)
            if self._progress is not None:
                self._progress.advance(self._progress.task_ids[0])
        self._show()
        if site.is_old_news and not self._tells_all:
            self._old_news.append(site)
        elif site.is_trouble:
            self._tell(site.line if site.counts_always else f"not verified yet: {site.line}", error=True)
        elif self._tells_all:
            self._tell(site.line)

    def run_ends(self, outcome: RunOutcome) -> None:
        """What is told of the run as a whole."""
        self._stop_bar()
        told = [site for site in self._old_news if not site.is_told_today(self._now)]
        if told:
            self._tell(unverified_line(told), error=True)
        if outcome.ended_by and outcome.unfinished:
            left = outcome.unfinished
            self._tell(f"{outcome.ended_by}; {len(left)} sites have work left: {', '.join(left)}", error=True)
        remark = run_remark(site.visit for site in outcome.sites if site.visit is not None)
        if remark:
            self._tell(remark, error=True)
        if self._due == 0 and not self._named and self._tells_all:
            self._tell("no site is due")
        if self._ping is not None:
            lines = "\n".join(plain(site.line, LONGEST_LINE) for site in outcome.sites)
            self._ping.ends(outcome.exit_code, lines or "no site is due")

    def _stop_bar(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _show(self) -> None:
        if self._progress is not None and self._progress.task_ids:
            self._progress.update(self._progress.task_ids[0], description=", ".join(self._under_way))

    def _tell(self, line: str, *, error: bool = False) -> None:
        """One line. A reader that went away does not change what the run came to."""
        stream: TextIO = sys.stderr if error else sys.stdout
        text = plain(line, longest=LONGEST_LINE)
        try:
            if self._progress is not None:
                self._progress.console.print(text, markup=False, highlight=False, style="red" if error else None)
            else:
                click.echo(text, file=stream)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _bar() -> Progress:
    # rich looks at NO_COLOR and TERM itself.
    return Progress(
        MofNCompleteColumn(),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True, soft_wrap=False),
        transient=True,
    )
