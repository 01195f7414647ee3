"""What no page says and the archive must know <-> WARC metadata records: which site a file's pages belong to, and which articles
were found gone or back, or are to be forgotten.

A lost database is made again from the archive alone. Two things do not follow from pages: by which site's zone and rules they
were read (a site may have no file), and that an article was withdrawn, since what is not there cannot be archived.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from newscrawl.site import Site, SiteError
from newscrawl.store.columns import instant
from newscrawl.store.warc_records import METADATA_TYPE, Record, record_id, target_uri, warc_date, written_record

NoteKind = Literal["site", "status", "forgotten"]
_KINDS = frozenset(get_args(NoteKind))


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its kind, the address that it is about, when it was made, and what it says, ready for JSON."""

    kind: NoteKind
    url: str
    at: datetime
    said: Mapping[str, Any]


def site_note(site: Site, at: datetime) -> Note:
    """Whose pages these are, and what they cannot be read without."""
    said = {
        "name": site.name,
        "hosts": sorted(site.all_hosts),
        "languages": list(site.languages),
        "timezone": site.timezone,
    }
    return Note("site", site.home, at, said)


def status_note(
    url: str, status: str, at: datetime, missing_since: str | None, misses: int, last_seen_at: str | None = None
) -> Note:
    """That the article is gone, or there again, as was decided at that moment; last_seen_at: when it was last there."""
    said = {"status": status, "missing_since": missing_since, "misses": misses, "last_seen_at": last_seen_at}
    return Note("status", url, at, said)


def site_of_note(note: Note) -> Site | None:
    """The site that a note tells of; None where it says what no site can."""
    try:
        return Site(
            name=note.said["name"],
            home=note.url,
            hosts=tuple(note.said["hosts"]),
            languages=tuple(note.said["languages"]),
            timezone=note.said["timezone"],
        )
    except (KeyError, TypeError, SiteError):
        return None


def note_text(note: Note) -> bytes:
    """The note as JSON."""
    return json.dumps({"newscrawl": note.kind, "url": note.url, "at": instant(note.at), **note.said}).encode("ascii")


def note_record(note: Note) -> bytes:
    """The note as a metadata record, one gzip member."""
    fields = {"WARC-Record-ID": record_id(), "WARC-Date": warc_date(note.at)}
    return written_record(target_uri(note.url), "metadata", fields, note_text(note), METADATA_TYPE)


def note_of(record: Record) -> Note | None:
    """The note that a record holds; None for any other record. Raises ValueError for one that cannot be understood."""
    if record.kind != "metadata" or record.headers.get("content-type") != METADATA_TYPE:
        return None
    said = json.loads(record.block)
    if not isinstance(said, dict) or said.get("newscrawl") not in _KINDS:
        return None
    try:
        kind, url, at = said.pop("newscrawl"), said.pop("url"), datetime.fromisoformat(said.pop("at"))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a note without {error}") from error
    return Note(kind, url, at.astimezone(UTC), said)
