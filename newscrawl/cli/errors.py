"""Errors that a person can mend -> one line on standard error and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

INTERNAL_ERROR, USAGE_ERROR, LOCK_HELD = 1, 2, 75


@contextmanager
def plain_errors() -> Iterator[None]:
    """No traceback for a locked or damaged database, a full disk, a missing project; other errors are bugs and keep theirs."""
    try:
        yield
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        click.echo(f"newscrawl: {error}", err=True)
        sys.exit(code)


def _code_of(error: Exception) -> int | None:
    """The exit code of an error by its class's name: comparing names keeps Scrapy and SQLite out of `newscrawl extract`."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"StoreError", "ArchiveError"}:
        return INTERNAL_ERROR
    if names & {"NoProjectError", "ArgumentError", "SiteError"}:
        return USAGE_ERROR
    if "LockHeldError" in names:
        return LOCK_HELD
    return None
