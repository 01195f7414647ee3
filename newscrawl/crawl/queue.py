"""Table urls -> the next addresses to fetch: as many as each host has room for, without those that a bound closes."""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.bounds import Bounds
from newscrawl.crawl.fates import FateRecorder
from newscrawl.crawl.patterns import same_page
from newscrawl.page import Fate
from newscrawl.site import Site, host_of
from newscrawl.store import frontier
from newscrawl.store.frontier import QueuedUrl
from newscrawl.store.siblings import meaningless_parameter

# Addresses under way at once: one host is asked one thing at a time, the rest covers reading and writing behind it. Counted by
# host: one that is held (a Retry-After, a slow robots.txt) must not take the places of the others.
MOST_UNDER_WAY = 8
# In one transaction, so that other crawls' writes get their turn.
MOST_CLOSED = 500


class VisitQueue:
    """What a visit fetches next. `limit`, `again` and `urls` of the arguments count here."""

    def __init__(self, site: Site, arguments: CrawlArguments, recorder: FateRecorder, bounds: Bounds) -> None:
        self._site = site
        self._arguments = arguments
        self._recorder = recorder
        self._bounds = bounds

    def has_room(self, url: str) -> bool:
        """Whether the host of that address may be asked for one thing more."""
        return _by_host(self._recorder.under_way)[host_of(url)] < MOST_UNDER_WAY

    @property
    def limit_reached(self) -> bool:
        """Whether as many articles are stored as were asked for."""
        limit = self._arguments.limit
        return limit is not None and self._recorder.visit.stored >= limit

    async def take(self) -> tuple[list[QueuedUrl], bool]:
        """(the next addresses, now being fetched; whether the queue moved at all, be it that a bound closed what was next)."""
        under_way = self._recorder.under_way
        counts = _by_host(under_way)
        rooms = {host: MOST_UNDER_WAY - counts[host] for host in {*self._site.all_hosts, *counts}}
        room = min((n for n in rooms.values() if n > 0), default=0)
        if self._arguments.limit is not None:
            articles = sum(not source for source in under_way.values())
            room = min(room, self._arguments.limit - self._recorder.visit.stored - articles)
        # An address may be spelt so that its host is not recognised in SQL: all together have a bound, too.
        room = min(room, MOST_UNDER_WAY * len(self._site.all_hosts) - len(under_way))
        if room < 1:
            return [], False
        full = [host for host, n in rooms.items() if n < 1]
        return await self._recorder.write(lambda connection: self._take(connection, room, full))

    def _take(self, connection: sqlite3.Connection, room: int, full: list[str]) -> tuple[list[QueuedUrl], bool]:
        now, run_id, closed = self._recorder.now(), self._recorder.run_id, 0
        while closed < MOST_CLOSED:
            queued = frontier.take(connection, self._site.name, room, now, run_id, but_hosts=full)
            open_ones = []
            for address in queued:
                why = self._beyond(connection, address)
                if why is None:
                    open_ones.append(address)
                    continue
                frontier.set_fate(connection, address.url, Fate.OVER_LIMIT, now, why, run_id=run_id)
                self._recorder.visit.refused[Fate.OVER_LIMIT] += 1
                closed += 1
            if open_ones or not queued:
                return open_ones, bool(open_ones) or closed > 0
        return [], True

    def _beyond(self, connection: sqlite3.Connection, address: QueuedUrl) -> str | None:
        if self._arguments.again or address.candidate.kind == "urls":  # a person asks for it
            return None
        parameter = meaningless_parameter(connection, address.url, self._bounds.same_page_addresses)
        if parameter is not None:
            return same_page(parameter)
        return self._recorder.barren.refusal(address.url)


def _by_host(urls: Iterable[str]) -> Counter[str]:
    return Counter(map(host_of, urls))
