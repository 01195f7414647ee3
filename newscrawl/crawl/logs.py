"""A run's log: one file a run under logs/ of the data folder, a JSON object a line, kept for a set time."""

import logging
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scrapy.settings import Settings
from scrapy.utils.log import configure_logging

from newscrawl.crawl.log_format import JsonLines, PlainLines

# Settings, versions and lists of components: the same forty lines for each site of a run, with all that -s was given.
SAID_FOR_EVERY_CRAWLER = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.extensions.logstats")
_LOG_NAME = re.compile(r"(\d{8}T\d{6}Z)(-[\w.-]+)?\.log", re.ASCII)
# Settings and variables whose value is nobody's business.
_SECRET_NAME = re.compile(r"pass|secret|token|credential|auth|api_?key|_proxy$", re.IGNORECASE)
# A shorter value would be found in the middle of words.
SHORTEST_SECRET = 4


def log_to_file(
    data: Path, settings: Settings, now: datetime, command: str = "run", *, to_terminal: bool = False, hidden: str = ""
) -> Path | None:
    """Send every log record to logs/<UTC time>-<command>.log (warnings of Python too), to standard error as well when asked;
    logs that are older than `NEWSCRAWL_LOG_DAYS` are deleted. hidden: a text that must not be logged, such as an address to ping.

    Returns the file; None where the folder cannot be written, which the terminal is told: a log is no reason not to crawl.
    """
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    configure_logging(settings)
    logging.getLogger().setLevel(settings.get("LOG_LEVEL"))
    path = add_log_file(data, settings, now, command, hidden=hidden)
    if to_terminal or path is None:
        _add(logging.StreamHandler(), PlainLines([*_secrets(settings), hidden]), settings)
    return path


def add_log_file(data: Path, settings: Settings, now: datetime, command: str, *, hidden: str = "") -> Path | None:
    """The log file alone, beside whatever logging there is; as `log_to_file`."""
    path = data / "logs" / f"{now:%Y%m%dT%H%M%SZ}-{command}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _LogFile(path, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"{path}: the log cannot be written ({error.strerror}); it goes to standard error\n")
        return None
    _add(file, JsonLines([*_secrets(settings), hidden]), settings)
    prune_logs(path.parent, now, settings.getint("NEWSCRAWL_LOG_DAYS"))
    return path


def prune_logs(folder: Path, now: datetime, days: int) -> list[Path]:
    """Delete the logs of runs that began more than so many days ago (0: none), by the time in their names. What was deleted."""
    if days <= 0:
        return []
    first_kept = now - timedelta(days=days)
    old = [path for path in sorted(folder.glob("*.log")) if (at := _began_at(path)) and at < first_kept]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _began_at(path: Path) -> datetime | None:
    named = _LOG_NAME.fullmatch(path.name)
    return datetime.strptime(named[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if named else None


def _add(output: logging.Handler, formatter: logging.Formatter, settings: Settings) -> None:
    output.setFormatter(formatter)
    output.setLevel(settings.get("LOG_LEVEL"))
    output.addFilter(_is_news)
    logging.getLogger().addHandler(output)


def _secrets(settings: Settings) -> Iterator[str]:
    """Values of settings and of the environment that no line may show, whole and as the parts of an address."""
    given = (str(name) for name in settings if settings.getpriority(name))  # not Scrapy's own defaults
    named = {**os.environ, **{name: settings.get(name) for name in given}}
    for name, value in named.items():
        if not isinstance(value, str) or len(value) < SHORTEST_SECRET or not _SECRET_NAME.search(name):
            continue
        if name.lower().endswith("_proxy"):
            password = urlsplit(value if "//" in value else f"//{value}").password or ""
            yield from (word for word in {password, unquote(password)} if len(word) >= SHORTEST_SECRET)
        else:
            yield value


def _say_nothing(record: logging.LogRecord) -> None:
    """What is said once about a log is enough."""


class _LogFile(logging.FileHandler):
    """A log file that says once, in a line, that it cannot be written: a full disk is told of where it matters."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        error = sys.exception()
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        sys.stderr.write(f"{self.baseFilename}: the log cannot be written any more ({error.strerror})\n")
        self.handleError = _say_nothing  # type: ignore[method-assign]


def _is_news(record: logging.LogRecord) -> bool:
    # A filter, not a level: Scrapy configures logging again when the process is made, and resets its loggers' levels.
    return record.levelno >= logging.WARNING or record.name not in SAID_FOR_EVERY_CRAWLER
