"""`30d`, `12h`, `1h30m` -> a length of time."""

import re
from datetime import timedelta
from typing import Any

import click

_PART = re.compile(r"(\d{1,6})([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class Duration(click.ParamType[timedelta]):
    """A command line's value such as 30d, 50m or 1h30m."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length; a plain error for anything else."""
        if isinstance(value, timedelta):
            return value
        parts = _PART.findall(value)
        if not parts or "".join(number + unit for number, unit in parts) != value:
            self.fail(f"{value!r} is no length of time: write 30d, 12h, 50m, 90s or 1h30m", param, ctx)
        return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
