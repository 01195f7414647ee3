"""The Date of each answer -> how far the server's clock lies from ours, for the verdict on the visit."""

from email.utils import parsedate_to_datetime

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.clock import Clock
from newscrawl.crawl.fates import FateRecorder


class ClockCheck:
    """Extension. Not with a clock that was handed in (`NEWSCRAWL_NOW`): no server is expected to share it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._clock = Clock.from_settings(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ClockCheck":
        """As Scrapy makes it."""
        check = cls(crawler)
        if not crawler.settings.get("NEWSCRAWL_NOW"):
            crawler.signals.connect(check.answer_came, signals.response_received)
        return check

    def answer_came(self, response: Response) -> None:
        """Compare, where the answer tells its time; what a cache kept says so with Age, and tells another hour."""
        recorder = self._crawler.get_extension(FateRecorder)
        off_s = self._off_s(response)
        if recorder is not None and off_s is not None:
            recorder.visit.note_clock(off_s)

    def _off_s(self, response: Response) -> float | None:
        if "Age" in response.headers:
            return None
        try:
            told = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        except (ValueError, TypeError, IndexError):
            return None
        # "-0000" and a date without a zone are read as naive: HTTP knows only GMT.
        return (told.replace(tzinfo=told.tzinfo or self._clock.now().tzinfo) - self._clock.now()).total_seconds()
