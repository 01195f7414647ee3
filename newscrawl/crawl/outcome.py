"""What came of each site in a run -> the run's exit code, and what of it a person is told.

A site counts by its verdict when a person has verified it (`verified_on`), when it is private (the demo's, a test's), or when
it was named on the command line. Nobody has verified the other ones: their trouble may be a mistake in their file, from the
first day on, and must not make every run a failed one for ever. So it counts in the run in which it begins or changes, and is
told then; while it stays as it is, it is told again once a day and does not count. One thing overrides that: where no site
at all is well, the run ends with 4, whoever was verified; a crawler that is blocked everywhere must not end with 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.crawl.health import WELL, Verdict, Visit
from newscrawl.crawl.locks import LOCK_HELD_EXIT_CODE


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What came of one site in one run: its verdict and the line that tells it; `visit` None: it was not visited.

    counts_always: whether its trouble counts however long it lasts; before, before_at: the last visit's verdict and end;
    cut_short: why its visit ended with work left, or did not begin; held: another process is crawling it.
    """

    name: str
    verdict: Verdict | None
    line: str
    visit: Visit | None = None
    counts_always: bool = True
    before: str | None = None
    before_at: datetime | None = None
    cut_short: str = ""
    held: bool = False

    @property
    def is_trouble(self) -> bool:
        """Whether something is wrong: an unhealthy site, or one that could not be visited at all."""
        if self.verdict is None:
            return not self.cut_short
        return self.verdict not in WELL or (self.visit is not None and self.visit.internal_error)

    @property
    def is_old_news(self) -> bool:
        """Whether this is trouble of a site that nobody has verified, and the same as on its last visit."""
        failed = self.visit is not None and self.visit.internal_error
        return self.is_trouble and not self.counts_always and not failed and self.before == self.verdict

    def is_told_today(self, now: datetime) -> bool:
        """Whether old news were told already on this day (in UTC)."""
        return self.is_old_news and self.before_at is not None and self.before_at.date() == now.date()


@dataclass(slots=True)
class RunOutcome:
    """A run as a whole, with the exit code that its command ends with. ended_by: the deadline's words, where it ended the run."""

    sites: list[SiteOutcome] = field(default_factory=list)
    exit_code: int = 0
    ended_by: str = ""

    @property
    def unfinished(self) -> list[str]:
        """The sites that have work left for the next run."""
        return [site.name for site in self.sites if site.cut_short]


def run_exit_code(
    sites: Sequence[SiteOutcome], *, broken: bool, well_otherwise: bool, well_elsewhere: bool = False
) -> int:
    """0 all well, 1 an internal error, 3 some sites unhealthy, 4 all of them, 75 others are crawling all of them.

    broken: whether files of sites are; well_otherwise: whether there are sound files beside them; well_elsewhere: whether a
    site that is not due was well when it was last visited.
    """
    visited = [site for site in sites if site.visit is not None and site.verdict is not None]
    if any(site.visit is not None and site.visit.internal_error for site in visited):
        return 1
    if sites and all(site.held for site in sites):
        return LOCK_HELD_EXIT_CODE
    well = any(site.verdict in WELL for site in visited)
    if broken:
        return 3 if well or (not visited and well_otherwise) else 4
    if not any(site.is_trouble for site in visited):
        return 0
    if any(site.is_trouble and not site.is_old_news for site in visited):
        return 3 if well else 4
    return 0 if well or well_elsewhere else 4


def unverified_line(sites: Iterable[SiteOutcome]) -> str:
    """`not verified yet, in trouble as before: a_kz (blocked), b_kz (down)`."""
    named = ", ".join(f"{site.name} ({site.verdict})" for site in sites)
    return f"not verified yet, in trouble as before: {named}"
