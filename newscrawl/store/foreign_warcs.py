"""A WARC file that another program wrote -> the pages in it, as this crawler would have fetched them."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newscrawl.page import Page
from newscrawl.store.capture import ArchiveError
from newscrawl.store.durability import reason_of

LARGEST_BODY_BYTES = 10 * 1024 * 1024
READABLE = ("text/html", "application/xhtml")
DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(slots=True)
class Skipped:
    """What a file holds that is no page, by reason: how many records."""

    reasons: dict[str, int] = field(default_factory=dict)

    def note(self, reason: str) -> None:
        """One more."""
        self.reasons[reason] = self.reasons.get(reason, 0) + 1


def foreign_pages(path: Path, skipped: Skipped) -> Iterator[Page]:
    """Responses with status 200 that hold HTML, in the file's order; whatever else is there is counted in `skipped`.

    Reads WARC 0.18 to 1.1 and ARC, gzipped by record or not (warcio). Raises ArchiveError where the file ends within a record
    or is none; what came before was handed out.
    """
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, arc2warc=True):
                reason, page = _page(record)
                if page is not None:
                    yield page
                elif reason:
                    skipped.note(reason)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({reason_of(error)})") from error
    except (ArchiveLoadFailed, ValueError, EOFError, zlib.error, AttributeError) as error:
        line = " ".join(str(error).split())[:200]
        raise ArchiveError(f"{path}: no whole WARC file ({line}); what came before that was taken in") from error


def _page(record: Any) -> tuple[str, Page | None]:
    if record.rec_type == "revisit":
        return "revisits, whose body is elsewhere", None
    if record.rec_type != "response" or record.http_headers is None:
        return "", None
    status = record.http_headers.get_statuscode()
    if status != "200":
        return f"answers of status {status}", None
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if kind and not kind.startswith(READABLE):
        return "answers that are no page", None
    url, date = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    if not url or not date or not url.startswith(("http://", "https://")):
        return "records without an address or a date", None
    if record.raw_stream.limit > LARGEST_BODY_BYTES:
        return "pages that are too large", None
    block = record.raw_stream.read()
    if record.raw_stream.limit:  # warcio takes a torn record for a short one
        raise ValueError(f"the file ends within the record of {url}")
    record.raw_stream = BytesIO(block)
    body = record.content_stream().read(LARGEST_BODY_BYTES + 1)
    if len(body) > LARGEST_BODY_BYTES:
        return "pages that are too large", None
    headers = [(n, v) for n, v in record.http_headers.headers if n.lower() not in DECODED]
    fetched_at = datetime.fromisoformat(date).astimezone(UTC).replace(microsecond=0)
    return "", Page(url=url, final_url=url, status=200, headers=tuple(headers), body=body, fetched_at=fetched_at)
