"""What a source said of an address -> the JSON in urls.evidence, and back exactly."""

import json
import sqlite3
from dataclasses import asdict, fields
from typing import Any

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate

EVIDENCE_KEPT = 12
"""Dates kept per address: a feed that writes a new pubDate in every run must not grow a row for ever."""

_UNSAID = {field.name: field.default for field in fields(DateEvidence)}


def evidence_json(candidate: Candidate) -> str:
    """What the source said, as JSON. ASCII: escapes hold what UTF-8 cannot, so that the way back is exact."""
    return _dumped(_record(candidate))


def merged_evidence(known: str, candidate: Candidate) -> str:
    """What is known and what the source now says more. What was said first stays first."""
    old, new = json.loads(known), _record(candidate)
    merged = {**new, **{key: value for key, value in old.items() if value}}
    # "Сегодня 10:15" and, a day later, "Вчера 10:15" are one date: the string that was read first is the one to count from.
    anchored = {_place(date) for date in old.get("evidence", []) if date.get("read_at")}
    new["evidence"] = [date for date in new["evidence"] if not (date.get("read_at") and _place(date) in anchored)]
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
        "evidence": [_date_record(date) for date in candidate.evidence],
        "alternates": [list(pair) for pair in candidate.alternates],
    }


def _date_record(date: DateEvidence) -> dict[str, Any]:
    # Without what every second date has in common: an archive's sitemap lists a million addresses.
    return {name: value for name, value in asdict(date).items() if value != _UNSAID.get(name)}


def _place(date: dict[str, Any]) -> tuple[str, str]:
    return date["source"], date.get("role", "published")


def _dumped(said: dict[str, Any]) -> str:
    told = {key: value for key, value in said.items() if value is not None and value != []}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _union(old: list[Any], new: list[Any]) -> list[Any]:
    added = [value for value in new if value not in old]
    return old + added[: max(EVIDENCE_KEPT - len(old), 0)]
