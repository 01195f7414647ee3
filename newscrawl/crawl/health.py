"""What a visit to a site came to -> its verdict, one line, and the exit code of a run.

Verdicts that need a history of runs (silent, layout_broken, source_dead, clock_wrong) are not given on one visit alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from newscrawl.page import KEPT_FATES, Fate

# Half of what was asked for: one forbidden section or one slow page is no verdict on a site.
SHARE_THAT_CONDEMNS = 0.5
# In a quiet hour one bad page is all there is.
FEWEST_PAGES = 3
# A site that shows one text under every address: wire texts are copies too, but never nearly all of a site.
SHARE_OF_COPIES, FEWEST_COPIES = 0.8, 20


class Verdict(StrEnum):
    """The state of a site, as one word."""

    HEALTHY = "healthy"
    NEW = "new"
    QUIET = "quiet"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    DOWN = "down"
    SILENT = "silent"
    LAYOUT_BROKEN = "layout_broken"
    SOURCE_DEAD = "source_dead"
    NEEDS_JAVASCRIPT = "needs_javascript"
    CLOCK_WRONG = "clock_wrong"

    @property
    def meaning(self) -> str:
        """The verdict in one sentence, for people."""
        return _MEANINGS[self]


_MEANINGS: dict[Verdict, str] = {
    Verdict.HEALTHY: "Sources and pages were read, and there was something new.",
    Verdict.NEW: "The first visit, and nothing speaks against the site; what is normal for it is not known yet.",
    Verdict.QUIET: "Sources and pages were read, and there was nothing new.",
    Verdict.BLOCKED: "The site refuses us: 403 and the like, a test for robots, a login, a wall of consent, its robots.txt.",
    Verdict.THROTTLED: "The site says that it is asked too often (429).",
    Verdict.DOWN: "The site does not answer as it should: 5xx, no address, no connection, no answer in time, rubbish.",
    Verdict.SILENT: "The site lists less than is normal for it.",
    Verdict.LAYOUT_BROKEN: "Pages answer but hold no article that can be read: the site was probably redesigned.",
    Verdict.SOURCE_DEAD: "No source of the site can be read (gone, empty, unreadable), so nothing new can be found.",
    Verdict.NEEDS_JAVASCRIPT: "Pages are empty frames that only a browser fills.",
    Verdict.CLOCK_WRONG: "The site's dates lie in the future, or the machine's clock is wrong.",
}

WELL = frozenset({Verdict.HEALTHY, Verdict.NEW, Verdict.QUIET})

# Which fates speak for which trouble, in the order in which they are believed.
TROUBLE_FATES: tuple[tuple[Verdict, frozenset[Fate]], ...] = (
    (Verdict.BLOCKED, frozenset({Fate.BLOCKED, Fate.CHALLENGE, Fate.CONSENT, Fate.LOGIN, Fate.ROBOTS})),
    (Verdict.THROTTLED, frozenset({Fate.THROTTLED})),
    (
        Verdict.DOWN,
        frozenset(
            {Fate.SERVER_ERROR, Fate.TIMEOUT, Fate.DNS_ERROR, Fate.CONNECT_ERROR, Fate.BAD_RESPONSE, Fate.UNSAFE}
        ),
    ),
    (Verdict.NEEDS_JAVASCRIPT, frozenset({Fate.APP_SHELL})),
    (Verdict.LAYOUT_BROKEN, frozenset({Fate.LISTING, Fate.EMPTY, Fate.READ_ERROR, Fate.ERROR_PAGE, Fate.SOFT_404})),
)
SOURCE_WORKED = frozenset({Fate.LISTING, Fate.NOT_MODIFIED})


@dataclass(slots=True)
class Visit:
    """One visit to one site: fates of its sources, of article addresses, of those refused when they were listed and of those that
    failed again (`retried`); whether it began at all; what ended it before its time; which host asked to be left alone, and until when (`paused`); whether there was no source to ask
    (`sourceless`); why a host's robots.txt could not be had, without which nothing is asked (`kept_out`)."""

    site: str
    first: bool = False
    sources: Counter[Fate] = field(default_factory=Counter)
    articles: Counter[Fate] = field(default_factory=Counter)
    refused: Counter[Fate] = field(default_factory=Counter)
    retried: Counter[Fate] = field(default_factory=Counter)
    begun: bool = False
    problem: str | None = None
    internal_error: bool = False
    paused: str = ""
    sourceless: bool = False
    kept_out: str = ""

    @property
    def stored(self) -> int:
        """Articles that this visit stored for the first time."""
        return self.articles[Fate.STORED]


def judge(visit: Visit) -> tuple[Verdict, str]:
    """The verdict on a visit and, in words, why."""
    if visit.paused:
        return Verdict.THROTTLED, visit.paused
    if visit.sourceless:
        return Verdict.SOURCE_DEAD, "the site's file names no source"
    if visit.sources and not any(visit.sources[fate] for fate in SOURCE_WORKED):
        if visit.kept_out:
            return Verdict.DOWN, visit.kept_out
        return _trouble(visit.sources, "sources") or (
            Verdict.SOURCE_DEAD,
            f"no source could be read: {_told(visit.sources)}",
        )
    asked = Counter({f: n for f, n in visit.articles.items() if f not in NOT_ASKED})
    # A section that robots.txt keeps for itself is no block, unless there is nothing else.
    asked = Counter({f: n for f, n in asked.items() if f is not Fate.ROBOTS}) or asked
    enough = visit.first or sum(asked.values()) >= FEWEST_PAGES
    trouble = (_trouble(asked, "article pages") if enough else None) or _one_text(asked)
    if trouble:
        return trouble
    if visit.first:
        return Verdict.NEW, "first visit"
    if not visit.stored and not visit.articles[Fate.UPDATED]:
        return Verdict.QUIET, "nothing new"
    return Verdict.HEALTHY, ""


# Fates that are no answer of the site to a request of this visit.
NOT_ASKED = frozenset({Fate.OUT_OF_RANGE, Fate.OVER_LIMIT, Fate.FILTERED, Fate.OFFSITE, Fate.QUEUED, Fate.REDIRECTED})


def _one_text(fates: Mapping[Fate, int]) -> tuple[Verdict, str] | None:
    copies, total = fates.get(Fate.COPY, 0), sum(fates.values())
    if copies < FEWEST_COPIES or copies <= SHARE_OF_COPIES * total:
        return None
    return Verdict.LAYOUT_BROKEN, f"{copies} of {total} article pages hold a text that another one has"


def _trouble(fates: Mapping[Fate, int], of_what: str) -> tuple[Verdict, str] | None:
    total = sum(fates.values())
    if not total:
        return None
    for verdict, speaking in TROUBLE_FATES:
        count = sum(fates.get(fate, 0) for fate in speaking)
        if count > SHARE_THAT_CONDEMNS * total or (count == total and count):
            told = Counter({f: n for f, n in fates.items() if f in speaking})
            return verdict, f"{count} of {total} {of_what}: {_told(told)}"
    return None


def _told(fates: Mapping[Fate, int]) -> str:
    return ", ".join(f"{fate} {count}" for fate, count in Counter(fates).most_common())


def exit_code(verdicts: Iterable[Verdict], internal_error: bool = False) -> int:
    """0 all healthy, 1 an internal error, 3 some sites unhealthy, 4 all of them."""
    if internal_error:
        return 1
    well = [verdict in WELL for verdict in verdicts]
    if all(well):
        return 0
    return 3 if any(well) else 4


def kept(articles: Mapping[Fate, int]) -> int:
    """How many addresses ended as an article that is in the table."""
    return sum(articles.get(fate, 0) for fate in KEPT_FATES)
