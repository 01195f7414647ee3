"""Options that choose among the stored articles: site, language, days."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
_DAY = click.DateTime(formats=["%Y-%m-%d"])


def selection_options(function: Command) -> Command:
    """`--site`, `--language`, `--since` and `--until`."""
    for option in (
        click.option(
            "--until", metavar="DATE", type=_DAY, help="Published on that day or before, in the site's calendar."
        ),
        click.option("--since", metavar="DATE", type=_DAY, help="Published on that day (2024-05-02) or later."),
        click.option("--language", metavar="CODE", help="In that language: kk, ru, en, ..."),
        click.option("--site", metavar="SITE", help="Of that site: tengrinews_kz"),
    ):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen; None: all."""

    site: str | None
    language: str | None
    since: date | None
    until: date | None

    @classmethod
    def of(cls, site: str | None, language: str | None, since: datetime | None, until: datetime | None) -> "Selection":
        """From the values of the options."""
        first, last = (day.date() if day else None for day in (since, until))
        if first and last and first > last:
            raise click.UsageError(f"--since {first} lies after --until {last}")
        return cls(site, language.lower() if language else None, first, last)

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise a usage error for a site that the database does not know: an empty answer would pass for "nothing there"."""
        known = connection.execute("SELECT 1 FROM sites WHERE name = ?", (self.site,)).fetchone()
        if self.site is not None and known is None:
            raise click.UsageError(f"{self.site!r} was never visited; `newscrawl status` names the sites that were")

    @property
    def filters(self) -> dict[str, Any]:
        """Arguments for the store's questions."""
        return {"site": self.site, "language": self.language, "since": self.since, "until": self.until}
