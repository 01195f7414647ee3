"""A request that is not sent: the fate of its address, and in words why."""

from datetime import datetime

from scrapy.exceptions import IgnoreRequest

from newscrawl.page import Fate


class RefusedRequest(IgnoreRequest):
    """A request that this crawl does not send: `fate`, why, and `due_at`: when the address may be asked for after all."""

    def __init__(self, fate: Fate, detail: str, due_at: datetime | None = None) -> None:
        super().__init__(f"{fate}: {detail}")
        self.fate = fate
        self.detail = detail
        self.due_at = due_at


class StoppedRequest(IgnoreRequest):
    """A request that a crawl, being ended, did not send or did not wait for. Its address keeps the state it had."""
