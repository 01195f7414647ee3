"""Articles, candidates and instants for the store's tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.article import Article, DateEvidence
from newscrawl.page import Candidate, Fate
from newscrawl.store.articles import store_article

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
SITE = "vesti_example"
URL = "https://vesti.example/2024/05/02/most"


def after(**span: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(**span)


def article(**fields: Any) -> Article:
    """A whole article; fields given replace its own."""
    whole: dict[str, Any] = {
        "url": URL,
        "title": "Мост через Ишим открыли",
        "text": "Движение по мосту началось утром.\n\nПервым проехал автобус.",
        "markdown": "Движение по мосту началось утром.\n\nПервым проехал автобус.",
        "authors": ("Айгуль Серикова", "Иван Петров"),
        "tags": ("мосты", "Астана"),
        "alternates": (("kk", "https://vesti.example/kk/kopir"),),
        "free": False,
        "published": NOON - timedelta(minutes=10),
        "published_day": NOON.date(),
        "published_source": "json-ld",
        "published_precision": "minute",
        "published_raw": "2024-05-02T16:50:00+05:00",
        "language": "ru",
        "script": "Cyrl",
        "language_confidence": 0.99,
    }
    return Article(**{**whole, **fields})


def store(connection: Any, written: Article, at: datetime = NOON, **more: Any) -> Fate:
    """Store it with the arguments that a test does not care about. The text stands for its own hash."""
    known: dict[str, Any] = {
        "site": SITE,
        "capture_id": None,
        "text_hash": f"t1:{written.text}",
        "near_signature": None,
        "extractor": "newscrawl 0.1",
    }
    return store_article(connection, written, fetched_at=at, **{**known, **more}).fate


def candidate(url: str = URL, **fields: Any) -> Candidate:
    """A candidate as a feed lists it."""
    said: dict[str, Any] = {
        "found_in": "https://vesti.example/feed",
        "kind": "feed",
        "title": "Мост открыли",
        "language": "ru",
        "evidence": (DateEvidence("feed", "Thu, 02 May 2024 11:50:00 GMT", "item pubDate", zone="UTC"),),
        "alternates": (("kk", "https://vesti.example/kk/kopir"),),
    }
    return Candidate(url=url, **{**said, **fields})


def is_one_line_about(error: BaseException, path: Path) -> bool:
    """Whether the error is one plain line that names the file and says more than its name."""
    text = str(error)
    return str(path) in text and "\n" not in text and len(text) > len(str(path)) + 20
