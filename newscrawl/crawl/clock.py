"""The wall clock of a crawl: the machine's, or one that was handed in by a setting."""

from datetime import UTC, datetime, timedelta

from scrapy.settings import BaseSettings

# Room on both sides for the days and the revisits that are counted from now.
YEARS = range(1990, 2200)


class Clock:
    """Instants in UTC. `start`: what now is taken to be at the moment of creation (the demo's and the tests' later day)."""

    def __init__(self, start: datetime | None = None) -> None:
        self._shift = start - datetime.now(UTC) if start else timedelta(0)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Clock":
        """The clock that `NEWSCRAWL_NOW` asks for; an instant without a zone is UTC."""
        text = settings.get("NEWSCRAWL_NOW")
        if not text:
            return cls()
        start = datetime.fromisoformat(text)
        if start.year not in YEARS:
            raise ValueError(f"{text} lies outside the years {YEARS.start} to {YEARS.stop - 1}")
        return cls(start if start.tzinfo else start.replace(tzinfo=UTC))

    def now(self) -> datetime:
        """This instant, aware, in UTC, to the second: no table needs more."""
        return (datetime.now(UTC) + self._shift).replace(microsecond=0)
