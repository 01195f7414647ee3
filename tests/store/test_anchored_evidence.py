"""A relative date that a list says again a day later is the same date: the first reading is kept."""

import json

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate
from newscrawl.store.evidence import evidence_json, merged_evidence


def listed(raw: str, read_at: str | None) -> Candidate:
    evidence = DateEvidence("listing", raw, read_at=read_at)
    return Candidate(url="https://vesti.example/1", found_in="list", kind="listing", evidence=(evidence,))


def test_the_first_reading_of_a_relative_date_is_kept() -> None:
    first = evidence_json(listed("Сегодня 10:15", "2024-05-02T06:00:00+00:00"))
    merged = json.loads(merged_evidence(first, listed("Вчера 10:15", "2024-05-03T06:00:00+00:00")))
    assert merged["evidence"] == [{"raw": "Сегодня 10:15", "read_at": "2024-05-02T06:00:00+00:00", "source": "listing"}]


def test_an_absolute_date_that_comes_later_is_added() -> None:
    first = evidence_json(listed("Сегодня 10:15", "2024-05-02T06:00:00+00:00"))
    merged = json.loads(merged_evidence(first, listed("2 мая 2024, 10:15", None)))
    assert [date["raw"] for date in merged["evidence"]] == ["Сегодня 10:15", "2 мая 2024, 10:15"]
