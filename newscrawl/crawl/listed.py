"""Candidates -> those to fetch and those that are refused before a download, each with its fate and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.politeness import RefusedRequest, refuse_foreign_address
from newscrawl.extraction.date_text import parse_date
from newscrawl.page import Candidate, Fate
from newscrawl.site import Site


@dataclass(slots=True)
class Listed:
    """wanted: to be fetched; refused: with fate and reason; passed_window: all that is dated lies before the window."""

    wanted: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, Fate, str]] = field(default_factory=list)
    passed_window: bool = False


def sort_candidates(candidates: Iterable[Candidate], site: Site, arguments: CrawlArguments, now: datetime) -> Listed:
    """Judge each candidate by its address and by what its source said of its date."""
    listed = Listed()
    dated = before = 0
    start, end = arguments.instants(site)
    for candidate in candidates:
        refusal = _refusal(candidate, site)
        if refusal:
            listed.refused.append((candidate, *refusal))
            continue
        latest = _latest_instant(candidate, site, now) if start else None
        published = _published(candidate, site, now) if start or end else None
        dated += bool(latest)
        if start and latest and latest < start:
            before += 1
            listed.refused.append(
                (candidate, Fate.OUT_OF_RANGE, f"its source dates it {latest.date()}, before the window")
            )
        elif end and published and published >= end:
            listed.refused.append(
                (candidate, Fate.OUT_OF_RANGE, f"its source dates it {published.date()}, after the window")
            )
        else:
            listed.wanted.append(candidate)
    listed.passed_window = bool(dated) and before == dated
    return listed


def _refusal(candidate: Candidate, site: Site) -> tuple[Fate, str] | None:
    try:
        refuse_foreign_address(candidate.url, site)
    except RefusedRequest as refused:
        return refused.fate, refused.detail
    if candidate.kind != "urls" and site.is_article_url(candidate.url) is False:
        return Fate.FILTERED, "the address has not the form of an article's"
    return None


def _published(candidate: Candidate, site: Site, now: datetime) -> datetime | None:
    for evidence in candidate.evidence:
        if evidence.role == "published":
            parsed = parse_date(evidence.raw, now, evidence.zone or site.timezone, site.languages or None)
            if parsed is not None:
                return parsed.instant
    return None


def _latest_instant(candidate: Candidate, site: Site, now: datetime) -> datetime | None:
    """The last instant that the source names: what was last changed before the window was published before it, too."""
    found = []
    for evidence in candidate.evidence:
        parsed = parse_date(evidence.raw, now, evidence.zone or site.timezone, site.languages or None)
        if parsed is not None:
            found.append(parsed.instant)
    published = _published(candidate, site, now)
    return published or (max(found) if found else None)
