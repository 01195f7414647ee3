"""Pages whose content is known -> figures of how well they are read."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from statistics import mean

from newscrawl.extraction.read import extract
from tests.extraction.layouts import PUBLISHED, LaidOut, laid_out_pages
from tests.goldens import Golden, goldens


def measure() -> dict[str, float]:
    """The share of laid-out pages and of goldens that are right in each field; for texts and authors the mean F1."""
    rows = {"layouts": [_laid_out(page) for page in laid_out_pages()], "goldens": [_golden(g) for g in goldens()]}
    return {
        f"{group}: {name}": round(mean(row[name] for row in found if name in row), 4)
        for group, found in rows.items()
        for name in sorted({name for row in found for name in row})
    }


def _laid_out(page: LaidOut) -> dict[str, float]:
    article = extract(page.html, page.url)
    return {
        "text": f1(_shingles(page.text), _shingles(article.text)),
        "title": article.title == page.title,
        "authors": f1([page.author], article.authors),
        "published": article.published == datetime.fromisoformat(PUBLISHED),
        "language": article.language == page.language,
    }


def _golden(golden: Golden) -> dict[str, float]:
    record = extract(golden.html, golden.url, golden.fetched_at, golden.site, golden.evidence).to_record()
    found: dict[str, float] = {
        name: record[name] == golden.article[name]
        for name in ("title", "published", "language")
        if name in golden.article
    }
    if "text" in golden.article:
        found["text"] = f1(_shingles(golden.article["text"]), _shingles(record["text"]))
    if "authors" in golden.article:
        found["authors"] = f1(golden.article["authors"], record["authors"])
    return found


def f1(wanted: Iterable[object], got: Iterable[object]) -> float:
    """What two lists have in common, counted as multisets; two empty ones agree."""
    a, b = Counter(wanted), Counter(got)
    size = a.total() + b.total()
    return 2 * (a & b).total() / size if size else 1.0


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return [tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))]
