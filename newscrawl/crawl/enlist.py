"""Candidates -> table urls: queued, or closed by a rule with its fate. Bounded for a visit that asks for no window."""

import logging
import sqlite3
from collections.abc import Iterable
from datetime import datetime

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

    @property
    def full(self) -> bool:
        """Whether a visit without a window has found all the new addresses that it may queue."""
        return self._bounded and self._room <= 0

    async def enlist(self, candidates: Iterable[Candidate], *, again: bool = False) -> tuple[int, bool]:
        """Write the candidates down; (how many are new, whether all that is dated lies before the window)."""
        now = self._recorder.now()
        listed = sort_candidates(candidates, self._site, self._arguments, now)
        new = await self._recorder.write(lambda connection: self._write(connection, listed, now, again))
        self._room -= new
        self._recorder.changed.set()
        if listed.undated and not self._said_undated:
            self._said_undated = True
            logger.warning(
                "%s: %s lists articles without dates: they are fetched, and judged by the dates on their pages",
                self._site.name,
                listed.wanted[0].found_in,
            )
        return new, listed.passed_window

    def _write(self, connection: sqlite3.Connection, listed: Listed, now: datetime, again: bool) -> int:
        site, run_id = self._site.name, self._recorder.run_id
        if not again and not self._arguments.again:
            listed.wanted = self._with_meaning(connection, listed)
        wanted = self._within_room(connection, listed, now) if self._bounded else listed.wanted
        new = frontier.add_candidates(connection, site, wanted, now, run_id)
        every = again or self._arguments.again
        # What lay outside an earlier crawl's window lies in none, or in another one, now.
        closed = {Fate.OUT_OF_RANGE} if self._bounded else {Fate.OUT_OF_RANGE, Fate.OVER_LIMIT}
        reopen(connection, [candidate.url for candidate in wanted], now, None if every else closed, run_id)
        self._recorder.visit.refused += refuse(connection, site, listed.refused, now, run_id)
        return new

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
