"""A site's sources and what each page of them brought -> the source page to ask for next, and why others are not asked.

everything is asked for ........ in order of preference, each source to its end (`since`, `until`, `again`, a first visit,
                                 one after a visit that broke off)
an hourly visit ................ the preferred source, then what was not asked for the longest time; after a few requests
                                 that brought nothing new the hour is quiet and ends; once something is new, all are asked
a source in circles ............ pages in a row that list only what the source has listed: it has ended
day pages without end .......... likewise, after more of them: papers have their summer
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.sources import SourcePage
from newscrawl.page import Fate
from newscrawl.site import DayPages, Sitemap, Source

Asked = Mapping[str, tuple[datetime, Fate]]
# Of what a source has listed; pages repeat each other at once, and a source of a million pages must not fill the memory.
MOST_REMEMBERED = 50_000
# Of guessed places most are not there: such a one is asked again as if it had been asked that much later.
GONE_WAITS = timedelta(days=1)


@dataclass(slots=True)
class _Course:
    """How far one source was followed."""

    listed: dict[int, None] = field(default_factory=dict)
    repeats: int = 0
    ended: bool = False
    # Children of an index that come after this one, in an hourly visit: one at a time.
    line: deque[SourcePage] = field(default_factory=deque)


class Itinerary:
    """The source pages of one visit. `whole`: everything is asked for."""

    def __init__(self, bounds: Bounds, *, whole: bool) -> None:
        self._bounds = bounds
        self._whole = whole
        self._news = False
        self._asked: set[str] = set()
        self._waiting: deque[SourcePage] = deque()
        self._courses: dict[Source, _Course] = {}

    def add(self, places: Iterable[SourcePage], asked: Asked) -> None:
        """Beginnings of sources, in order of preference. asked: when each was last asked, and what came of it."""
        found = [place for place in places if place.url not in self._asked]
        if not self._whole:
            # The preferred source is asked in every visit: news stand there first.
            first = 0 if self._asked or self._waiting else 1
            found[first:] = sorted(found[first:], key=lambda place: _asked_at(place, asked))
        self._waiting.extend(found)

    def next(self, has_room: Callable[[str], bool]) -> SourcePage | None:
        """The page to ask for now, if its host has room; None: none now, and none later unless an answer brings more."""
        if self.is_quiet or len(self._asked) >= self._bounds.source_pages:
            return None
        for place in list(self._waiting):
            if place.url in self._asked or self._course(place).ended:
                self._waiting.remove(place)
            elif has_room(place.url):
                self._waiting.remove(place)
                self._asked.add(place.url)
                return place
        return None

    @property
    def waits(self) -> bool:
        """Whether pages wait for room at their host."""
        return bool(self._waiting) and not self.is_quiet and len(self._asked) < self._bounds.source_pages

    @property
    def is_quiet(self) -> bool:
        """Whether an hourly visit has asked enough without finding anything new."""
        return not self._whole and not self._news and len(self._asked) >= self._bounds.quiet_requests

    def take_in(
        self, place: SourcePage, listed: Iterable[str], new: int, following: list[SourcePage], asked: Asked
    ) -> str:
        """What a page listed, how many of it nobody knew, and what continues it; in words why that is not followed, or ""."""
        self._news = self._news or new > 0
        course = self._course(place)
        if isinstance(place.source, Sitemap):
            self._follow_index(course, place, new, following, asked)
            return self._stopped(following)
        repeats = self._count_repeats(course, listed)
        most = self._bounds.empty_days if isinstance(place.source, DayPages) else self._bounds.repeated_pages
        if repeats >= most:
            course.ended = True
            what = "days" if isinstance(place.source, DayPages) else "pages"
            return f"{repeats} {what} in a row list nothing that the source had not listed: not followed further"
        # In front: a page that continues another one is asked before the next source, as the window's end may be near.
        self._waiting.extendleft(reversed([page for page in following if page.url not in self._asked]))
        return self._stopped(following)

    def _stopped(self, following: list[SourcePage]) -> str:
        if not following:
            return ""
        if len(self._asked) >= self._bounds.source_pages:
            return f"the visit has asked for {self._bounds.source_pages} pages of sources: not followed further"
        if all(page.url in self._asked for page in following):
            return "it leads only to what was asked already: not followed further"
        return "nothing new in this visit: not followed further" if self.is_quiet else ""

    def _course(self, place: SourcePage) -> _Course:
        return self._courses.setdefault(place.source, _Course())

    @staticmethod
    def _count_repeats(course: _Course, listed: Iterable[str]) -> int:
        unseen = {hash(url) for url in listed} - course.listed.keys()
        course.listed.update(dict.fromkeys(unseen))
        while len(course.listed) > max(MOST_REMEMBERED, len(unseen)):
            del course.listed[next(iter(course.listed))]
        course.repeats = 0 if unseen else course.repeats + 1
        return course.repeats

    def _follow_index(
        self, course: _Course, place: SourcePage, new: int, following: list[SourcePage], asked: Asked
    ) -> None:
        children = [page for page in following if page.url not in self._asked]
        if self._whole:
            self._waiting.extendleft(reversed(children))
            return
        due = [page for page in children if not _stands_still(page, asked)]
        # The latest change first; of those that tell none, or the same, the one that was not asked for the longest time.
        due.sort(key=lambda page: _asked_at(page, asked))
        due.sort(key=lambda page: page.changed, reverse=True)
        course.line.extendleft(reversed(due))
        # An index of years of months: as with a list's pages, the next one is worth asking while they bring something new.
        if course.line and (following or new):
            self._waiting.appendleft(course.line.popleft())


def _asked_at(place: SourcePage, asked: Asked) -> float:
    if place.url not in asked:
        return 0.0
    at, fate = asked[place.url]
    return (at + GONE_WAITS if fate is Fate.GONE else at).timestamp()


def _stands_still(page: SourcePage, asked: Asked) -> bool:
    """Whether an index says that a child has not changed since the day on which it was last asked for."""
    if not page.changed or page.url not in asked:
        return False
    return page.changed < asked[page.url][0].date().isoformat()
