"""The constants by which sites are judged -> for each verdict, in words, from when on it is given."""

from datetime import timedelta

from newscrawl.crawl import health, history, normal
from newscrawl.crawl.verdicts import Verdict


def thresholds() -> dict[Verdict, str]:
    """When each verdict is given, for people: the page of verdicts is made from it."""
    majority = (
        f"more than {health.SHARE_THAT_CONDEMNS:.0%} of the sources, or of at least {health.FEWEST_PAGES} article pages"
    )
    return {
        Verdict.HEALTHY: "None of the below, and something was stored or updated.",
        Verdict.NEW: "None of the below, in the first visit.",
        Verdict.QUIET: "None of the below, and nothing was stored or updated.",
        Verdict.BLOCKED: f"In one visit: {majority} answer so, or the host wants to be left alone for {_span(health.PAUSE_THAT_BLOCKS)} or longer.",
        Verdict.THROTTLED: "In one visit: as for blocked, or the host wants to be left alone for longer than NEWSCRAWL_RETRY_AFTER_MAX_S.",
        Verdict.DOWN: "In one visit: as for blocked, or robots.txt cannot be had, or 503 came until the host was left alone.",
        Verdict.SILENT: _silent(),
        Verdict.LAYOUT_BROKEN: _layout_broken(majority),
        Verdict.SOURCE_DEAD: (
            f"A source of the site's file has failed in all visits of {_span(history.SOURCE_DEAD_AFTER)}, whatever the other sources "
            "gave; at once when no source can be read, or none is named."
        ),
        Verdict.NEEDS_JAVASCRIPT: f"In one visit: {majority} answer so.",
        Verdict.CLOCK_WRONG: _clock_wrong(),
    }


def _silent() -> str:
    windows = ", ".join(_span(window) for window in normal.WINDOWS)
    return (
        f"In the second whole visit in a row that finds, in one of the last {windows}, less than {normal.SHARE_OF_NORMAL:.0%} of the "
        f"normal and fewer than the median minus {normal.DEVIATIONS:g} deviations. Normal are the same hours of the same weekday in "
        f"the last {normal.WEEKS_COMPARED} weeks; the deviation is {normal.MAD_TO_DEVIATION} times their MAD, the root of the median at "
        f"least. While fewer than {normal.FEWEST_WEEKS} weeks are known, the leanest day counts as normal; in the first "
        f"{_span(normal.FIRST_WEEK)} there is no verdict. What is judged is all articles that were published less than "
        f"two days before, and those of each language. None while the window holds a visit in trouble; none when the other sites "
        f"together are under {history.HOLIDAY_SHARE:.0%} of their normal, too (a holiday: said once for the run)."
    )


def _layout_broken(majority: str) -> str:
    fewest = history.FEWEST_PAGES_COMPARED
    return (
        f"In one visit: {majority} hold no article, or more than {health.SHARE_OF_COPIES:.0%} of at least {health.FEWEST_COPIES} pages "
        f"show a text that another has. Or against the site's history of {history.FEWEST_KNOWN_PAGES} pages or more: the share of pages "
        f"with a text (of the latest {fewest['text']}), a date ({fewest['date']}) or an author ({fewest['author']}) is under "
        f"{history.SHARE_THAT_IS_LEFT:.0%} of what it was, and by chance so low less than once in {1 / history.CHANCE:.0f} times."
    )


def _clock_wrong() -> str:
    ahead, behind = (timedelta(seconds=s) for s in (history.CLOCK_MAY_BE_AHEAD_S, history.CLOCK_MAY_BE_BEHIND_S))
    return (
        f"In one visit: the server's clock is more than {_span(ahead)} ahead of this machine's or {_span(behind)} behind, or more than "
        f"half of the articles, and at least {history.FEWEST_FUTURE_PAGES}, have no other date than one that lies ahead."
    )


def _span(span: timedelta) -> str:
    if span >= timedelta(days=2):
        return f"{span.days} days"
    return f"{span.total_seconds() / 3600:g} h" if span >= timedelta(hours=1) else f"{span.total_seconds() / 60:g} min"
