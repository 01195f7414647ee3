"""A site's sources -> requests to make, and the answers to them -> candidates: the crawl's side of discovery."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from scrapy.http import Response

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.list_dates import fill_day
from newscrawl.discovery.listings import day_page_url, read_listing
from newscrawl.discovery.sitemaps import days_in_address, read_sitemap
from newscrawl.discovery.wordpress import first_page, read_posts
from newscrawl.page import Discovery
from newscrawl.site import DayPages, Feed, Listing, Site, Sitemap, Source, WordPress

# A feed or API that pages without an end (some repeat their last page for ever) is followed this far.
MOST_PAGES = 500
MOST_DAY_PAGES = 3660
# An index of indexes of sitemaps is the deepest that was seen; one that leads back to itself has no end.
DEEPEST_INDEX = 4
# A window that begins within these days is taken to lie within what feeds and lists hold.
FEEDS_REACH_BACK = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """One address of a source: the first (page 1) or one that continues it; changed: the day on which an index says that it
    last changed, "" where it does not say."""

    source: Source
    url: str
    page: int = 1
    changed: str = ""


def first_pages(site: Site, arguments: CrawlArguments, now: datetime) -> Iterator[SourcePage]:
    """Where a visit begins: every source in order of preference; archives only where the window reaches back to them."""
    for source in site.sources:
        if not source.archive or _reaches_back(arguments, now):
            yield from pages_of(source, site, arguments, now)


def _reaches_back(arguments: CrawlArguments, now: datetime) -> bool:
    """Whether a window is asked for that begins before what feeds and lists hold: an index of years is read whole for it."""
    if arguments.since is None:
        return arguments.until is not None
    return arguments.since < (now - FEEDS_REACH_BACK).date()


def pages_of(source: Source, site: Site, arguments: CrawlArguments, now: datetime) -> Iterator[SourcePage]:
    """The addresses that a source begins with: one, or of day pages one a day, newest first."""
    if isinstance(source, DayPages):
        for day in _days(source.days, site, arguments, now):
            yield SourcePage(source=source, url=day_page_url(source, day))
    elif isinstance(source, Sitemap) and source.every:
        days = _days(source.back * (31 if source.every == "month" else 1), site, arguments, now)
        for url in islice(
            dict.fromkeys(fill_day(source.url, day) for day in days), None if arguments.since else source.back
        ):
            yield SourcePage(source=source, url=url)
    elif isinstance(source, WordPress):
        yield SourcePage(source=source, url=first_page(source.url, *arguments.instants(site)))
    else:
        yield SourcePage(source=source, url=source.url)


def today_at(site: Site, now: datetime) -> date:
    """The day in the site's own calendar, without a zone that of UTC."""
    return now.astimezone(ZoneInfo(site.timezone)).date() if site.timezone else now.date()


def _days(days: int, site: Site, arguments: CrawlArguments, now: datetime) -> Iterator[date]:
    """The window's days, the newest first; of a visit without one the last `days`."""
    today = today_at(site, now)
    last = min(arguments.until or today, today)
    first = arguments.since or last - timedelta(days=days - 1)
    for back in range(min((last - first).days + 1, MOST_DAY_PAGES)):
        yield last - timedelta(days=back)


def read_source(answer: Response, place: SourcePage, site: Site, arguments: CrawlArguments) -> Discovery:
    """One answer -> what it lists, in the source's language where an entry states none. Never raises: what is wrong with it is
    its `problem`."""
    found, language = _read(answer, place, site, arguments), place.source.language
    if language is None:
        return found
    told = tuple(c if c.language else replace(c, language=language) for c in found.candidates)
    return replace(found, candidates=told)


def _read(answer: Response, place: SourcePage, site: Site, arguments: CrawlArguments) -> Discovery:
    source = place.source
    content_type = (answer.headers.get("Content-Type") or b"").decode("latin-1")
    if isinstance(source, Feed):
        return read_feed(answer.body, answer.url, content_type, source.paged)
    if isinstance(source, Sitemap):
        found = read_sitemap(answer.body, answer.url, source.children, arguments.since, arguments.until, content_type)
        whole = arguments.since or arguments.until or arguments.again
        return (
            found
            if whole
            else replace(found, more=found.more[: source.newest], more_days=found.more_days[: source.newest])
        )
    if isinstance(source, WordPress):
        headers = {k.decode("latin-1"): v[-1].decode("latin-1") for k, v in answer.headers.items() if v}
        return read_posts(answer.body, answer.url, headers)
    assert isinstance(source, (Listing, DayPages))
    return read_listing(answer.body, answer.url, source, site, place.page, content_type)


def next_pages(
    place: SourcePage, found: Discovery, today: date, since: date | None = None, *, goes_on: bool, ended: bool
) -> tuple[list[SourcePage], str]:
    """(what continues a source, in words why nothing does although it goes on): an index always, up to a depth; a list or
    feed up to its page limit, while it `goes_on` (this page brought something new, or everything is asked for), has not
    `ended` (all that it dates lies before the window) and its next address names no day outside the window or to come."""
    if not found.more:
        return [], ""
    days = found.more_days or ("",) * len(found.more)
    pages = [
        replace(place, url=url, page=place.page + 1, changed=day) for url, day in zip(found.more, days, strict=True)
    ]
    if isinstance(place.source, Sitemap):
        return (
            (pages, "") if place.page < DEEPEST_INDEX else ([], f"an index {DEEPEST_INDEX} indexes deep: not followed")
        )
    if ended:
        return [], "all that it dates lies before the window: not followed further"
    if not goes_on:
        return [], "nothing new: not followed further"
    if place.page >= _page_limit(place.source):
        return [], f"not followed further than {_page_limit(place.source)} pages"
    within = [page for page in pages if not _is_outside(page.url, today, since)]
    return within, "" if within else "its next page is of a day outside the window or to come: not followed further"


def _is_outside(url: str, today: date, since: date | None) -> bool:
    """Whether the address of a calendar's page names only days to come, or before the window. A day's margin, for zones."""
    days = days_in_address(url)
    if days is None:
        return False
    return days[0] > today + timedelta(days=1) or (since is not None and days[1] < since - timedelta(days=1))


def may_be_empty(place: SourcePage) -> bool:
    """Whether an answer that lists nothing is normal: a day without news, the page behind the last one."""
    return isinstance(place.source, DayPages) or place.page > 1


def _page_limit(source: Source) -> int:
    return source.pages if isinstance(source, Listing) else MOST_PAGES
