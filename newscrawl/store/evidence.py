"""What a source said of an address -> the JSON in urls.evidence, and back exactly."""

import json
import sqlite3
from dataclasses import asdict
from typing import Any

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate

EVIDENCE_KEPT = 12
"""Dates kept per address: a feed that writes a new pubDate in every run must not grow a row for ever."""


def evidence_json(candidate: Candidate) -> str:
    """What the source said, as JSON. ASCII: escapes hold what UTF-8 cannot, so that the way back is exact."""
    return _dumped(_record(candidate))


def merged_evidence(known: str, candidate: Candidate) -> str:
    """What is known and what the source now says more. What was said first stays first."""
    old, new = json.loads(known), _record(candidate)
    merged = {**new, **{key: value for key, value in old.items() if value}}
    merged |= {key: _union(old.get(key, []), new[key]) for key in ("evidence", "alternates")}
    return _dumped(merged)


def candidate_of(row: sqlite3.Row) -> Candidate:
    """The candidate as its source listed it."""
    said = json.loads(row["evidence"])
    return Candidate(
        url=row["url"],
        found_in=row["found_in"] or "",
        kind=said.get("kind", "urls"),
        title=said.get("title"),
        language=said.get("language"),
        evidence=tuple(DateEvidence(**date) for date in said.get("evidence", ())),
        alternates=tuple((language, url) for language, url in said.get("alternates", ())),
    )


def _record(candidate: Candidate) -> dict[str, Any]:
    return {
        "kind": candidate.kind,
        "title": candidate.title,
        "language": candidate.language,
        "evidence": [asdict(date) for date in candidate.evidence],
        "alternates": [list(pair) for pair in candidate.alternates],
    }


def _dumped(said: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in said.items() if value is not None and value != []}, sort_keys=True)


def _union(old: list[Any], new: list[Any]) -> list[Any]:
    added = [value for value in new if value not in old]
    return old + added[: max(EVIDENCE_KEPT - len(old), 0)]
