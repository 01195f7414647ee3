"""How a host wants to be asked: one request at a time, at its pace, and not at all while it asks to be left alone.

Scrapy's queue of a host (its slot) lets one request through at a time and keeps the delay between them; here it is told more:

    the delay counts from an answer's arrival ... a new connection (DNS, TLS) takes longer than the next request on it: counted
                                                  from the moment of sending, the server saw half a second less than the delay
    429 and 503 with a short Retry-After ........ the queue waits that long; queues of other hosts go on. Table `hosts` remembers
                                                  it, for the run that begins while it lasts
    429 and 503 without one ..................... the queue waits twice the delay, then four times ... at most a minute
    a longer Retry-After, or many in a row ...... the host is paused: no request is sent to it, and table `hosts` remembers it
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from time import monotonic

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.clock import Clock
from newscrawl.crawl.hosts import HostMemory
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.retry_after import PATIENCE_STATUSES, asked_wait_s, back_off_s
from newscrawl.page import Fate
from newscrawl.site import Site, host_of
from newscrawl.store.hosts import KnownHost

logger = logging.getLogger(__name__)
# After the waits of five such answers in a row (2, 4, 8, 16, 32 delays) a sixth says that this is not the time.
REFUSALS_BEFORE_PAUSE = 6
# Shorter than the hour between two runs: the next one asks again, with one request.
PAUSE_AFTER_REFUSALS_S = 30 * 60.0
# The crawl's clock shows whole seconds, and the second that has begun is not over.
CLOCK_STEP_S = 1
# A header may name any number; this much is "never" and still a date.
LONGEST_PAUSE = timedelta(days=36_500)


class Politeness:
    """Downloader middleware, next to the downloader: nothing that waited anywhere gets past a pause that began meanwhile."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = Clock.from_settings(crawler.settings)
        self._longest_wait_s = crawler.settings.getfloat("NEWSCRAWL_RETRY_AFTER_MAX_S")
        self._in_a_row: Counter[str] = Counter()
        self._waited_for: dict[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Politeness":
        """As Scrapy makes it."""
        politeness = cls(crawler)
        crawler.signals.connect(politeness.answer_begins, signals.headers_received)
        # Not process_response: when that is called the slot has let the next request go.
        crawler.signals.connect(politeness.answer_came, signals.response_downloaded)
        return politeness

    @property
    def _for_a_site(self) -> bool:
        return isinstance(getattr(self._crawler.spider, "site", None), Site)

    async def process_request(self, request: Request) -> None:
        """Raises `RefusedRequest` while the host is paused; the end of a pause that is near is waited for in its queue."""
        if not self._for_a_site:
            return
        memory, now = HostMemory.of(self._crawler), self._clock.now()
        host = await memory.known(host_of(request.url))
        if not host.is_paused(now) or host.paused_until is None:
            return
        if host.paused_until <= self._waited_for_until(now):
            if self._waited_for.get(host.host) != host.paused_until:
                self._waited_for[host.host] = host.paused_until
                hold(self._slot(request), (host.paused_until - now).total_seconds())
            return
        memory.recorder.visit.note_pause(_told(host), host.paused_until - now)
        await memory.write_down(self._waited_for_until(now))
        raise _refusal(host)

    async def process_response(self, request: Request, response: Response) -> Response:
        """A pause that the answer has begun is committed before the answer goes on."""
        if self._for_a_site:
            await HostMemory.of(self._crawler).write_down(self._waited_for_until(self._clock.now()))
        return response

    def _waited_for_until(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._longest_wait_s + CLOCK_STEP_S)

    def answer_begins(self, request: Request) -> None:
        """The next request is a whole delay away from here."""
        if self._for_a_site:
            slot = self._slot(request)
            slot.lastseen = max(slot.lastseen, monotonic())

    def answer_came(self, request: Request, response: Response) -> None:
        """An answer that asks for patience holds the host's queue, or ends the host's turn."""
        if not self._for_a_site:
            return
        host, slot = host_of(request.url), self._slot(request)
        if response.status not in PATIENCE_STATUSES:
            if response.status < 500:
                del self._in_a_row[host]
            return
        self._in_a_row[host] += 1
        now, headers = self._clock.now(), response.headers
        asked_s = asked_wait_s(headers.get("Retry-After"), headers.get("Date"), now)
        if asked_s is not None and asked_s > self._longest_wait_s:
            self._pause(request, slot, asked_s, _answered(response))
        elif self._in_a_row[host] >= REFUSALS_BEFORE_PAUSE:
            self._pause(
                request,
                slot,
                PAUSE_AFTER_REFUSALS_S,
                f"answered {response.status} {self._in_a_row[host]} times in a row",
            )
        else:
            wait_s = back_off_s(slot.delay, self._in_a_row[host]) if asked_s is None else asked_s
            logger.info("%s answered %d: nothing is asked of it for %.1f s", host, response.status, wait_s)
            hold(slot, wait_s)
            if asked_s:  # a run that is ended meanwhile must not make the next one come too early
                self._waited_for[host] = until = now + timedelta(seconds=asked_s + CLOCK_STEP_S)
                HostMemory.of(self._crawler).pause(host, until, _answered(response))

    def _slot(self, request: Request) -> Slot:
        _, slot = self._crawler.engine.downloader._get_slot(request)  # noqa: SLF001 - Scrapy has no other way to a host's queue
        return slot

    def _pause(self, request: Request, slot: Slot, wait_s: float, answered: str) -> None:
        until = self._clock.now() + min(timedelta(seconds=min(wait_s, 1e10) + CLOCK_STEP_S), LONGEST_PAUSE)
        host = KnownHost(host=host_of(request.url), paused_until=until, paused_why=answered)
        memory = HostMemory.of(self._crawler)
        memory.pause(host.host, until, answered)
        memory.recorder.visit.note_pause(_told(host), until - self._clock.now())
        logger.warning("%s", _told(host))
        request.meta["dont_retry"] = True
        turn_away(slot, host.host, _refusal(host))


def hold(slot: Slot, wait_s: float) -> None:
    """Let the next request of a host's queue go no earlier than `wait_s` from now."""
    if not wait_s:
        return
    slot.delay = slot.delay or 0.001  # without a delay the slot would not look at when it was last used
    slot.lastseen = max(slot.lastseen, monotonic() + wait_s - slot.delay)


def turn_away(slot: Slot, host: str, refusal: RefusedRequest) -> None:
    """Refuse what waits in the queue for that host; what waits for another port of the machine stays."""
    waiting = list(slot.queue)
    slot.queue.clear()
    slot.queue.extend(entry for entry in waiting if host_of(entry[0].url) != host)
    for request, answered in waiting:
        if host_of(request.url) == host:
            answered.errback(Failure(refusal))  # type: ignore[no-untyped-call]


def _told(host: KnownHost) -> str:
    assert host.paused_until is not None
    return f"{host.host} {host.paused_why}: it is left alone until {host.paused_until:%Y-%m-%d %H:%M:%S} UTC"


def _refusal(host: KnownHost) -> RefusedRequest:
    return RefusedRequest(Fate.THROTTLED, _told(host), due_at=host.paused_until)


def _answered(response: Response) -> str:
    header = " ".join((response.headers.get("Retry-After") or b"").decode("latin-1").split())
    return f"answered {response.status} with Retry-After: {header[:60]}"
