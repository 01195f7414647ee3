"""What a visit to a site came to -> its verdict, in words why, and the exit code of a run.

A visit is judged by itself first; what only a history of visits shows (`newscrawl.crawl.history`) is asked when nothing speaks
against it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from newscrawl.crawl.history import Hindsight, History, judge_by_history
from newscrawl.crawl.verdicts import TROUBLE_FATES, WELL, Verdict
from newscrawl.crawl.visit import Visit
from newscrawl.page import KEPT_FATES, Fate
from newscrawl.site import Site

__all__ = [
    "SOURCE_WORKED", "TROUBLE_FATES", "WELL", "Verdict", "Visit", "exit_code", "judge", "judge_in_time", "kept", "run_remark",
]  # fmt: skip

# Half of what was asked for: one forbidden section or one slow page is no verdict on a site.
SHARE_THAT_CONDEMNS = 0.5
# In a quiet hour one bad page is all there is.
FEWEST_PAGES = 3
# A site that shows one text under every address: wire texts are copies too, but never nearly all of a site.
SHARE_OF_COPIES, FEWEST_COPIES = 0.8, 20
# Who asks for so much patience does not want to be asked again: ten years have been seen.
PAUSE_THAT_BLOCKS = timedelta(days=7)
SOURCE_WORKED = frozenset({Fate.LISTING, Fate.NOT_MODIFIED})
# Fates that are no answer of the site to a request of this visit.
NOT_ASKED = frozenset({Fate.OUT_OF_RANGE, Fate.OVER_LIMIT, Fate.FILTERED, Fate.OFFSITE, Fate.QUEUED, Fate.REDIRECTED})
# What a host answered before it was left alone, as the pause itself words it: 503 is a server in trouble, 429 one that is asked too often.
_PAUSED_BY_FAILURE = re.compile(r" answered 5[0-9][0-9] ")


def judge_in_time(visit: Visit, site: Site, history: History, now: datetime, *, whole: bool) -> Hindsight:
    """Judge a visit that is over, by itself and by the site's history; the verdict stays with the visit (`judge`)."""
    visit.judged = None
    verdict, why = judge(visit)
    hindsight = judge_by_history(visit, site, history, now, whole=whole and verdict in WELL)
    if verdict in WELL:
        verdict, why = hindsight.judgement or (verdict, hindsight.remark or why)
        visit.remark, visit.holiday = hindsight.remark, hindsight.holiday
    visit.judged = (verdict, why)
    return hindsight


def judge(visit: Visit) -> tuple[Verdict, str]:
    """The verdict on a visit and, in words, why: the one that its history has led to, else what the visit itself shows."""
    if visit.judged:
        return visit.judged
    if visit.paused:
        return _judge_pause(visit), visit.paused
    if visit.sourceless:
        return Verdict.SOURCE_DEAD, "the site's file names no source"
    if visit.sources and not any(visit.sources[fate] for fate in SOURCE_WORKED):
        if visit.kept_out:
            return Verdict.DOWN, visit.kept_out
        return _trouble(visit.sources, "sources") or (
            Verdict.SOURCE_DEAD,
            f"no source could be read: {_told(visit.sources)}",
        )
    return _judge_pages(visit)


def _judge_pause(visit: Visit) -> Verdict:
    if visit.paused_for >= PAUSE_THAT_BLOCKS:
        return Verdict.BLOCKED
    return Verdict.DOWN if _PAUSED_BY_FAILURE.search(visit.paused) else Verdict.THROTTLED


def _judge_pages(visit: Visit) -> tuple[Verdict, str]:
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


def run_remark(visits: Iterable[Visit]) -> str:
    """What is said once for a run instead of once a site: "" when there is nothing of that kind."""
    quiet = sorted(visit.site for visit in visits if visit.holiday)
    if not quiet:
        return ""
    return f"{', '.join(quiet)}: fewer articles than normal, on the other sites too: a holiday, most likely"


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
