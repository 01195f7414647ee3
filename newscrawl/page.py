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
    problem: None, or one plain sentence why nothing (or not all) could be read; limited: what was cut off by a bound.
    """

    candidates: tuple[Candidate, ...] = ()
    more: tuple[str, ...] = ()
    problem: str | None = None
    limited: str | None = None
    notes: tuple[str, ...] = field(default=())
