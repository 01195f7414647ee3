"""Spider arguments as they are typed (`-a since=2024-05-01`) -> values, or one plain error that names the right ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from newscrawl.site import Site
from newscrawl.urls import is_http_url

# No news are older, and the calendar's own ends have no day after or before them in another zone.
YEARS = range(1900, 2200)

COMMON_ARGUMENTS = {
    "since": "since=DATE: only articles published on that day or later, for example since=2024-05-01",
    "until": "until=DATE: only articles published on that day or before",
    "limit": "limit=N: stop after N stored articles",
    "again": "again=1: fetch known articles again, too",
    "urls": "urls=FILE: only the addresses in FILE, one a line",
}


class ArgumentError(ValueError):
    """A spider argument that cannot be used: the message names it and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlArguments:
    """since, until: days in the site's own calendar, both inclusive; limit: stored articles; urls: only these addresses."""

    since: date | None = None
    until: date | None = None
    limit: int | None = None
    again: bool = False
    urls: tuple[str, ...] | None = None

    def instants(self, site: Site) -> tuple[datetime | None, datetime | None]:
        """The window as instants, the second one exclusive; without a zone of the site in UTC."""
        zone = ZoneInfo(site.timezone) if site.timezone else UTC
        start = datetime.combine(self.since, time(), zone) if self.since else None
        end = datetime.combine(self.until + timedelta(days=1), time(), zone) if self.until else None
        return start, end

    def holds(self, published: datetime | None, site: Site) -> bool:
        """Whether an article of that instant lies in the window; one without a date always does."""
        start, end = self.instants(site)
        if published is None:
            return True
        return (start is None or published >= start) and (end is None or published < end)


def read_arguments(spider: str, given: dict[str, str | None], known: dict[str, str] | None = None) -> CrawlArguments:
    """Check the names and values that `-a` gave. Raises `ArgumentError`."""
    known = known or COMMON_ARGUMENTS
    unknown = sorted(set(given) - set(known))
    if unknown:
        lines = "".join(f"\n  -a {text}" for text in known.values())
        raise ArgumentError(f"spider {spider!r} has no argument {unknown[0]!r}; it takes{lines}")
    since, until = _day("since", given.get("since")), _day("until", given.get("until"))
    if since and until and since > until:
        raise ArgumentError(f"since={since} lies after until={until}: no article can be in between")
    return CrawlArguments(
        since=since,
        until=until,
        limit=_count("limit", given.get("limit")),
        again=_switch("again", given.get("again")),
        urls=_addresses(given.get("urls")),
    )


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise ArgumentError(f"{name}={text} is no day of the form 2024-05-01")
    return day


def _count(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise ArgumentError(f"{name}={text} is no number from 1 up")
    return int(text)


def _switch(name: str, text: str | None) -> bool:
    if text in {None, "0", "false", "no"}:
        return False
    if text in {"1", "true", "yes"}:
        return True
    raise ArgumentError(f"{name}={text} is neither 1 nor 0")


def _addresses(file: str | None) -> tuple[str, ...] | None:
    if file is None:
        return None
    try:
        lines = Path(file).expanduser().read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArgumentError(f"urls={file} cannot be read: {error}") from None
    found = tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    wrong = next((url for url in found if not is_http_url(url)), None)
    if wrong:
        raise ArgumentError(f"urls={file}: {wrong[:100]!r} is no http or https address")
    if not found:
        raise ArgumentError(f"urls={file} holds no address")
    return found
