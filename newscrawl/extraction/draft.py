"""`Draft`: what was read off a page so far. Picklable; every reading step takes one and gives a new one."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal

from newscrawl.article import Article, DateEvidence, DateSource, Kind, Precision, Script

PageType = Literal[
    "article",
    "list",
    "challenge",
    "consent",
    "login",
    "paywall",
    "app_shell",
    "error_page",
    "soft_404",
    "empty",
    "too_large",
    "read_error",
]
# The verdict on a date that a clock gone wrong, the site's or ours, would explain.
IN_THE_FUTURE = "out: it lies after the moment of the fetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDate:
    """One piece of date evidence and what became of it: `verdict` says in words why it was taken or lost."""

    evidence: DateEvidence
    instant: datetime | None
    day: date | None
    precision: Precision | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything an `Article` needs, filled step by step: body and metadata, then dates, then language.

    page_type and reason: what kind of page it is and the sign that says so; html_language: what `<html lang>` claims;
    dates: raw evidence as it stands in the page; judged: the same with its verdicts, once the dates are chosen.
    """

    url: str
    page_type: PageType = "article"
    reason: str = ""
    html_language: str | None = None
    dates: tuple[DateEvidence, ...] = ()
    judged: tuple[JudgedDate, ...] = ()
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

    def to_article(self) -> Article:
        """The finished article: the fields that both have by name."""
        return Article(**{f.name: getattr(self, f.name) for f in fields(Article)})
