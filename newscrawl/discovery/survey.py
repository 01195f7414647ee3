"""What a site's places answered -> how much each is worth, and the sources that the site's file should name.

Worth: what dates articles exactly and reaches back comes first (WordPress's API, news sitemaps, feeds), then lists with dates,
then sitemaps without, then lists without. A place that failed keeps its word: a fate and a sentence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from newscrawl.discovery.article_urls import is_probably_article
from newscrawl.page import Candidate, Discovery, Fate
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap, Source, WordPress
from newscrawl.urls import canonical_url

MOST_CHOSEN = 12
# The best one, and one to fall back on.
ENOUGH_SOURCES = 2
# Addresses; a shorter sitemap is one conditional request a visit.
LONG_SITEMAP = 2_000
# Who says that a place is there, where nobody does.
USUAL_PLACE, A_FOLDER = "a usual place", "the folder of its articles"
GUESSES = frozenset({USUAL_PLACE, A_FOLDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFinding:
    """One place and what it came to.

    named_by: who says that it is there ("the page", "robots.txt", one of `GUESSES`, "the site's file"); fate, detail:
    `listing` for one that works, else what went wrong; articles: of what it lists, what has the form of an article's
    address; listed: how many addresses it lists in all; dated: how many of the articles it dates; whole: nothing continues it.
    """

    source: Source
    named_by: str
    fate: Fate
    detail: str = ""
    articles: tuple[Candidate, ...] = ()
    listed: int = 0
    dated: int = 0
    whole: bool = True

    @property
    def works(self) -> bool:
        """Whether it lists articles."""
        return self.fate is Fate.LISTING and bool(self.articles)

    @property
    def rank(self) -> int:
        """Its kind's worth, 0 the best."""
        dated = self.dated * 2 > len(self.articles)
        if isinstance(self.source, WordPress):
            return 0
        if isinstance(self.source, Sitemap):
            return 1 if dated else 5
        if isinstance(self.source, Feed):
            return 2 if dated else 4
        return 3 if dated or isinstance(self.source, DayPages) else 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFinding:
    """One article that was asked for: its fate or kind of page, and what was read off it."""

    url: str
    fate: str
    detail: str = ""
    title: str | None = None
    published: datetime | None = None
    published_day: date | None = None
    published_source: str | None = None
    published_raw: str | None = None
    language: str | None = None
    characters: int = 0
    found_in: str = ""

    @property
    def is_article(self) -> bool:
        """Whether it was read as an article."""
        return self.fate == "article"


def judge(
    source: Source, named_by: str, found: Discovery, site: Site, found_fate: Fate = Fate.BAD_RESPONSE
) -> SourceFinding:
    """A place's answer as it was read -> the finding. `found_fate`: what an answer that lists nothing came to."""
    articles = tuple(c for c in found.candidates if site.owns(c.url) and has_article_form(c, site))
    dated = sum(any(e.role == "published" for e in c.evidence) for c in articles)
    said = [found.problem, found.limited, *found.notes]
    if not articles and not found.more:
        said += [] if found.problem else ["It lists no address that has the form of an article's."]
        fate = found_fate if found.problem else Fate.EMPTY
    else:
        fate = Fate.LISTING
    return SourceFinding(
        source=source,
        named_by=named_by,
        fate=fate,
        detail=" ".join(word for word in said if word),
        articles=articles,
        listed=len(found.candidates),
        dated=dated,
        whole=not found.more,
    )


def has_article_form(candidate: Candidate, site: Site) -> bool:
    """By the site's pattern; without one what feeds, APIs and news sitemaps list is an article, the rest is judged by its form."""
    stated = site.is_article_url(candidate.url)
    if stated is not None:
        return stated
    if candidate.kind in {"feed", "wordpress"} or any(e.role == "published" for e in candidate.evidence):
        return True
    return is_probably_article(candidate.url, site.home)


def merged(first: SourceFinding, more: SourceFinding) -> SourceFinding:
    """An index with what its first child came to."""
    known = {c.url for c in first.articles}
    return replace(
        first,
        fate=first.fate if first.articles else more.fate,
        articles=(*first.articles, *(c for c in more.articles if c.url not in known)),
        listed=first.listed + more.listed,
        dated=first.dated + more.dated,
        detail=" ".join(filter(None, (first.detail, more.detail))),
        whole=False,
    )


def by_worth(findings: Iterable[SourceFinding]) -> list[SourceFinding]:
    """The best first; what does not work stands last."""
    return sorted(findings, key=lambda f: (not f.works, f.rank, f.named_by in GUESSES))


def choose_sources(findings: Iterable[SourceFinding]) -> tuple[Source, ...]:
    """What the site's file should name, in order of preference: the best of what works, one to fall back on, and what lists
    articles that the others do not. A long sitemap without dates beside better sources is an archive."""
    chosen: list[SourceFinding] = []
    known: set[str] = set()
    for finding in by_worth(f for f in findings if f.works):
        addresses = {canonical_url(c.url) for c in finding.articles}
        if len(chosen) < MOST_CHOSEN and _is_wanted(finding, len(addresses - known), len(known), chosen):
            chosen.append(_as_archive(finding) if any(f.rank < 5 for f in chosen) else finding)
            known |= addresses
    return tuple(f.source for f in chosen)


def _is_wanted(finding: SourceFinding, new: int, known: int, chosen: Sequence[SourceFinding]) -> bool:
    """new: articles that only this one lists, of `known` that the chosen ones do."""
    if not chosen:
        return True
    if isinstance(finding.source, Sitemap) and finding.rank == 5:
        return new > 0 and not any(f.rank == 5 for f in chosen)
    if not isinstance(finding.source, Listing):
        return new > 0 or len(chosen) < ENOUGH_SOURCES
    languages = {f.source.language for f in chosen}
    speaks_for_more = new * 2 >= known or (new > 0 and finding.source.language not in languages)
    return speaks_for_more or (len(chosen) < ENOUGH_SOURCES)


def _as_archive(finding: SourceFinding) -> SourceFinding:
    long = isinstance(finding.source, Sitemap) and (not finding.whole or finding.listed > LONG_SITEMAP)
    return replace(finding, source=replace(finding.source, archive=True)) if long and finding.rank == 5 else finding
