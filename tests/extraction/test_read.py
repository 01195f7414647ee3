import logging
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Article, DateEvidence
from newscrawl.extraction import read
from newscrawl.extraction.read import extract, finish_draft, flat_evidence, read_draft, read_page
from newscrawl.extraction.tree import UnreadablePage
from newscrawl.page import Candidate
from newscrawl.site import Override, Site

URL = "https://courier.example/wardens/"
FETCHED_AT = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Сторожа реки вернулись на посты и посчитают рыбу в верховьях. За ними придут гидрологи, которые проверят приборы."
)
PAGE = f"<html lang='ru'><head><title>Сторожа</title></head><body><h1>Сторожа вернулись</h1><p>{TEXT}</p></body></html>"
FEED = DateEvidence("feed", "Wed, 06 Dec 2023 14:20:00 +0600")
HOSTILE = {
    "empty": "",
    "nothing": b"",
    "spaces": " \n\t",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "every byte": bytes(range(256)) * 100,
    "nul": "<p>a\x00b" * 1000,
    "surrogate": "<p>" + "\ud800" * 100 + TEXT,
    "deep": "<div>" * 100_000 + f"<p>{TEXT}",
    "links": "<a href=/x>word word word word word</a>" * 200_000,
    "paragraphs": "<p>a b c d" * 200_000,
    "attributes": "<p " + " ".join(f"a{i}" for i in range(20_000)) + ">",
    "one line": "<p>" + "word " * 200_000,
    "entities": "&bogus; &#; &#x; &#xD800; &amp" * 10_000,
    "fifty megabytes": b"<p>" + b"word " * 10_000_000,
    "tags only": "<" * 50_000 + ">" * 50_000,
    "quotes": "<p title='" + '"' * 100_000,
    "comments": "<!--" * 20_000,
    "json-ld": "<script type='application/ld+json'>" + "[" * 50_000 + "</script>" + PAGE,
    "frameset": "<frameset><frame src=x></frameset>",
    "only head": "<head><title>x</title></head>",
    "svg": "<svg><title>x</title><text>a</text></svg>",
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_extract_never_raises(html: str | bytes) -> None:
    article = extract(html, URL, FETCHED_AT)
    assert article.url == URL
    (article.text + article.markdown + (article.title or "")).encode("utf-8")
    draft = read_draft(html, URL)
    assert draft.page_type == "article" or draft.reason


@pytest.mark.parametrize(
    "url", ["", "no address", "http://[::1", "https://courier.example:99999/", "javascript:1", "\ud800"]
)
def test_odd_address_of_a_page_does_not_matter(url: str) -> None:
    assert extract(PAGE, url, FETCHED_AT).text == TEXT


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400) | st.binary(max_size=400), st.lists(st.sampled_from(["<p>", "</div>", "<table>", "<a href='", "<h1>", "<li>", "<!--", "&#", "<title>"]), max_size=8))  # fmt: skip
def test_extract_never_raises_on_anything(noise: str | bytes, tags: list[str]) -> None:
    head = "".join(tags)
    html = head + noise if isinstance(noise, str) else head.encode() + noise
    assert isinstance(extract(html, URL), Article)


def test_same_page_gives_the_same_article() -> None:
    assert extract(PAGE, URL, FETCHED_AT) == extract(PAGE.encode(), URL, FETCHED_AT)


def test_deeply_nested_page_finds_its_text() -> None:
    draft = read_draft("<body><h1>Сторожа</h1>" + "<div>" * 5_000 + f"<p>{TEXT}</p><p>{TEXT} Ещё раз.</p>", URL)
    assert draft.page_type == "article"
    assert TEXT in draft.text


def test_page_over_a_limit_says_so() -> None:
    draft = read_draft(b"<p>" + b"a" * 11_000_000, URL)
    assert (draft.page_type, draft.text) == ("too_large", "")
    assert "11,000,003" in draft.reason
    with pytest.raises(UnreadablePage):
        read_page(b"", URL)


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
