"""Date evidence -> the publication date, the modification date, and a verdict on every piece."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from newscrawl.article import DateEvidence
from newscrawl.extraction.date_evidence import find_date_evidence
from newscrawl.extraction.date_text import ParsedDate, parse_date
from newscrawl.extraction.draft import Draft, JudgedDate
from newscrawl.site import Site

__all__ = ["choose_dates", "find_date_evidence"]

LADDER = ("wordpress", "json-ld", "meta", "microdata", "feed", "url", "time", "header", "sitemap", "listing")
CONFLICT = timedelta(hours=1)


def choose_dates(
    draft: Draft, fetched_at: datetime | None, site: Site | None, evidence: Iterable[DateEvidence] = ()
) -> Draft:
    """The draft with its dates: the page's own evidence and the candidate's, read in the site's zone, judged and chosen."""
    zone = site.timezone if site else None
    languages = site.languages if site else ()
    read = [(e, parse_date(e.raw, fetched_at, e.zone or zone, languages)) for e in (*draft.dates, *evidence)]
    ordered = sorted(
        (pair for pair in read if pair[1] and pair[0].role == "published"), key=lambda p: LADDER.index(p[0].source)
    )
    judged = tuple(_judged(e, p, "read" if p else "no date that can be read") for e, p in read)
    modified = next((p.instant for e, p in read if p and e.role == "modified"), None)
    if not ordered:
        return replace(draft, judged=judged, modified=modified)
    best, date = ordered[0]
    assert date is not None
    return replace(
        draft,
        judged=judged,
        modified=modified,
        published=date.instant,
        published_day=date.day,
        published_source=best.source,
        published_precision=date.precision,
        published_raw=best.raw,
    )


def _judged(evidence: DateEvidence, date: ParsedDate | None, verdict: str) -> JudgedDate:
    if date is None:
        return JudgedDate(evidence=evidence, instant=None, day=None, precision=None, verdict=verdict)
    return JudgedDate(evidence=evidence, instant=date.instant, day=date.day, precision=date.precision, verdict=verdict)
