"""Date evidence -> the publication date, the modification date, and a verdict on every piece."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from newscrawl.article import DateEvidence
from newscrawl.extraction.date_evidence import OVERRIDE_WHERE, find_date_evidence, is_weak
from newscrawl.extraction.date_reading import Reading, read_text
from newscrawl.extraction.date_text import ParsedDate, parse_date, parse_stamp, zone_named
from newscrawl.extraction.draft import IN_THE_FUTURE, Draft, JudgedDate
from newscrawl.site import Site

__all__ = ["choose_dates", "find_date_evidence"]

CONFLICT = timedelta(hours=1)
# The rungs, best first; pieces of one rung keep the page's order. First piece of each place on 606 labelled pages, right day of those
# that spoke: json-ld 343/361, meta 318/331, microdata 56/57, url 108/111, time 198/206, header 227/237; bare metas 71/80 and
# dateCreated 47/61 are weak. Where two differed by more than a day the named places won over dateCreated 14 to 0, and the address
# once over each of time and header.
_RUNGS = {
    "json-ld": 1,
    "meta": 2,
    "microdata": 3,
    # What a source said of the page stands below what the page's own machine-readable places say, and above what it shows.
    "wordpress": 4,
    "feed": 5,
    "sitemap": 6,
    "url": 7,
    "time": 8,
    "header": 8,
    "listing": 9,
}
_SELECTED_RUNG, _WEAK_RUNG, _AMBIGUOUS_RUNG = 0, 10, 11
_AMBIGUOUS = re.compile(r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/[0-9]{4}")
_TRUSTED = frozenset({"wordpress", "json-ld", "meta", "microdata", "feed", "sitemap"})
_FOR_MACHINES = _TRUSTED | {"time", "listing"}
# The zones that a bare day may speak for: further ones are hardly lived in, and 12:53 UTC beside tomorrow's day was a masthead's.
_LATEST_ZONE, _EARLIEST_ZONE = timedelta(hours=8), timedelta(hours=11)
_WIDEST_SHIFT = timedelta(hours=14)


class _Piece:
    """One piece of evidence, what it was read as, and what became of it."""

    def __init__(self, evidence: DateEvidence, parsed: ParsedDate | None, verdict: str) -> None:
        self.evidence = evidence
        self.parsed = parsed
        self.verdict = verdict

    @cached_property
    def rung(self) -> int:
        """Its rung of the ladder, 0 the best. `06/01/2020` may be either of two days: it stands at the foot."""
        if self.evidence.where.startswith(OVERRIDE_WHERE):
            return _SELECTED_RUNG
        if _AMBIGUOUS.match(self.evidence.raw):
            return _AMBIGUOUS_RUNG
        return _WEAK_RUNG if is_weak(self.evidence) else _RUNGS[self.evidence.source]

    @property
    def is_trusted(self) -> bool:
        """Whether it may contradict: a source for machines that names the publication."""
        return self.rung == _SELECTED_RUNG or (self.evidence.source in _TRUSTED and self.rung < _WEAK_RUNG)

    @cached_property
    def reading(self) -> Reading:
        """What the string says by itself."""
        return read_text(self.evidence.raw) or Reading()

    @property
    def date(self) -> ParsedDate:
        """What it was read as; only asked of pieces that were."""
        assert self.parsed is not None
        return self.parsed

    @property
    def is_bare_day(self) -> bool:
        """Whether it names a day only. A clock of 00:00:00 is how content systems fill one in."""
        return self.date.precision == "day" or self.reading.clock == time(0)


@dataclass(frozen=True, slots=True)
class _Choice:
    piece: _Piece
    day: date
    conflict: bool


def choose_dates(
    draft: Draft, fetched_at: datetime | None, site: Site | None, evidence: Iterable[DateEvidence] = ()
) -> Draft:
    """The draft with its dates: the page's own evidence and the candidate's, read in the site's zone, judged and chosen."""
    override = site.override_at(fetched_at) if site else None
    believe_zone = override is None or override.clock == "stated"
    zone = site.timezone if site else None
    languages = (*(site.languages if site else ()), *_languages_of(draft))
    pieces = [_read(e, fetched_at, zone, languages, believe_zone) for e in dict.fromkeys(draft.dates)]
    pieces += [_read(e, fetched_at, zone, languages, True) for e in dict.fromkeys(evidence) if e not in draft.dates]
    pieces.sort(key=lambda piece: piece.rung)
    choice = _choose([p for p in pieces if p.parsed and p.evidence.role == "published"], zone)
    modified = _choose_modified([p for p in pieces if p.parsed and p.evidence.role == "modified"], choice)
    judged = tuple(_judged(piece) for piece in pieces)
    if choice is None:
        return replace(draft, judged=judged, modified=modified)
    chosen = choice.piece
    return replace(
        draft,
        judged=judged,
        modified=modified,
        published=chosen.date.instant,
        published_day=choice.day,
        published_source=chosen.evidence.source,
        published_precision=chosen.date.precision,
        published_raw=chosen.evidence.raw,
        published_conflict=choice.conflict,
    )


def _languages_of(draft: Draft) -> tuple[str, ...]:
    code = (draft.html_language or "").replace("_", "-").split("-")[0].lower()
    return (code,) if code else ()


def _read(
    evidence: DateEvidence, fetched_at: datetime | None, zone: str | None, languages: tuple[str, ...], believe: bool
) -> _Piece:
    stated = evidence.zone or zone
    # "Вчера 10:15" counts from the moment its list was read, however long the address waited in the queue.
    read_at = datetime.fromisoformat(evidence.read_at) if evidence.read_at else fetched_at
    if evidence.source in _FOR_MACHINES or not believe:
        parsed = parse_stamp(evidence.raw, read_at, stated, languages, believe)
    else:
        parsed = parse_date(evidence.raw, read_at, stated, languages)
    if parsed and parsed.precision != "day" and (own := zone_named(zone)):
        parsed = replace(parsed, day=parsed.instant.astimezone(own).date())
    return _Piece(evidence, parsed, "" if parsed else _why_unread(evidence, fetched_at, stated, languages))


def _why_unread(
    evidence: DateEvidence, fetched_at: datetime | None, zone: str | None, languages: tuple[str, ...]
) -> str:
    if fetched_at and parse_stamp(evidence.raw, None, zone, languages):
        return IN_THE_FUTURE
    reading = read_text(evidence.raw)
    if reading is None:
        return "out: no date that can be read"
    if fetched_at and zone is None and reading.days_back is not None:
        return "out: which day it means depends on the site's zone, which is not known"
    if fetched_at is None and reading.day is None:
        return "out: it counts from the moment of the fetch, which is not known"
    return "out: no moment in the past fits it"


def _choose(pieces: list[_Piece], zone: str | None) -> _Choice | None:
    """The first piece of the ladder; of a bare day, the best piece that gives the same day a clock."""
    if not pieces:
        return None
    best = pieces[0]
    chosen = best
    if best.is_bare_day:
        clocked = [p for p in pieces if p.date.day == best.date.day and p.date.precision != "day" and not p.is_bare_day]
        chosen = min(clocked, key=lambda p: p.date.precision != "minute", default=best)
    day = chosen.date.day if zone else _day_at_the_site(chosen, pieces)
    conflict = False
    for piece in pieces:
        differs = not _agree(piece, chosen, day)
        conflict = conflict or (differs and piece.is_trusted and chosen.is_trusted)
        piece.verdict = _loser_verdict(piece, best, differs)
    best.verdict = "lost its place: it names the same day, but no clock"
    chosen.verdict = "taken: the best source that says a date"
    if chosen is not best:
        chosen.verdict = f"taken: it gives a clock to the day that {best.evidence.source} names"
    return _Choice(chosen, day, conflict)


def _agree(piece: _Piece, chosen: _Piece, day: date) -> bool:
    if piece.is_bare_day or chosen.is_bare_day:
        return piece.date.day in {day, chosen.date.day}
    return abs(piece.date.instant - chosen.date.instant) <= CONFLICT


def _loser_verdict(piece: _Piece, best: _Piece, differs: bool) -> str:
    before = f"{best.evidence.source} goes before {piece.evidence.source}"
    if piece.evidence.source == best.evidence.source:
        before = f"another {best.evidence.source} stands before it"
    return (
        f"lost: it says another {'day' if piece.date.day != best.date.day else 'hour'}, and {before}"
        if differs
        else (f"agrees, and {before}")
    )


def _day_at_the_site(chosen: _Piece, pieces: list[_Piece]) -> date:
    """The day in the site's calendar where nobody told its zone: an instant in UTC is dated by its local witnesses.

    In the evening west of Greenwich and at night east of it a stamp in UTC names the wrong day: 6 of 475 pages.
    """
    zone = chosen.reading.zone
    instant = chosen.date.instant
    if zone is None or chosen.date.precision == "day" or zone.utcoffset(instant):
        return chosen.date.day
    for piece in pieces:
        day, clock = piece.reading.day, piece.reading.clock
        if day is None or piece is chosen:
            continue
        if clock is None:
            start = datetime.combine(day, time(), UTC)
            if start - _EARLIEST_ZONE <= instant < start + timedelta(days=1) + _LATEST_ZONE:
                return day
        elif _is_same_moment(datetime.combine(day, clock, UTC) - instant) and (
            piece.reading.zone is None
            or (piece.reading.zone.utcoffset(instant) and abs(piece.date.instant - instant) < timedelta(minutes=1))
        ):
            return day
    return chosen.date.day


def _is_same_moment(difference: timedelta) -> bool:
    """Whether two clocks can be one moment in two zones: full quarters of an hour apart, half a minute for rounding."""
    seconds = (difference.total_seconds() + 30) % 900
    return abs(difference) <= _WIDEST_SHIFT and seconds <= 60


def _choose_modified(pieces: list[_Piece], choice: _Choice | None) -> datetime | None:
    taken: datetime | None = None
    for piece in pieces:
        earlier = choice is not None and (
            piece.date.day < choice.day
            if piece.is_bare_day or choice.piece.is_bare_day
            else piece.date.instant < choice.piece.date.instant - CONFLICT
        )
        if earlier:
            piece.verdict = "out: a change before the publication"
        elif taken:
            piece.verdict = "lost: it dates a change, and another source goes before it"
        else:
            taken, piece.verdict = piece.date.instant, "taken as the last change; it never dates the publication"
    return taken


def _judged(piece: _Piece) -> JudgedDate:
    parsed = piece.parsed
    return JudgedDate(
        evidence=piece.evidence,
        instant=parsed.instant if parsed else None,
        day=parsed.day if parsed else None,
        precision=parsed.precision if parsed else None,
        verdict=piece.verdict,
    )
