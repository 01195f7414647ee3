"""What a crawl says -> log lines: one JSON object a line, that name the address and never hold a page or a secret."""

import json
import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from newscrawl.crawl.item import Reading
from newscrawl.crawl.reading_pool import ReadingStopped

# The site whose crawl a line belongs to, where the line itself does not say.
current_site: ContextVar[str | None] = ContextVar("current_site", default=None)
# A name and a password before the host of an address. Two bounded classes, each ended by its own character.
_USERINFO = re.compile(r"(?<=://)[^\s/?#@\"'<>]{1,500}@")
HIDDEN = "***"
LONGEST_MESSAGE = 4_000
"""Characters of a message; more is a page, or a library's dump of one."""


class PageLogFormatter(LogFormatter):
    """Scrapy's own lines, with the address in place of the item: an item holds a whole page."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """One stored article."""
        return super().scraped(_named(item), response, spider)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One page that ended before storage."""
        return super().dropped(_named(item), exception, response, spider)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One page that failed in a pipeline."""
        said = super().item_error(_named(item), exception, response, spider)
        error = getattr(exception, "value", exception)
        if isinstance(error, ReadingStopped):  # the crawl is being ended: nothing has gone wrong
            said["level"] = logging.DEBUG
        return said


def _named(item: Any) -> Any:
    return item.page.url if isinstance(item, Reading) else item.get("url") if isinstance(item, dict) else item


class JsonLines(logging.Formatter):
    """A record -> `{"at": ..., "level": ..., "site": ..., "message": ..., "url": ..., "fate": ...}`, on one line.

    secrets: texts that never appear, such as the password of a proxy.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "site": _site_of(record),
            "message": self._clean(record.getMessage()),
        }
        for name in ("url", "fate", "stats"):
            value = getattr(record, name, None)
            if value is not None:
                told[name] = self._clean(value) if isinstance(value, str) else value
        told["logger"] = record.name
        if record.exc_info:
            told["error"] = self._clean(self.formatException(record.exc_info), from_the_end=True)
        return json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False)

    def _clean(self, text: str, *, from_the_end: bool = False) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        more = len(text) - LONGEST_MESSAGE
        if more > 0:
            cut = f"... ({more} more characters) ..."
            text = cut + text[-LONGEST_MESSAGE:] if from_the_end else text[:LONGEST_MESSAGE] + cut
        return _USERINFO.sub(f"{HIDDEN}@", text)


class PlainLines(JsonLines):
    """A record -> `2024-05-02 12:00:00 INFO vesti_kz: message`, for a terminal; as clean as the file."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it a traceback where there is one."""
        at = datetime.fromtimestamp(record.created, UTC)
        message, site = self._clean(record.getMessage()), _site_of(record)
        place = f" {site}:" if site and not message.startswith(f"{site}:") else ""
        error = f"\n{self._clean(self.formatException(record.exc_info), from_the_end=True)}" if record.exc_info else ""
        return f"{at:%Y-%m-%d %H:%M:%S} {record.levelname}{place} {message}{error}"


def _site_of(record: logging.LogRecord) -> str | None:
    spider = getattr(record, "spider", None)
    site = getattr(record, "site", None) or getattr(spider, "name", None) or current_site.get()
    return str(site) if site else None
