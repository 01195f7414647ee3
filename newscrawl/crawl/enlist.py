"""Candidates -> table urls: queued, or closed by a rule with its fate. Bounded for a visit that asks for no window."""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import count, islice

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.listed import Listed, newest_first, sort_candidates
from newscrawl.crawl.patterns import same_page
from newscrawl.page import Candidate, Fate
from newscrawl.site import Site
from newscrawl.store import frontier
from newscrawl.store.addresses import find_address
from newscrawl.store.refusals import refuse, reopen
from newscrawl.store.siblings import meaningless_parameter

logger = logging.getLogger(__name__)
# A sitemap of 50,000 addresses in one piece kept the reactor for 2 s and the one writer for 13: every other site waited.
MOST_AT_ONCE = 2_000


class Enlister:
    """Takes in what a visit's sources list. `full`: this visit's bound is reached, no source needs to be followed further."""

    def __init__(
        self, site: Site, arguments: CrawlArguments, recorder: FateRecorder, bounds: Bounds | None = None
    ) -> None:
        self._site = site
        self._arguments = arguments
        self._recorder = recorder
        self._bounded = not (arguments.since or arguments.until or arguments.again or arguments.urls)
        self._bounds = bounds or Bounds()
        self._room = self._bounds.new_addresses
        self._said_undated = False
        # One source after the other: what the first one queues is no longer room for the second.
        self._turn = asyncio.Lock()

    @property
    def full(self) -> bool:
        """Whether a visit without a window has found all the new addresses that it may queue."""
        return self._bounded and self._room <= 0

    async def enlist(self, candidates: Iterable[Candidate], *, again: bool = False) -> tuple[int, bool]:
        """Write the candidates down; (how many are new, whether all that is dated lies before the window)."""
        now = self._recorder.now()
        listed = await self._sort(candidates, now)
        async with self._turn:
            new = await self._write(listed, now, again)
        self._recorder.changed.set()
        if listed.undated and not self._said_undated:
            self._said_undated = True
            logger.warning(
                "%s: %s lists articles without dates: they are fetched, and judged by the dates on their pages",
                self._site.name,
                listed.wanted[0].found_in,
            )
        return new, listed.passed_window

    async def _sort(self, candidates: Iterable[Candidate], now: datetime) -> Listed:
        """Piece by piece, so that requests and answers go on in between."""
        listed, left = Listed(), iter(candidates)
        while piece := list(islice(left, MOST_AT_ONCE)):
            sort_candidates(piece, self._site, self._arguments, now, listed)
            await asyncio.sleep(0)
        return listed

    async def _write(self, listed: Listed, now: datetime, again: bool) -> int:
        """A transaction a piece; a kill in between leaves a source that was not read whole, and the next visit asks it again."""
        new = 0
        for first in count(0, MOST_AT_ONCE):
            write = partial(
                self._write_piece, listed=listed, first=first, now=now, every=again or self._arguments.again
            )
            queued, refused = await self._recorder.write(write)
            new += queued
            self._recorder.visit.refused += refused
            if first + MOST_AT_ONCE >= max(len(listed.wanted), len(listed.refused)):
                break
        self._room -= new
        return new

    def _write_piece(
        self, connection: sqlite3.Connection, listed: Listed, first: int, now: datetime, every: bool
    ) -> tuple[int, Counter[Fate]]:
        site, run_id = self._site.name, self._recorder.run_id
        if not first and not every:
            listed.wanted = self._with_meaning(connection, listed)
        if not first and self._bounded:
            listed.wanted = self._within_room(connection, listed, now)
        wanted = listed.wanted[first : first + MOST_AT_ONCE]
        new = frontier.add_candidates(connection, site, wanted, now, run_id)
        # What lay outside an earlier crawl's window lies in none, or in another one, now.
        closed = {Fate.OUT_OF_RANGE} if self._bounded else {Fate.OUT_OF_RANGE, Fate.OVER_LIMIT}
        reopen(connection, [candidate.url for candidate in wanted], now, None if every else closed, run_id)
        return new, refuse(connection, site, listed.refused[first : first + MOST_AT_ONCE], now, run_id)

    def _with_meaning(self, connection: sqlite3.Connection, listed: Listed) -> list[Candidate]:
        """The wanted ones, less unknown ones that differ from known addresses only by a session id of an unknown name."""
        kept = []
        for candidate in listed.wanted:
            unknown = "?" in candidate.url and find_address(connection, candidate.url) is None
            parameter = (
                meaningless_parameter(connection, candidate.url, self._bounds.same_page_addresses) if unknown else None
            )
            if parameter is None:
                kept.append(candidate)
            else:
                listed.refused.append((candidate, Fate.OVER_LIMIT, same_page(parameter)))
        return kept

    def _within_room(self, connection: sqlite3.Connection, listed: Listed, now: datetime) -> list[Candidate]:
        """The wanted ones, less those of the unknown that are beyond the visit's bound: these are refused."""
        room = max(self._room, 0)
        if len(listed.wanted) <= room:
            return listed.wanted
        unknown = [c for c in listed.wanted if find_address(connection, c.url) is None]
        over = {c.url for c in newest_first(unknown, self._site, now)[room:]}
        why = (
            f"beyond the {self._bounds.new_addresses} newest of a visit without a window; crawl with since= to fetch it"
        )
        listed.refused += [(c, Fate.OVER_LIMIT, why) for c in unknown if c.url in over]
        return [c for c in listed.wanted if c.url not in over]
