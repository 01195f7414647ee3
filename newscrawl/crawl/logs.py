"""A run's log: one file a run under logs/ of the data folder, its lines as Scrapy formats them."""

import logging
import sys
from datetime import datetime
from pathlib import Path

from scrapy.settings import Settings
from scrapy.utils.log import configure_logging

# Settings, versions and lists of components: the same forty lines for each site of a run.
SAID_FOR_EVERY_CRAWLER = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.extensions.logstats")


def log_to_file(data: Path, settings: Settings, now: datetime, *, to_terminal: bool = False) -> Path | None:
    """Send every log record to logs/<UTC time>.log (warnings of Python too), to standard error as well when asked.

    Returns the file; None where the folder cannot be written, which the terminal is told: a log is no reason not to crawl.
    """
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    configure_logging(settings)
    root = logging.getLogger()
    root.setLevel(settings.get("LOG_LEVEL"))
    formatter = logging.Formatter(settings.get("LOG_FORMAT"), settings.get("LOG_DATEFORMAT"))
    handlers: list[logging.Handler] = []
    path: Path | None = data / "logs" / f"{now:%Y%m%dT%H%M%SZ}.log"
    assert path is not None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_LogFile(path, encoding="utf-8"))
    except OSError as error:
        sys.stderr.write(f"{path}: the log cannot be written ({error.strerror}); it goes to standard error\n")
        path, to_terminal = None, True
    if to_terminal:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.setFormatter(formatter)
        handler.setLevel(settings.get("LOG_LEVEL"))
        handler.addFilter(_is_news)
        root.addHandler(handler)
    return path


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
