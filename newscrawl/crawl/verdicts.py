"""The closed list of verdicts on a site -> what each means, from when on it is given, and whether the site counts as well."""

from enum import StrEnum

from newscrawl.page import Fate


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
    Verdict.SILENT: "The site, or one of its languages, publishes less than is normal for it.",
    Verdict.LAYOUT_BROKEN: "Pages answer but hold no article, date or author that can be read: the site was probably redesigned.",
    Verdict.SOURCE_DEAD: "A source of the site has failed for a week, or none can be read, so that news are missed.",
    Verdict.NEEDS_JAVASCRIPT: "Pages are empty frames that only a browser fills.",
    Verdict.CLOCK_WRONG: "The site's dates lie in the future, or its clock and this machine's differ.",
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
