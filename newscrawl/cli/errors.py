"""Errors that a person can mend -> one line on standard error and an exit code."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from newscrawl.cli.show import plain

INTERNAL_ERROR, USAGE_ERROR, LOCK_HELD, INTERRUPTED = 1, 2, 75, 130
# What the machine's owner can mend: space, rights, a folder that is none or went away.
_OF_THE_MACHINE = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ENOENT,
    errno.EMFILE, errno.ENFILE, errno.ENAMETOOLONG, errno.EIO,
})  # fmt: skip


@contextmanager
def plain_errors() -> Iterator[None]:
    """No traceback for a locked or damaged database, a full disk, a missing project; other errors are bugs and keep theirs."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        click.echo(f"newscrawl: {plain(_line_of(error))}", err=True)
        sys.exit(code)


def _code_of(error: Exception) -> int | None:
    """The exit code of an error by its class's name: comparing names keeps Scrapy and SQLite out of `newscrawl extract`."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if names & {"StoreError", "ArchiveError", "ReadersUnusable"}:
        return INTERNAL_ERROR
    if names & {"NoProjectError", "ArgumentError", "SiteError"}:
        return USAGE_ERROR
    if "LockHeldError" in names:
        return LOCK_HELD
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE and error.filename is not None:
        return INTERNAL_ERROR
    return None


def _line_of(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror or error}"
    return str(error)
