"""`Answer`: what a demo site sends for one address, and when a conditional request makes it 304."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

Query = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One HTTP answer. changed_at: when its content last changed, None for pages that do not say so (errors, redirects)."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    changed_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        """The content's own mark: it changes exactly when the bytes do."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'

    @property
    def validators(self) -> tuple[tuple[str, str], ...]:
        """ETag and Last-Modified of an answer that can be asked for conditionally."""
        if self.status != 200 or self.changed_at is None:
            return ()
        return ("ETag", self.etag), ("Last-Modified", http_date(self.changed_at))

    def is_known_to(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Whether the asker has this content already; an ETag that was sent outweighs the date (RFC 9110, 13.2.2)."""
        if not self.validators:
            return False
        if if_none_match is not None:
            marks = {mark.strip().removeprefix("W/") for mark in if_none_match.split(",")}
            return "*" in marks or self.etag in marks
        since = _instant(if_modified_since)
        return since is not None and self.changed_at is not None and self.changed_at <= since


Reply = Answer | Callable[[Query], Answer]
Pages = Mapping[str, Reply]


def html(markup: str, changed_at: datetime | None, charset: str = "utf-8", status: int = 200) -> Answer:
    """A page; letters that the charset lacks become character references."""
    return Answer(
        body=markup.encode(charset, "xmlcharrefreplace"),
        content_type=f"text/html; charset={charset}",
        changed_at=changed_at,
        status=status,
    )


def xml(markup: str, changed_at: datetime, content_type: str = "application/xml") -> Answer:
    """A feed or sitemap in UTF-8."""
    return Answer(body=markup.encode(), content_type=f"{content_type}; charset=utf-8", changed_at=changed_at)


def moved(location: str) -> Answer:
    """An old address that leads to the new one for good."""
    return Answer(status=301, headers=(("Location", location),))


def http_date(instant: datetime) -> str:
    """`Thu, 02 May 2024 09:05:00 GMT`."""
    return format_datetime(instant.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _instant(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        instant = parsedate_to_datetime(written)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
