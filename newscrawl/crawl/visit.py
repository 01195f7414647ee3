"""One visit to one site, as it is filled while it goes on: fates, what was read off the pages, what the server's clock said."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from newscrawl.crawl.verdicts import TROUBLE_FATES, Verdict
from newscrawl.extraction.draft import IN_THE_FUTURE, Draft
from newscrawl.page import Fate
from newscrawl.store.measures import NO_LANGUAGE, Measures

# An article that is first seen this long after its publication is no news of today: a backfill must not look like a good day.
FRESH_FOR = timedelta(days=2)
# Pages that were read and held no text: those of a site that was redesigned, and those that a browser would have to fill.
WITHOUT_TEXT = frozenset[Fate]().union(
    *(fates for verdict, fates in TROUBLE_FATES if verdict in {Verdict.LAYOUT_BROKEN, Verdict.NEEDS_JAVASCRIPT})
)


@dataclass(slots=True)
class PageNotes:
    """What was read off the article pages of a visit: how many had text, of those how many a date and an author; `future`: how
    many had no other date than one that lies ahead; `fresh`: new articles of the last two days, by language."""

    with_text: int = 0
    with_date: int = 0
    with_author: int = 0
    future: int = 0
    fresh: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Visit:
    """One visit to one site: fates of its sources, of article addresses, of those refused when they were listed and of those that
    failed again (`retried`); whether it began at all; what ended it before its time; which host asked to be left alone, and until when (`paused`); whether there was no source to ask
    (`sourceless`); why a host's robots.txt could not be had, without which nothing is asked (`kept_out`); which sources failed and
    how (`failed_sources`), and which answered (`worked_sources`: not every visit asks all); how far the server's clock lies from ours (`clock_off_s`); once it is over, the verdict and why
    (`judged`), what is to be told of a site that is well (`remark`), and whether it is the first to be low with the other sites (`holiday`)."""

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
    paused_for: timedelta = timedelta(0)
    sourceless: bool = False
    kept_out: str = ""
    failed_sources: dict[str, Fate] = field(default_factory=dict)
    worked_sources: set[str] = field(default_factory=set)
    pages: PageNotes = field(default_factory=PageNotes)
    clock_off_s: float | None = None
    judged: tuple[Verdict, str] | None = None
    remark: str = ""
    holiday: bool = False

    @property
    def stored(self) -> int:
        """Articles that this visit stored for the first time."""
        return self.articles[Fate.STORED]

    def note_pause(self, told: str, length: timedelta) -> None:
        """A host asked to be left alone for so long from now on."""
        self.paused, self.paused_for = told, max(length, self.paused_for)

    def note_source(self, url: str, fate: Fate, *, worked: bool) -> None:
        """A source was asked."""
        if worked:
            self.worked_sources.add(url)
        else:
            self.failed_sources[url] = fate

    def note_article(self, draft: Draft, fate: Fate, fetched_at: datetime) -> None:
        """An article was read off a page, and this is what the store made of it."""
        pages = self.pages
        pages.with_text += 1
        pages.with_date += draft.published is not None
        pages.with_author += bool(draft.authors or draft.agency)
        pages.future += draft.published is None and any(date.verdict == IN_THE_FUTURE for date in draft.judged)
        age = fetched_at - draft.published if draft.published else timedelta(0)
        if fate in {Fate.STORED, Fate.COPY} and age < FRESH_FOR:
            pages.fresh[draft.language or NO_LANGUAGE] += 1

    def note_clock(self, off_s: float) -> None:
        """An answer told its server's time. The least difference counts: an answer that was long under way, or that a cache
        kept, shows more than there is."""
        if self.clock_off_s is None or abs(off_s) < abs(self.clock_off_s):
            self.clock_off_s = off_s

    def measures(self) -> Measures:
        """The visit in numbers, as far as it alone tells them."""
        without = sum(self.articles[fate] for fate in WITHOUT_TEXT)
        return Measures(
            pages=self.pages.with_text + without,
            with_text=self.pages.with_text,
            with_date=self.pages.with_date,
            with_author=self.pages.with_author,
            fresh=dict(self.pages.fresh),
            clock_off_s=self.clock_off_s,
        )
