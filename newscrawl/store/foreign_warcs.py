"""A WARC file that another program wrote -> the pages in it, as this crawler would have fetched them."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newscrawl.page import Page
from newscrawl.store.capture import ArchiveError
from newscrawl.store.durability import reason_of

LARGEST_BODY_BYTES = 10 * 1024 * 1024
READABLE = ("text/html", "application/xhtml")
EARLIEST = datetime(1996, 1, 1, tzinfo=UTC)  # the first web archives
DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(slots=True)
class Skipped:
    """What a file holds that is no page, by reason: how many records."""

    reasons: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str) -> None:
        """One more."""
        self.reasons[reason] = self.reasons.get(reason, 0) + 1


def foreign_pages(path: Path, skipped: Skipped, latest: datetime) -> Iterator[Page]:
    """Responses with status 200 that hold HTML, in the file's order; whatever else is there is counted in `skipped`.
    latest: a record that says it is from after that is none to be believed.

    Reads WARC 0.18 to 1.1 and ARC, gzipped by record or not (warcio). Raises ArchiveError where the file ends within a record
    or is none; what came before was handed out.
    """
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, arc2warc=True):
                reason, page = _page(record, latest)
                if page is not None:
                    yield page
                elif reason:
                    skipped.note(reason)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({reason_of(error)})") from error
    except (ArchiveLoadFailed, ValueError, EOFError, zlib.error, AttributeError) as error:
        line = " ".join(str(error).split())[:200]
        raise ArchiveError(f"{path}: no whole WARC file ({line}); what came before that was taken in") from error


def _instant(date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(date).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _unpacked(record: Any) -> bytes:
    encoding = (record.http_headers.get_header("Content-Encoding") or "").lower()
    if encoding != "br":
        return bytes(record.content_stream().read(LARGEST_BODY_BYTES + 1))
    # warcio asks brotli for what its present version does not have.
    record.http_headers.remove_header("Content-Encoding")
    packed, unpacker = record.content_stream().read(), brotli.Decompressor()
    body = bytearray()
    for start in range(0, len(packed), 1024):
        body += unpacker.process(packed[start : start + 1024])
        if len(body) > LARGEST_BODY_BYTES:
            break
    return bytes(body)


def _refused(record: Any) -> str:
    """Why a response is no page, "" when it may be one."""
    status = record.http_headers.get_statuscode()
    if status != "200":
        return f"answers of status {status}"
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if kind and not kind.startswith(READABLE):
        return "answers that are no page"
    return "pages that are too large" if record.raw_stream.limit > LARGEST_BODY_BYTES else ""


def _page(record: Any, latest: datetime) -> tuple[str, Page | None]:
    if record.rec_type == "revisit":
        return "revisits, whose body is elsewhere", None
    if record.rec_type != "response" or record.http_headers is None:
        return "", None
    if refused := _refused(record):
        return refused, None
    url, date = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    fetched_at = _instant(date or "")
    if not url or not url.startswith(("http://", "https://")):
        return "records without an address", None
    if fetched_at is None or not EARLIEST <= fetched_at <= latest:
        return "records with a date that cannot be", None
    block = record.raw_stream.read()
    if record.raw_stream.limit:  # warcio takes a torn record for a short one
        raise ValueError(f"the file ends within the record of {url}")
    record.raw_stream = BytesIO(block)
    try:
        body = _unpacked(record)
    except (zlib.error, ValueError, AttributeError, OSError, brotli.error):
        return "pages that cannot be unpacked", None
    if len(body) > LARGEST_BODY_BYTES:
        return "pages that are too large", None
    headers = tuple((n, v) for n, v in record.http_headers.headers if n.lower() not in DECODED)
    return "", Page(url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=fetched_at)
