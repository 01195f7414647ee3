"""Candidates -> those to fetch and those that are refused before a download, each with its fate and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from sys import intern

from newscrawl.article import DateEvidence
from newscrawl.crawl.addresses import refuse_foreign_address
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.discovery.article_urls import is_probably_article
from newscrawl.extraction.date_evidence import address_evidence
from newscrawl.extraction.date_text import parse_stamp
from newscrawl.page import Candidate, Fate
from newscrawl.site import Site
from newscrawl.urls import file_ending


@dataclass(slots=True)
class Listed:
    """wanted: to be fetched; refused: with fate and reason; of those that a window was to judge: `dated`, how many have a date
    to judge them by, `before`, how many of these lie before it, `windowed`, whether there is one."""

    wanted: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, Fate, str]] = field(default_factory=list)
    dated: int = 0
    before: int = 0
    windowed: bool = False

    @property
    def passed_window(self) -> bool:
        """Whether all that is dated lies before the window."""
        return bool(self.dated) and self.before == self.dated

    @property
    def undated(self) -> bool:
        """Whether a window is asked for and nothing here has a date to judge it by."""
        return self.windowed and bool(self.wanted) and not self.dated


def sort_candidates(
    candidates: Iterable[Candidate], site: Site, arguments: CrawlArguments, now: datetime, into: Listed | None = None
) -> Listed:
    """Judge each candidate by its address and by what its source said of its date. into: what was sorted of it so far."""
    listed = Listed() if into is None else into
    window = arguments.instants(site)
    listed.windowed = any(window)
    for candidate in candidates:
        refusal = _refusal(candidate, site)
        if refusal is None and listed.windowed:
            instant, what = _told_instant(candidate, site, now)
            listed.dated += instant is not None
            refusal = _outside(instant, what, *window)
            listed.before += (
                refusal is not None and window[0] is not None and instant is not None and instant < window[0]
            )
        if refusal is None:
            listed.wanted.append(_anchored(candidate, site, now))
        else:
            listed.refused.append((candidate, *refusal))
    return listed


def _outside(
    instant: datetime | None, what: str, start: datetime | None, end: datetime | None
) -> tuple[Fate, str] | None:
    if instant is None:
        return None
    # Interned: a sitemap of years lists dozens of articles a day, and 50,000 reasons are 5 MB.
    if start is not None and instant < start:
        return Fate.OUT_OF_RANGE, intern(f"{what} {instant.date()}, before the window")
    if end is not None and instant >= end:
        return Fate.OUT_OF_RANGE, intern(f"{what} {instant.date()}, after the window")
    return None


def _refusal(candidate: Candidate, site: Site) -> tuple[Fate, str] | None:
    try:
        refuse_foreign_address(candidate.url, site)
    except RefusedRequest as refused:
        return refused.fate, refused.detail
    if candidate.kind == "urls":  # a person knows what is behind it
        return None
    ending = file_ending(candidate.url)
    if ending:
        return Fate.FILTERED, f"the address is that of a file ({ending}), not of a page"
    if site.is_article_url(candidate.url) is False:
        return Fate.FILTERED, "the address has not the form of an article's"
    if _is_any_page(candidate, site):
        return Fate.FILTERED, "a sitemap lists it without a day, and the address has not the form of an article's"
    return None


def _is_any_page(candidate: Candidate, site: Site) -> bool:
    """Whether a sitemap's entry on a site without a pattern may as well be a tag or the page about the editors: sitemaps list
    all that a site has, while feeds, APIs and news sitemaps list articles."""
    told = any(evidence.role == "published" for evidence in candidate.evidence)
    return (
        candidate.kind == "sitemap"
        and site.article_url is None
        and not told
        and not is_probably_article(candidate.url, site.home)
    )


# Far enough that no string that counts from the moment of reading can mean the same twice.
_ANOTHER_TIME = timedelta(days=400)


def _anchored(candidate: Candidate, site: Site, now: datetime) -> Candidate:
    """The candidate whose relative dates ("Вчера 10:15", "5 минут назад") keep the moment they were read at."""
    if all(evidence.source != "listing" for evidence in candidate.evidence):
        return candidate
    return replace(candidate, evidence=tuple(_anchored_date(evidence, site, now) for evidence in candidate.evidence))


def _anchored_date(evidence: DateEvidence, site: Site, now: datetime) -> DateEvidence:
    languages = site.languages or None
    meant = [
        parse_stamp(evidence.raw, at, evidence.zone or site.timezone, languages) for at in (now, now + _ANOTHER_TIME)
    ]
    if meant[0] is None or (meant[1] is not None and meant[0].instant == meant[1].instant):
        return evidence
    return replace(evidence, read_at=now.isoformat())


def _told_instant(candidate: Candidate, site: Site, now: datetime) -> tuple[datetime | None, str]:
    """When the article was published as far as its listing tells, and in words by what: its source, its address, or for want
    of both its last change, before which it was published."""
    told = [e for e in candidate.evidence if e.role == "published"]
    changed = [e for e in candidate.evidence if e.role == "modified"]
    for evidence, what in (
        *((e, "its source dates it") for e in told),
        *((e, "its address dates it") for e in address_evidence(candidate.url)),
        *((e, "its source says no more than that it was changed") for e in changed),
    ):
        parsed = parse_stamp(evidence.raw, now, evidence.zone or site.timezone, site.languages or None)
        if parsed is not None:
            return parsed.instant, what
    return None, ""


def newest_first(candidates: Iterable[Candidate], site: Site, now: datetime) -> list[Candidate]:
    """The candidates by what their listing tells of their day, the latest first; undated ones behind, in their order."""
    told = [(candidate, _told_instant(candidate, site, now)[0]) for candidate in candidates]
    dated = sorted((t for t in told if t[1] is not None), key=lambda t: t[1] or now, reverse=True)
    return [candidate for candidate, _ in dated] + [candidate for candidate, instant in told if instant is None]
