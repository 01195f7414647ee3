"""`30d`, `12h`, `1h30m` on the command line -> a length of time."""

from datetime import timedelta
from typing import Any

import click

from newscrawl.crawl.deadline import length_of


class Duration(click.ParamType[timedelta]):
    """A command line's value such as 30d, 50m or 1h30m."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length; a plain error for anything else."""
        length = value if isinstance(value, timedelta) else length_of(value)
        if length is None:
            self.fail(f"{value!r} is no length of time: write 30d, 12h, 50m, 90s or 1h30m", param, ctx)
        return length
