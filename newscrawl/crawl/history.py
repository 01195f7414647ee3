"""A visit that went well, and the ones before it -> what only a history shows: silent, layout_broken, source_dead, clock_wrong."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import comb

from newscrawl.crawl.normal import DAY, WEEK, WEEKS_COMPARED, Series, Volume, judged_windows, volume_in
from newscrawl.crawl.verdicts import WELL, Verdict
from newscrawl.crawl.visit import Visit
from newscrawl.site import Site, Source, WordPress
from newscrawl.store.measures import NO_LANGUAGE, Measures, PastVisit, first_visit_at, other_sites, past_visits

Judgement = tuple[Verdict, str]
# How far back a visit looks: the weeks that are compared, and the longest window once more.
LOOK_BACK = WEEK * (WEEKS_COMPARED + 1) + DAY
ALL = "*"
# A source may be away for a night or a week-end without anybody having moved it.
SOURCE_DEAD_AFTER = timedelta(days=7)
# A clock without NTP drifts by seconds a week; a wrong zone is off by half an hour at least. Of a server that is behind us nothing
# is believed that a cache explains, which hands out the date of the hour in which it was filled.
CLOCK_MAY_BE_AHEAD_S, CLOCK_MAY_BE_BEHIND_S = 600.0, 7_200.0
FEWEST_FUTURE_PAGES = 3
# A share of pages is compared when so many were read before it, over so many pages of the latest visits of a day.
FEWEST_KNOWN_PAGES = 30
FEWEST_PAGES_COMPARED = {"text": 3, "date": 5, "author": 12}
SHARES_COMPARED_OVER = DAY
# Half of what it was, and by chance less often than once in a thousand visits.
SHARE_THAT_IS_LEFT, CHANCE = 0.5, 0.001
# No site is so even that each page has all: with certainty on one side a single odd page would count as proof.
MOST_EVEN, LEAST_WORTH = 0.95, 0.3
MOST_WEIGHED = 200  # more pages prove nothing more, and their binomials leave the range of floats
# The other sites together publish less than half of their normal: that is no fault of this one.
HOLIDAY_SHARE, FEWEST_OTHERS, FEWEST_OTHERS_NORMAL = 0.5, 2, 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known before the visit: earlier visits, the earliest first; when the first one ended; `others`: the visits to the
    other sites, each site's by itself, asked for only when they are needed."""

    past: Sequence[PastVisit] = ()
    first_at: datetime | None = None
    others: Callable[[], Sequence[Sequence[PastVisit]]] = field(default=lambda: ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindsight:
    """The visit's measures, completed; the verdict that only the history gives, if any; what is to be told although the site counts
    as well (`remark`); whether a holiday begins with it."""

    measures: Measures
    judgement: Judgement | None = None
    remark: str = ""
    holiday: bool = False


def history_of(connection: sqlite3.Connection, site: str, now: datetime) -> History:
    """The history of a site, as the tables tell it; to be used while the connection's transaction lasts."""

    def others() -> list[list[PastVisit]]:
        return [past_visits(connection, [other], now - LOOK_BACK) for other in other_sites(connection, site)]

    return History(
        past=past_visits(connection, [site], now - LOOK_BACK),
        first_at=first_visit_at(connection, site),
        others=others,
    )


def judge_by_history(visit: Visit, site: Site, history: History, now: datetime, *, whole: bool) -> Hindsight:
    """What earlier visits show of this one. whole: it walked all sources to their end, so that what is missing was not published."""
    failing = _failing_since(visit, site, history.past, now)
    measures = replace(visit.measures(), failing=failing)
    low = _low_volumes(measures, site, history, now) if whole else None
    measures = replace(measures, low=None if low is None else tuple(sorted(low)))
    found = _clock(visit) or _layout(measures, history.past, now) or _dead_source(visit, failing, now)
    if found:
        return Hindsight(measures=measures, judgement=found)
    lasting = {name: volume for name, volume in (low or {}).items() if name in _low_before(history.past)}
    if lasting and _is_holiday(lasting, site, history, now):
        told = f"{_told_low(lasting, low or {})}, as on the other sites"
        begins = not set(lasting) & set(_low_before(history.past, visits=2))
        return Hindsight(measures=measures, remark=told, holiday=begins)
    if lasting:
        return Hindsight(measures=measures, judgement=(Verdict.SILENT, _told_low(lasting, low or {})))
    return Hindsight(measures=measures, remark=_told_failing(visit, failing))


# --- silent -------------------------------------------------------------------------------------------------------


def _low_volumes(measures: Measures, site: Site, history: History, now: datetime) -> dict[str, Volume] | None:
    """What is fewer than normal: a language, or all. None when nothing can be said yet."""
    if history.first_at is None:
        return None
    told = [(past.ended_at, past.measures.fresh) for past in history.past] + [(now, measures.fresh)]
    names = {ALL, *(language for _, fresh in told for language in fresh if language != NO_LANGUAGE)}
    low: dict[str, Volume] = {}
    judged = False
    for name in names:
        series = Series((at, sum(fresh.values()) if name == ALL else fresh.get(name, 0)) for at, fresh in told)
        for volume in judged_windows(series, now, history.first_at, site.every):
            if _in_trouble(history.past, now - volume.window):
                continue  # what was missed while the site was away is no silence
            judged = True
            if volume.is_low:
                low[name] = volume
                break
    return low if judged or low else None


def _in_trouble(past: Sequence[PastVisit], since: datetime) -> bool:
    fine = {*WELL, Verdict.SILENT}
    return any(visit.ended_at > since and visit.verdict not in fine for visit in past)


def _low_before(past: Sequence[PastVisit], visits: int = 1) -> tuple[str, ...]:
    """What the last visit that could judge it (or the second last) found too few of: one visit alone raises no alarm."""
    judged = [visit.measures.low for visit in past[-24:] if visit.measures.low is not None]
    return judged[-visits] if len(judged) >= visits else ()


def _is_holiday(lasting: dict[str, Volume], site: Site, history: History, now: datetime) -> bool:
    """Whether the other sites together are as low in the same hours."""
    window = max(volume.window for volume in lasting.values())
    volumes = []
    for visits in filter(None, history.others()):
        series = Series((visit.ended_at, sum(visit.measures.fresh.values())) for visit in visits)
        # Up to its own last visit: in this run its turn may be still to come.
        last = visits[-1].ended_at
        volume = volume_in(series, last + site.every / 2, window, visits[0].ended_at) if now - last < window else None
        volumes += [volume] if volume else []
    normal = sum(volume.normal for volume in volumes)
    if len(volumes) < FEWEST_OTHERS or normal < FEWEST_OTHERS_NORMAL:
        return False
    return sum(volume.count for volume in volumes) < HOLIDAY_SHARE * normal


def _told_low(lasting: dict[str, Volume], low: dict[str, Volume]) -> str:
    told = {ALL: lasting[ALL]} if ALL in lasting else lasting
    parts = [
        f"{'' if name == ALL else f'{name}: '}{v.count} new in the last {_span(v.window)}, normally {v.normal:g}"
        for name, v in sorted(told.items())
    ]
    return "; ".join(parts) + ("" if ALL in low else "; other languages go on")


def _span(window: timedelta) -> str:
    return f"{window.days} days" if window > DAY else f"{window.total_seconds() / 3600:g} h"


# --- layout_broken ------------------------------------------------------------------------------------------------


def _layout(measures: Measures, past: Sequence[PastVisit], now: datetime) -> Judgement | None:
    """Whether the share of pages with text, date or author fell against the site's own history."""
    recent = [visit.measures for visit in past if now - visit.ended_at < SHARES_COMPARED_OVER]
    for what, fewest in FEWEST_PAGES_COMPARED.items():
        pages, having = _parts(measures, what)
        used = len(past)
        for earlier in reversed(recent):
            if pages >= fewest:
                break
            more, of_those = _parts(earlier, what)
            pages, having, used = pages + more, having + of_those, used - 1
        known = [_parts(visit.measures, what) for visit in past[:used] if visit.verdict in WELL]
        known_pages = sum(page for page, _ in known)
        if pages < fewest or known_pages < FEWEST_KNOWN_PAGES:
            continue
        share = sum(have for _, have in known) / known_pages
        if (
            share >= LEAST_WORTH
            and having / pages < SHARE_THAT_IS_LEFT * share
            and _chance(having, pages, share) < CHANCE
        ):
            return Verdict.LAYOUT_BROKEN, f"{having} of {pages} article pages have {_WORDS[what]}, normally {share:.0%}"
    return None


_WORDS = {"text": "a text", "date": "a date", "author": "an author"}


def _parts(measures: Measures, what: str) -> tuple[int, int]:
    if what == "text":
        return measures.pages, measures.with_text
    return measures.with_text, measures.with_date if what == "date" else measures.with_author


def _chance(having: int, pages: int, share: float) -> float:
    """How likely so few or fewer are, when nothing has changed (the binomial distribution's tail)."""
    p = min(share, MOST_EVEN)
    if pages > MOST_WEIGHED:
        having, pages = having * MOST_WEIGHED // pages, MOST_WEIGHED
    return sum(comb(pages, k) * p**k * (1 - p) ** (pages - k) for k in range(having + 1))


# --- source_dead and clock_wrong ----------------------------------------------------------------------------------


def _failing_since(visit: Visit, site: Site, past: Sequence[PastVisit], now: datetime) -> dict[str, datetime]:
    """The sources of the site's file that failed, each since when; of one that was not asked, what is known stays."""
    before = past[-1].measures.failing if past else {}
    failed, worked = set(visit.failed_sources), visit.worked_sources
    return {
        source.url: before.get(source.url, now)
        for source in site.sources
        if _is_among(source, failed) or (source.url in before and not _is_among(source, worked))
    }


def _is_among(source: Source, asked: Iterable[str]) -> bool:
    # A page of a day may be missing while there is no news of that day; a WordPress source begins at an address below its own.
    below = isinstance(source, WordPress)
    return any(url == source.url or (below and url.startswith(source.url)) for url in asked)


def _dead_source(visit: Visit, failing: dict[str, datetime], now: datetime) -> Judgement | None:
    dead = {url: since for url, since in failing.items() if now - since >= SOURCE_DEAD_AFTER}
    return (Verdict.SOURCE_DEAD, _told_failing(visit, dead)) if dead else None


def _told_failing(visit: Visit, failing: dict[str, datetime]) -> str:
    return "; ".join(
        f"source {url} fails since {since:%Y-%m-%d %H:%M} ({_how(visit, url)})" for url, since in failing.items()
    )


def _how(visit: Visit, source: str) -> str:
    return next(
        (str(fate) for url, fate in visit.failed_sources.items() if url.startswith(source)), "not asked this time"
    )


def _clock(visit: Visit) -> Judgement | None:
    off_s, pages = visit.clock_off_s, visit.pages
    if off_s is not None and not -CLOCK_MAY_BE_BEHIND_S <= off_s <= CLOCK_MAY_BE_AHEAD_S:
        way = "ahead of" if off_s > 0 else "behind"
        return Verdict.CLOCK_WRONG, f"the server's clock is {abs(off_s) / 60:.0f} min {way} this machine's"
    if pages.future >= FEWEST_FUTURE_PAGES and pages.future > pages.with_text / 2:
        return Verdict.CLOCK_WRONG, f"{pages.future} of {pages.with_text} articles are dated in the future"
    return None
