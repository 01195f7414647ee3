"""Visits of weeks that never took place, as the tables would tell them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from newscrawl.crawl.history import Hindsight, History, judge_by_history
from newscrawl.crawl.visit import PageNotes, Visit
from newscrawl.page import Fate
from newscrawl.site import Feed, Listing, Site
from newscrawl.store.measures import Measures, PastVisit

NOW = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)  # a Thursday
HOUR = timedelta(hours=1)
FEED = "https://vesti.example/feed"
SITE = Site(
    name="vesti_example",
    home="https://vesti.example/",
    timezone="Asia/Almaty",
    sources=(Feed(url=FEED), Listing(url="https://vesti.example/news/")),
)
Rate = Callable[[datetime], dict[str, int]]


def evenly(**languages: int) -> Rate:
    """So many new articles in each visit."""
    return lambda _: languages


def past_visit(at: datetime, *, verdict: str = "healthy", complete: bool = True, **measured: object) -> PastVisit:
    """One earlier visit."""
    return PastVisit(ended_at=at, verdict=verdict, complete=complete, measures=Measures(**measured))  # type: ignore[arg-type]


def hourly(rate: Rate, *, days: float = 42, until: datetime = NOW, low: Sequence[str] | None = None) -> list[PastVisit]:
    """A visit an hour, up to an hour before; each read ten pages. low: what the last of them found too few of."""
    begun = until - timedelta(days=days)
    hours = round((until - begun) / HOUR)
    whole = {"pages": 10, "with_text": 10, "with_date": 10, "with_author": 9}
    visits = [past_visit(begun + HOUR * n, fresh=rate(begun + HOUR * n), **whole) for n in range(hours)]
    if low is not None:
        last = visits.pop()
        visits.append(past_visit(last.ended_at, fresh=last.measures.fresh, low=tuple(low), **whole))
    return visits


def hindsight(
    past: Sequence[PastVisit],
    fresh: dict[str, int] | None = None,
    *,
    visit: Visit | None = None,
    whole: bool = True,
    others: Sequence[Sequence[PastVisit]] = (),
    site: Site = SITE,
) -> Hindsight:
    """What a visit now comes to after those; unless another is given, it read its source and stored what is fresh."""
    now = visit or Visit(site="vesti_example")
    now.sources[Fate.LISTING] += 1
    if fresh is not None:
        now.pages = PageNotes(with_text=9, with_date=9, with_author=8)
        now.pages.fresh.update(fresh)
    history = History(past=past, first_at=past[0].ended_at if past else None, others=lambda: others)
    return judge_by_history(now, site, history, NOW, whole=whole)
