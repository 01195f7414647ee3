"""A `Page` <-> its WARC 1.1 records: the response and, where there is more to say, a metadata record that refers to it.

What stands in a record, and why:

- The body is archived as `Page` holds it, decoded from its transfer and content encoding. A header that still announced
  them would make every reader decode it again, so `Content-Encoding`, `Transfer-Encoding` and a `Content-Length` that is
  no longer true are kept as `X-Crawler-...`, as Common Crawl does, and the true length stands beside the old one.
- Header lines are UTF-8, as they came. warcio by itself percent-encodes what is not ASCII, and the header read back
  would be another one. A line break in a value would forge a header: it becomes a space.
- Target-URI is the address that answered. The address asked for and the candidate with its evidence (exact, as JSON) are
  in the metadata record, written only when they say more than the response does. The response names that record
  (WARC-Concurrent-To), so that a tail torn between the two is seen.
- A body that is archived already, byte for byte, becomes a revisit record (WARC 1.1, 6.7): header lines without the body. Its
  metadata record says in which file and at which offset the body lies.
- Digests are SHA-256 in hexadecimal, which analysts can compare without a tool; no WARC-IP-Address: nobody hands it in.
"""

import hashlib
import json
import re
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import responses
from io import BytesIO
from typing import Any
from urllib.parse import quote

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate, Page
from newscrawl.store.capture import CaptureRef

METADATA_TYPE = "application/json"
SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
PACKING_LEVEL = 6  # warcio packs at 9: 5.4 ms instead of 3.3 for a page of 208 kB, to save 0.7 % of its 39 kB
RENAMED = "X-Crawler-"
ENCODINGS = frozenset({"content-encoding", "transfer-encoding"})
NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")  # RFC 9110: all that a header's name may not hold


class _Headers(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """HTTP headers that are written as they are: warcio's own percent-encode what is not ASCII."""

    def to_ascii_bytes(self, filter_func: Any = None) -> bytes:
        return bytes(self.to_bytes(filter_func, "utf-8"))


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read back: its WARC headers (by lower-case name), and for a response the page that it holds."""

    kind: str
    headers: dict[str, str]
    block: bytes
    page: Page | None = None


def warcinfo_record(file: str, software: str, opened_at: datetime) -> bytes:
    """The record that opens a segment: who wrote it, as a gzip member."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    fields = {"WARC-Date": warc_date(opened_at), "WARC-Filename": file}
    return written_record("", "warcinfo", fields, block, "application/warc-fields")


def body_digest(body: bytes) -> str:
    """The WARC-Payload-Digest of a body."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def capture_records(page: Page, original: CaptureRef | None = None) -> tuple[bytes, str]:
    """The page's records as gzip members, one behind the other, and the digest of its body.

    original: where the same body is archived already, byte for byte: then a revisit record is written, without the body.
    """
    digest = body_digest(page.body)
    target, date = target_uri(page.final_url), warc_date(page.fetched_at)
    response_id, metadata_id = record_id(), record_id()
    fields = {"WARC-Record-ID": response_id, "WARC-Date": date, "WARC-Payload-Digest": digest}
    kind, body = "response", page.body
    if original is not None:
        kind, body = "revisit", b""
        fields["WARC-Profile"] = SAME_BODY
        fields["WARC-Refers-To-Target-URI"] = target_uri(original.final_url)
        fields["WARC-Refers-To-Date"] = warc_date(original.fetched_at)
    block = _metadata_block(page, target, original)
    if block is None:
        return written_record(target, kind, fields, body, headers=_http_headers(page)), digest
    fields["WARC-Concurrent-To"] = metadata_id
    response = written_record(target, kind, fields, body, headers=_http_headers(page))
    fields = {"WARC-Record-ID": metadata_id, "WARC-Date": date, "WARC-Refers-To": response_id}
    fields["WARC-Concurrent-To"] = response_id
    return response + written_record(target, "metadata", fields, block, METADATA_TYPE), digest


def parse_record(content: bytes) -> Record:
    """One record, unpacked from its gzip member. Raises ValueError for what is no WARC record."""
    try:
        found = ArcWarcRecordLoader(verify_http=False).parse_record_stream(BytesIO(content), known_format="warc")
    except (ArchiveLoadFailed, EOFError, AttributeError) as error:  # AttributeError: a response without an address
        raise ValueError(f"no WARC record: {error}") from error
    headers = {name.lower(): value for name, value in reversed(found.rec_headers.headers)}
    if found.rec_type in {"response", "revisit"} and found.http_headers:
        return Record(found.rec_type, headers, b"", _page(found, headers))
    return Record(found.rec_type or "", headers, found.raw_stream.read())


def completed(page: Page, metadata: Record) -> Page:
    """The response's page with what its metadata record adds. Raises ValueError when that is none of ours."""
    if metadata.headers.get("content-type") != METADATA_TYPE:
        return page
    try:
        said = json.loads(metadata.block)
        candidate = _candidate(said["candidate"]) if said["candidate"] else None
        url, final_url = said["url"], said["final_url"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"a metadata record without {error}") from error
    return Page(
        url=url,
        final_url=final_url,
        status=page.status,
        headers=page.headers,
        body=page.body,
        fetched_at=page.fetched_at,
        candidate=candidate,
    )


def written_record(
    uri: str, kind: str, fields: dict[str, str], block: bytes, content_type: str = "", headers: _Headers | None = None
) -> bytes:
    """One record as a gzip member."""
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        uri,
        kind,
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=content_type,
        warc_headers_dict=fields,
        http_headers=headers,
    )
    writer.write_record(record)
    return zlib.compress(plain.getvalue(), PACKING_LEVEL, wbits=zlib.MAX_WBITS + 16)


def _http_headers(page: Page) -> _Headers:
    lines: list[tuple[str, str]] = []
    for raw_name, raw_value in page.headers:
        name, value = _clean_name(raw_name), _clean_value(raw_value)
        if name.lower() == "content-length" and value != str(len(page.body)):
            lines += [(RENAMED + name, value), (name, str(len(page.body)))]
        else:
            lines.append((RENAMED + name if name.lower() in ENCODINGS else name, value))
    return _Headers(f"{page.status} {responses.get(page.status, 'Unknown')}", lines, protocol="HTTP/1.1")


def _original_headers(lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The headers before `_http_headers`: names without the prefix, no length of our own."""
    renamed = RENAMED.lower()
    lines = list(lines)
    own_length = any(name.lower() == f"{renamed}content-length" for name, _ in lines)
    kept = [(name, value) for name, value in lines if not (own_length and name.lower() == "content-length")]
    return tuple((_without_prefix(name), value) for name, value in kept)


def _without_prefix(name: str) -> str:
    bare = name[len(RENAMED) :]
    ours = name.lower().startswith(RENAMED.lower()) and bare.lower() in ENCODINGS | {"content-length"}
    return bare if ours else name


def _page(found: Any, headers: dict[str, str]) -> Page:
    url = headers.get("warc-target-uri", "")
    status = re.match(r"\d{1,9}", found.http_headers.get_statuscode())
    return Page(
        url=url,
        final_url=url,
        status=int(status.group()) if status else 0,
        headers=_original_headers(found.http_headers.headers),
        body=found.content_stream().read(),
        fetched_at=datetime.fromisoformat(headers.get("warc-date", "")).astimezone(UTC),
    )


def _metadata_block(page: Page, target: str, original: CaptureRef | None) -> bytes | None:
    if page.candidate is None and original is None and page.url == page.final_url == target:
        return None
    said: dict[str, Any] = {
        "url": page.url,
        "final_url": page.final_url,
        "candidate": asdict(page.candidate) if page.candidate else None,
    }
    if original is not None:
        # WARC refers to a record by address and date; where it lies is what saves a reader from looking for it.
        said["revisit_of"] = {"file": original.file, "offset": original.offset}
    return json.dumps(said).encode("ascii")  # ASCII: a lone surrogate in a feed's title comes back as it was


def _candidate(said: dict[str, Any]) -> Candidate:
    evidence = tuple(DateEvidence(**one) for one in said["evidence"])
    alternates = tuple((language, url) for language, url in said["alternates"])
    return Candidate(**{**said, "evidence": evidence, "alternates": alternates})


def revisit_of(metadata: Record) -> tuple[str, int] | None:
    """File and offset of the capture whose body a revisit has; None where its metadata record does not say so."""
    if metadata.headers.get("content-type") != METADATA_TYPE:
        return None
    try:
        said = json.loads(metadata.block)["revisit_of"]
        return str(said["file"]), int(said["offset"])
    except (KeyError, TypeError):
        return None


def target_uri(url: str) -> str:
    """The address as a header's value: what is no printable ASCII becomes percent-encoded."""
    return quote(url.encode("utf-8", "replace"), safe="".join(map(chr, range(0x21, 0x7F))))


def _clean_name(name: str) -> str:
    return NO_TOKEN.sub("_", name) or "_"


def _clean_value(value: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", value).encode("utf-8", "replace").decode().strip()


def warc_date(instant: datetime) -> str:
    """An instant as WARC-Date."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def record_id() -> str:
    """A new WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"
