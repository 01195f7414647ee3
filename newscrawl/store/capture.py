"""`CaptureRef`: where in the archive a fetched page lies; `ArchiveError`: why it cannot be put there or read back."""

from dataclasses import dataclass
from datetime import datetime

CLOSED_SUFFIX = ".warc.gz"
OPEN_SUFFIX = ".warc.gz.open"


class ArchiveError(Exception):
    """The archive cannot be written or read: one plain line that names the file and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRef:
    """One capture in one WARC file.

    url: the address asked for; final_url: the one that answered; file: the segment's name in the archive's folder, as it is
    once the segment is closed (`...warc.gz`; while it is written the file on disk ends in `.open`); offset, length: the
    bytes of the capture in that file: the response record and, where there is one, the metadata record behind it;
    body_hash: the response's WARC-Payload-Digest, "sha256:" and 64 hexadecimal digits.
    """

    url: str
    final_url: str
    fetched_at: datetime
    status: int
    file: str
    offset: int
    length: int
    body_hash: str

    @property
    def end(self) -> int:
        """The offset behind the capture."""
        return self.offset + self.length
