"""Pages to archive, and what warcio's own checker says of a file."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.checker import Checker

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate, Page
from newscrawl.store.archive import ArchiveWriter, iter_captures

OPENED_AT = datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
SOFTWARE = "newscrawl/0 (tests)"


def page(number: int = 1, **changed: object) -> Page:
    given: dict[str, object] = {
        "url": f"https://example.kz/news/{number}",
        "final_url": f"https://example.kz/news/{number}",
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx")),
        "body": f"<html><p>Жаңалық нөмірі {number}, {'мәтін ' * number}</p></html>".encode(),
        "fetched_at": OPENED_AT + timedelta(seconds=number, microseconds=120),
    }
    return Page(**{**given, **changed})  # type: ignore[arg-type]


def candidate(number: int = 1, **changed: object) -> Candidate:
    given: dict[str, object] = {
        "url": f"https://example.kz/news/{number}",
        "found_in": "https://example.kz/feed",
        "kind": "feed",
        "title": "Тақырып «бір»",
        "language": "kk",
        "evidence": (
            DateEvidence("feed", "Thu, 02 May 2024 14:05:00 +0500", where="RSS pubDate", zone="Asia/Almaty"),
            DateEvidence("feed", "2 мая 2024", role="modified"),
        ),
        "alternates": (("ru", "https://example.kz/ru/news/1"), ("en", "https://example.kz/en/news/1")),
    }
    return Candidate(**{**given, **changed})  # type: ignore[arg-type]


def writer(folder: Path) -> ArchiveWriter:
    return ArchiveWriter(folder, SOFTWARE, OPENED_AT)


def pages_in(path: Path) -> list[Page]:
    return [page for _, page in iter_captures(path)]


def segments(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_valid_warc(path: Path) -> bool:
    return bool(Checker(Namespace(inputs=[str(path)], verbose=False)).process_all() == 0)
