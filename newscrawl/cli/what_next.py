"""A fate, or a verdict -> what happens next, or what a person can do: the times come from the store's schedule, so that nobody
has to keep two lists."""

from collections.abc import Iterable
from datetime import timedelta

from newscrawl.crawl.verdicts import Verdict
from newscrawl.page import OPEN_FATES, Fate
from newscrawl.store.fates import LIVE_FATES
from newscrawl.store.removal import LOOK_AGAIN_AFTER, MISSING_FATES
from newscrawl.store.schedule import RETRIED_FATES, RETRY_AFTER, REVISIT_AGES

NEXT_VISIT = "it is fetched in the site's next visit"
NOTHING = "nothing: it is not asked for again by itself (to fetch it, crawl with -a urls=FILE)"


def next_for_row(row: dict[str, str | None]) -> str:
    """What happens next to an address, by its row in table `urls`."""
    fate = Fate(row["fate"] or "")
    if row["kind"] == "source":
        return "it is asked in each visit"
    if fate is Fate.QUEUED and row["due_at"]:  # its host asked to be left alone
        return f"{NEXT_VISIT} from {row['due_at']} on"
    if fate in OPEN_FATES:
        return NEXT_VISIT
    if row["due_at"]:
        return f"it is asked for again from {row['due_at']} on"
    if fate is Fate.ROBOTS:
        return "nothing: newscrawl keeps to robots.txt"
    if fate in RETRIED_FATES:
        return f"{NOTHING}; it failed {row['tries']} times in a row"
    if fate in {Fate.OUT_OF_RANGE, Fate.OVER_LIMIT}:
        return f"{next_for_fate(fate)}, or by -a urls=FILE"
    if fate in LIVE_FATES:
        return f"nothing: it is old enough to be left alone ({_spans(REVISIT_AGES[-1:])})"
    return NOTHING


def next_for_fate(fate: Fate) -> str:
    """What happens next to an article's address with that fate, as a rule."""
    if fate in OPEN_FATES:
        return NEXT_VISIT
    if fate in RETRIED_FATES:
        return f"it is tried again after {_spans(RETRY_AFTER)}, then given up"
    if fate in LIVE_FATES:
        return f"it is looked at again at the age of {_spans(REVISIT_AGES)}"
    if fate is Fate.OUT_OF_RANGE:
        return "it is fetched by a crawl with a wider window, or without one, that lists it again"
    if fate is Fate.OVER_LIMIT:
        return "it is fetched by a crawl with since or until that lists it again"
    if fate is Fate.ROBOTS:
        return "nothing while the file forbids it; where the file could not be had, the address is asked for again in half an hour"
    if fate in MISSING_FATES:
        return f"a stored article is looked for again after {_spans(LOOK_AGAIN_AFTER)}; anything else is not asked for again by itself"
    return "nothing, by itself"


def next_for_verdict(verdict: Verdict) -> str:
    """The next step that a person can take; "" when there is none to take."""
    return _STEPS.get(verdict, "")


_STEPS = {
    Verdict.BLOCKED: "Open the site in a browser. If it answers there, write to its owner with the contact that is set in "
    "NEWSCRAWL_CONTACT; newscrawl does not get round a block.",
    Verdict.THROTTLED: "Nothing: it is asked again when the pause ends. If it happens often, raise delay_s in the site's file.",
    Verdict.DOWN: "Open the site in a browser, from another network too. When all sites are down, look at this machine's network.",
    Verdict.SILENT: "Look whether the site publishes elsewhere (a new section, a new feed); add the source to the site's file.",
    Verdict.LAYOUT_BROKEN: "`newscrawl extract --explain URL` on a new article; then an override in the site's file.",
    Verdict.SOURCE_DEAD: "Look for the site's new feed or list, and write it into the site's file in the dead one's place.",
    Verdict.NEEDS_JAVASCRIPT: "Look for a feed, a sitemap or an address that shows the text without scripts.",
    Verdict.CLOCK_WRONG: "Check this machine's clock first (`date -u`), then the timezone in the site's file.",
}


def _spans(spans: Iterable[timedelta]) -> str:
    words = [f"{span.days} days" if span.days > 1 else f"{span.total_seconds() / 3600:g} h" for span in spans]
    return " and ".join(", ".join(words).rsplit(", ", 1))
