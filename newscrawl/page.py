"""`Candidate` (an address and what its source said of it), `Page` (what was fetched) and `Fate` (what became of an address)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from newscrawl.article import DateEvidence


class Fate(StrEnum):
    """What became of an address. The list is closed: there is no "other".

    open          found, queued, fetching
    kept          stored, updated, unchanged, copy
    no article    listing, empty, challenge, consent, login, paywall, app_shell, error_page, soft_404
    refused by us robots, offsite, filtered, out_of_range, over_limit, unsafe
    HTTP          not_modified, redirected, gone, blocked, throttled, server_error, bad_response
    network       timeout, dns_error, connect_error, too_large
    our fault     read_error, store_error
    """

    FOUND = "found"
    QUEUED = "queued"
    FETCHING = "fetching"
    STORED = "stored"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    COPY = "copy"
    LISTING = "listing"
    EMPTY = "empty"
    CHALLENGE = "challenge"
    CONSENT = "consent"
    LOGIN = "login"
    PAYWALL = "paywall"
    APP_SHELL = "app_shell"
    ERROR_PAGE = "error_page"
    SOFT_404 = "soft_404"
    ROBOTS = "robots"
    OFFSITE = "offsite"
    FILTERED = "filtered"
    OUT_OF_RANGE = "out_of_range"
    OVER_LIMIT = "over_limit"
    UNSAFE = "unsafe"
    NOT_MODIFIED = "not_modified"
    REDIRECTED = "redirected"
    GONE = "gone"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    SERVER_ERROR = "server_error"
    BAD_RESPONSE = "bad_response"
    TIMEOUT = "timeout"
    DNS_ERROR = "dns_error"
    CONNECT_ERROR = "connect_error"
    TOO_LARGE = "too_large"
    READ_ERROR = "read_error"
    STORE_ERROR = "store_error"

    @property
    def meaning(self) -> str:
        """The fate in one sentence, for people."""
        return _MEANINGS[self]


_MEANINGS: dict[Fate, str] = {
    Fate.FOUND: "It is a source of the site that was not asked yet.",
    Fate.QUEUED: "It waits for its turn.",
    Fate.FETCHING: "A run is fetching it, or was killed while it did.",
    Fate.STORED: "It is an article, stored for the first time.",
    Fate.UPDATED: "It is a known article whose content changed: there is a new version.",
    Fate.UNCHANGED: "It is a known article that was seen again as it was.",
    Fate.COPY: "It is an article, stored, whose text another stored article has.",
    Fate.LISTING: "It is a list of articles, no article: a source that was read, or a page that turned out to be a list.",
    Fate.EMPTY: "The answer holds no text that could be an article.",
    Fate.CHALLENGE: "The answer is a test for robots (a captcha, a browser check) instead of the page.",
    Fate.CONSENT: "The answer is a question for consent instead of the page.",
    Fate.LOGIN: "The answer is a login form instead of the page.",
    Fate.PAYWALL: "The text is for subscribers: the page holds a teaser and no article.",
    Fate.APP_SHELL: "The answer is an empty frame that a browser's scripts would fill.",
    Fate.ERROR_PAGE: "The answer is an error message, though its status says that all is well.",
    Fate.SOFT_404: "The answer says that the page does not exist, though its status says that it does.",
    Fate.ROBOTS: "The site's robots.txt forbids it, or could not be had.",
    Fate.OFFSITE: "It belongs to none of the site's hosts.",
    Fate.FILTERED: "Its form is not that of an article's address, it is a file (a picture, a PDF), or a pipeline of yours dropped it.",
    Fate.OUT_OF_RANGE: "It was published outside the window that since and until set.",
    Fate.OVER_LIMIT: "A bound was reached: more new addresses than one visit queues, or too many like it held no new article.",
    Fate.UNSAFE: "It leads to a private address, holds a password, or is neither http nor https.",
    Fate.NOT_MODIFIED: "The server says, or the same bytes show, that nothing changed since it was last fetched.",
    Fate.REDIRECTED: "It leads to another address, and that one has the article.",
    Fate.GONE: "The server says that it does not exist (404 or 410).",
    Fate.BLOCKED: "The server refuses it (401, 402, 403, 407 or 451).",
    Fate.THROTTLED: "The server says that it is asked too often (429).",
    Fate.SERVER_ERROR: "The server failed (5xx).",
    Fate.BAD_RESPONSE: "The answer cannot be used: broken, cut off, redirects without end, an odd status or type, no feed.",
    Fate.TIMEOUT: "There was no whole answer in time.",
    Fate.DNS_ERROR: "The host's name has no address.",
    Fate.CONNECT_ERROR: "No connection came about, or it broke (refused, reset, TLS).",
    Fate.TOO_LARGE: "The answer is larger than is fetched or read.",
    Fate.READ_ERROR: "Reading failed: too slow, too much memory, or an error of ours.",
    Fate.STORE_ERROR: "It was read and could not be stored.",
}


OPEN_FATES = frozenset({Fate.FOUND, Fate.QUEUED, Fate.FETCHING})
KEPT_FATES = frozenset({Fate.STORED, Fate.UPDATED, Fate.UNCHANGED, Fate.COPY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that a source lists, with everything the source said of it.

    url: absolute; found_in: the address of the source; kind: the source's kind (`Source.kind`, or "urls" for addresses
    that a person gave); evidence: its dates as `DateEvidence`; language: ISO 639-1 as stated; alternates: (language, url).
    """

    url: str
    found_in: str
    kind: str
    title: str | None = None
    language: str | None = None
    evidence: tuple[DateEvidence, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a server. url: the address that was asked for; final_url: where redirects led; body: decoded from its
    transfer and content encoding, not from its character set; fetched_at: aware, UTC."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    fetched_at: datetime
    candidate: Candidate | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name (case does not matter), None when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def evidence(self) -> tuple[DateEvidence, ...]:
        """What the candidate's source said of its dates."""
        return self.candidate.evidence if self.candidate else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What one fetched source yields: candidates in the source's order, further sources to fetch, and what was wrong.

    more: addresses of the same kind that continue this source (index children, next pages), best first;
    more_days: of each of `more` the day it last changed (`2024-05-02`) as far as an index tells, "" where it does not;
    problem: None, or one plain sentence why nothing (or not all) could be read; limited: what was cut off by a bound.
    """

    candidates: tuple[Candidate, ...] = ()
    more: tuple[str, ...] = ()
    more_days: tuple[str, ...] = ()
    problem: str | None = None
    limited: str | None = None
    notes: tuple[str, ...] = field(default=())
