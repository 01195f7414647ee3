"""What a page says, field by field: `Article`, and the evidence for its dates, `DateEvidence`.

Names follow schema.org's NewsArticle where it has one. Attribute = JSON Lines key = SQLite column.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

DateSource = Literal["json-ld", "meta", "microdata", "time", "header", "url", "feed", "sitemap", "listing", "wordpress"]
Precision = Literal["minute", "hour", "day"]
Kind = Literal["news", "opinion", "live", "video"]
Script = Literal["Cyrl", "Latn", "Arab"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One place that says when an article was published or modified.

    source: which kind of place; raw: the string as it stood there; where: the place in words, for people
    ("JSON-LD NewsArticle.datePublished"); role: what the string dates; zone: an IANA zone that belongs to this one
    string (a feed that is known to write UTC), None for the site's; read_at: the instant (ISO 8601) at which the place was
    read, for a string that counts from it ("Вчера 10:15" in a list), None where the page's own fetch is meant.
    """

    source: DateSource
    raw: str
    where: str = ""
    role: Literal["published", "modified"] = "published"
    zone: str | None = None
    read_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read from one page. All instants are aware and in UTC; what the page does not support is None."""

    url: str
    title: str | None = None
    text: str = ""
    markdown: str = ""
    lead: str | None = None
    section: str | None = None
    image: str | None = None
    canonical_url: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    free: bool | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    published: datetime | None = None
    published_day: date | None = None
    published_source: DateSource | None = None
    published_precision: Precision | None = None
    published_raw: str | None = None
    published_conflict: bool = False
    modified: datetime | None = None
    language: str | None = None
    script: Script | None = None
    language_confidence: float | None = None

    def to_record(self) -> dict[str, Any]:
        """The article as JSON-ready values: instants `2024-05-02T09:05:00+00:00`, days `2024-05-02`, tuples as lists."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
