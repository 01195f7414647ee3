"""A news site as data: who it is, where its news are listed, how its pages are built.

Spiders hold one `Site`; commands look it up by host and hand it to `extract()`. It is frozen, picklable (it travels to
the reading processes) and checked on creation, so that a mistake in a site's file is one plain line that names the field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cssselect import HTMLTranslator, SelectorError

NAME_PATTERN = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*\Z")
LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}\Z")


class SiteError(ValueError):
    """A site's file says something that cannot be: the message names the site, the field and what is expected."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place where a site lists its news. `url` is absolute; `language` is what all of it is written in, if that is known.

    archive: it tells nothing new that the site's other sources do not, and is long: only a crawl asks it whose window
    reaches further back than these do.
    """

    kind: ClassVar[str] = "source"
    url: str
    language: str | None = None
    archive: bool = False


@dataclass(frozen=True, kw_only=True)
class Feed(Source):
    """An RSS or Atom feed. `paged`: it is a WordPress feed that goes on under `?paged=2`, `?paged=3` ..."""

    kind: ClassVar[str] = "feed"
    paged: bool = False


@dataclass(frozen=True, kw_only=True)
class Sitemap(Source):
    """A sitemap, a news sitemap or a sitemap index. `children`: a regular expression; an index's other children are left out;
    where undated ones are numbered, a group around the number (`(\\d+)`) says that the highest is the newest.

    newest: of an index's children a visit without a window reads that many, the newest; None: all. every: there is one a day
    or one a month, and `url` holds strftime fields (as in `DayPages`) for it; back: how many of them such a visit asks for.
    """

    kind: ClassVar[str] = "sitemap"
    children: str | None = None
    newest: int | None = None
    every: Literal["day", "month"] | None = None
    back: int = 2


@dataclass(frozen=True, kw_only=True)
class WordPress(Source):
    """The posts of a WordPress API; `url` is the API's root, for example `https://example.kz/wp-json/`."""

    kind: ClassVar[str] = "wordpress"


@dataclass(frozen=True, kw_only=True)
class Listing(Source):
    """A section list. `next_url` holds `{page}` (2, 3, ...) or `{offset}` (`step`, twice `step`, ...) and continues `url`;
    `next_link` is a CSS selector of the link to go on.

    `item` (CSS) marks one entry, `link` and `date` are looked up inside it; without `item` every link of the page counts
    that has the form of an article's address.
    """

    kind: ClassVar[str] = "listing"
    next_url: str | None = None
    next_link: str | None = None
    item: str | None = None
    link: str = "a[href]"
    date: str | None = None
    pages: int = 50
    step: int = 0


@dataclass(frozen=True, kw_only=True)
class DayPages(Source):
    """One list a day. `url` holds strftime fields, `%Y-%m-%d` or `%Y/%-m/%-d`, filled with the day in the site's zone."""

    kind: ClassVar[str] = "day-page"
    item: str | None = None
    link: str = "a[href]"
    date: str | None = None
    days: int = 2


@dataclass(frozen=True, kw_only=True)
class Override:
    """How a site's pages are built, where the general rules need help. CSS selectors, tried before the general rules.

    `until`: this layout was in use before that day (by `fetched_at`); None: it still is. `clock="local"`: zones that the
    pages state are wrong, the bare clock is the site's own.
    """

    until: date | None = None
    title: str | None = None
    lead: str | None = None
    body: str | None = None
    date: str | None = None
    authors: str | None = None
    tags: str | None = None
    section: str | None = None
    drop: tuple[str, ...] = ()
    clock: Literal["stated", "local"] = "stated"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A news site.

    name: the spider's and its file's name; home: the front page; hosts: further hosts that belong to it (`host` or
    `host:port`); languages: ISO 639-1 codes, the main one first; timezone: IANA name, None when nobody knows;
    sources: in order of preference; article_url: a regular expression that an article's address fits from its start;
    not_article: regular expressions searched in an address, a hit means it is none; delay_s: seconds between two
    requests to a host; outlets: the names that the site prints for itself, cut from titles and never an author;
    every: how often a run visits it; verified_on: the day a person last saw it work, None for never.
    """

    name: str
    home: str
    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    sources: tuple[Source, ...] = ()
    article_url: str | None = None
    not_article: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    delay_s: float = 1.0
    proxy: str | None = None
    private: bool = False
    enabled: bool = True
    every: timedelta = timedelta(hours=1)
    verified_on: date | None = None
    all_hosts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        named = (host_of(self.home), *(host_of(f"//{h}") or h.lower() for h in self.hosts))
        object.__setattr__(self, "all_hosts", frozenset((*named, *filter(None, map(_twin, named)))))
        for problem in self._problems():
            raise SiteError(f"site {self.name!r}: {problem}")

    def _problems(self) -> list[str]:
        found = []
        if not NAME_PATTERN.match(self.name):
            found.append(f"name: {self.name!r} is not of the form host_with_underscores")
        if urlsplit(self.home).scheme not in {"http", "https"} or not host_of(self.home):
            found.append(f"home: {self.home!r} is no http or https address")
        found += [
            f"languages: {code!r} is no ISO 639-1 code" for code in self.languages if not LANGUAGE_PATTERN.match(code)
        ]
        if self.timezone is not None:
            try:
                ZoneInfo(self.timezone)
            except (KeyError, ValueError, OSError):
                found.append(f"timezone: {self.timezone!r} is no IANA zone such as 'Asia/Almaty'")
        for text in (
            self.article_url,
            *self.not_article,
            *(s.children for s in self.sources if isinstance(s, Sitemap)),
        ):
            try:
                re.compile(text or "")
            except re.error as error:
                found.append(f"{text!r} is no regular expression: {error}")
        found += [f"sources: {s.url!r} is not on one of the site's hosts" for s in self.sources if not self.owns(s.url)]
        found += [f"{css!r} is no CSS selector: {why}" for css in self._selectors() if (why := _selector_fault(css))]
        if not self.delay_s >= 0:
            found.append(f"delay_s: {self.delay_s!r} is not 0 or more seconds")
        if self.sources and all(s.archive for s in self.sources):
            found.append("sources: all are archives, so that no visit without a window would ask any")
        listings = [s for s in self.sources if isinstance(s, Listing)]
        found += [f"sources: {s.url!r}: step says by how much {{offset}} grows" for s in listings if _lacks_step(s)]
        return found

    def _selectors(self) -> list[str]:
        listings = [s for s in self.sources if isinstance(s, Listing | DayPages)]
        said = [
            *(css for s in listings for css in (s.item, s.link, s.date)),
            *(s.next_link for s in listings if isinstance(s, Listing)),
            *(
                css
                for o in self.overrides
                for css in (o.title, o.lead, o.body, o.date, o.authors, o.tags, o.section, *o.drop)
            ),
        ]
        return [css for css in said if css is not None]

    def owns(self, url: str) -> bool:
        """Whether the address is http(s) and its host, with its port where that is not the scheme's own, is one of the site's."""
        return urlsplit(url).scheme in {"http", "https"} and host_of(url) in self.all_hosts

    def is_article_url(self, url: str) -> bool | None:
        """Whether the address has the form of an article's; None when the site has no pattern to tell by.

        A pattern names one of the spellings http, https, with and without "www.": the others are the same address.
        """
        if any(_compiled(p).search(url) for p in self.not_article):
            return False
        if self.article_url is None:
            return None
        return any(_compiled(self.article_url).match(spelling) for spelling in _spellings(url))

    def override_at(self, fetched_at: datetime | None) -> Override | None:
        """The layout of the page's day: the earliest override whose `until` lies after it; without a day today's layout."""
        day = fetched_at.date() if fetched_at else date.max
        dated = sorted(self.overrides, key=lambda o: o.until or date.max)
        return next((o for o in dated if o.until is None or day < o.until), None)


def _twin(host: str) -> str | None:
    """The host with "www." or without it, where a reader expects both to be one site: a name of two labels."""
    bare = host.removeprefix("www.")
    if bare.count(".") != 1 or bare.replace(".", "").isdigit():
        return None
    return f"www.{bare}" if bare == host else bare


def _lacks_step(source: Listing) -> bool:
    return "{offset}" in (source.next_url or "") and source.step < 1


def _spellings(url: str) -> Iterator[str]:
    """The address, and its twins by scheme and "www."; the address itself comes first, since it is what mostly fits."""
    yield url
    scheme, separator, rest = url.partition("://")
    if separator and scheme in {"http", "https"}:
        bare = rest.removeprefix("www.")
        yield from (f"{s}://{host}" for s in ("https", "http") for host in (rest, bare, f"www.{bare}"))


def _selector_fault(css: str) -> str:
    """What is wrong with a CSS selector, "" when nothing is."""
    try:
        HTMLTranslator().css_to_xpath(css)
    except SelectorError as error:
        return str(error) or type(error).__name__
    return ""


@lru_cache(maxsize=2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def host_of(url: str) -> str:
    """The host of an address in lower case, with its port where that is not the scheme's own; "" when it has none.

    A name in other letters than ASCII is given as it is asked for (`xn--...`): links are written in both forms.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # also a name that cannot be one: UnicodeError is a ValueError
        return ""
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{port}" if port and port != default else host
