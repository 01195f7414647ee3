"""`CaptureRef`: where in the archive a fetched page lies; `ArchiveError`: why it cannot be put there or read back."""

from dataclasses import dataclass
from datetime import datetime

from newscrawl.page import Page

CLOSED_SUFFIX = ".warc.gz"
OPEN_SUFFIX = ".warc.gz.open"


class ArchiveError(Exception):
    """The archive cannot be written or read: one plain line that names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page whose body is archived already, byte for byte, and where: it is archived as a revisit."""

    page: Page
    original: "CaptureRef"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRef:
    """One capture in one WARC file.

    url: the address asked for; final_url: the one that answered; file: the segment's name in the archive's folder, as it is
    once the segment is closed (`...warc.gz`; while it is written the file on disk ends in `.open`); offset, length: the
    bytes of the capture in that file: the response record and, where there is one, the metadata record behind it;
    body_hash: the response's WARC-Payload-Digest, "sha256:" and 64 hexadecimal digits; refers_to: for a page whose body was
    archived before, byte for byte, the file and offset of the capture that holds it.
    """

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    file: str
    offset: int
    length: int
    body_hash: str
    refers_to: tuple[str, int] | None = None

    @property
    def end(self) -> int:
        """The offset behind the capture."""
        return self.offset + self.length
