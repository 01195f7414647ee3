import logging
from datetime import UTC, datetime

import pytest

from newscrawl.article import DateEvidence
from newscrawl.extraction import read
from newscrawl.extraction.read import extract, finish_draft, flat_evidence, read_draft
from newscrawl.page import Candidate
from newscrawl.site import Override, Site

URL = "https://courier.example/wardens/"
FETCHED_AT = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Сторожа реки вернулись на посты и посчитают рыбу в верховьях. За ними придут гидрологи, которые проверят приборы."
)
PAGE = f"<html lang='ru'><head><title>Сторожа</title></head><body><h1>Сторожа вернулись</h1><p>{TEXT}</p></body></html>"
FEED = DateEvidence("feed", "Wed, 06 Dec 2023 14:20:00 +0600")


@pytest.mark.parametrize(
    "url", ["", "no address", "http://[::1", "https://courier.example:99999/", "javascript:1", "\ud800"]
)
def test_odd_address_of_a_page_does_not_matter(url: str) -> None:
    assert extract(PAGE, url, FETCHED_AT).text == TEXT


def test_same_page_gives_the_same_article() -> None:
    assert extract(PAGE, URL, FETCHED_AT) == extract(PAGE.encode(), URL, FETCHED_AT)


def test_unexpected_error_is_logged_and_becomes_a_reason(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("no such page")

    monkeypatch.setattr(read, "read_body", fail)
    with caplog.at_level(logging.ERROR):
        draft = read_draft(PAGE, URL)
    assert (draft.page_type, draft.reason) == ("read_error", "reading failed: ZeroDivisionError: no such page")
    assert URL in caplog.text
    assert extract(PAGE, URL).text == ""


def test_memory_that_runs_out_is_the_pools_to_tell(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(read, "read_body", fail)
    with pytest.raises(MemoryError):
        read_draft(PAGE, URL)
    with caplog.at_level(logging.ERROR):
        assert extract(PAGE, URL).text == ""
    assert "too much memory" in caplog.text


def test_error_in_a_light_step_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(read, "choose_dates", fail)
    assert extract(PAGE, URL).text == TEXT


def test_evidence_of_candidates_counts_like_bare_evidence() -> None:
    candidate = Candidate(url=URL, found_in="https://courier.example/feed/", kind="feed", evidence=(FEED,))
    assert flat_evidence([FEED, candidate]) == (FEED, FEED)
    by_candidate = extract(PAGE, URL, FETCHED_AT, evidence=[candidate])
    assert by_candidate == extract(PAGE, URL, FETCHED_AT, evidence=[FEED])
    assert by_candidate.published == datetime(2023, 12, 6, 8, 20, tzinfo=UTC)


def test_both_doors_give_the_same_article() -> None:
    draft = finish_draft(read_draft(PAGE, URL, FETCHED_AT), FETCHED_AT, None, (FEED,))
    assert draft.to_article() == extract(PAGE, URL, FETCHED_AT, None, (FEED,))


def test_content_type_of_the_answer_is_believed_where_bytes_allow() -> None:
    page = PAGE.encode("koi8-r")
    assert read_draft(page, URL, content_type="text/html; charset=koi8-r").text == TEXT


def test_override_of_the_day_reads_the_page() -> None:
    site = Site(
        name="courier", home="https://courier.example/", overrides=(Override(body="div.story", drop=(".box",)),)
    )
    page = f"<body><h1>Сторожа</h1><p>{TEXT * 5}</p><div class='story'><p>Только это и больше ничего.</p><div class='box'>Не это</div></div>"
    assert read_draft(page, URL, FETCHED_AT, site).text == "Только это и больше ничего."
