"""Pages that are made to hurt, or come broken: the reading never raises, says why it gave up, and does so soon."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.extraction.draft import PageType
from newscrawl.extraction.read import extract, read_draft, read_page
from newscrawl.extraction.tree import MAX_BYTES, UnreadablePage

URL = "https://courier.example/wardens/"
FETCHED_AT = datetime(2024, 5, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Сторожа реки вернулись на посты и посчитают рыбу в верховьях. За ними придут гидрологи, которые проверят приборы."
)
PAGE = f"<html lang='ru'><head><title>Сторожа</title></head><body><h1>Сторожа вернулись</h1><p>{TEXT}</p></body></html>"
REFUSED_WITHIN_S = 1.0
PEAK_MB = 150

# Over a limit: nothing of it is read.
REFUSED: dict[str, tuple[str | bytes, PageType]] = {
    "empty": ("", "empty"),
    "nothing": (b"", "empty"),
    "spaces": (" \n\t", "empty"),
    "byte order mark": (b"\xef\xbb\xbf", "empty"),
    "doctype": ("<!DOCTYPE html>", "empty"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "read_error"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8, "read_error"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 8, "read_error"),
    "zip": (b"PK\x03\x04" + bytes(range(256)) * 8, "read_error"),
    "gzip": (b"\x1f\x8b\x08" + bytes(range(256)) * 8, "read_error"),
    "json": ('{"items": []}', "read_error"),
    "plain text": ("word " * 10_000, "read_error"),
    "links": ("<a href=/x>word word word word word</a>" * 200_000, "read_error"),
    "paragraphs": ("<p>a b c d" * 200_000, "read_error"),
    "attributes": ("<p " + " ".join(f"a{i}" for i in range(20_000)) + ">", "read_error"),
    "attributes with values": ("<p " + " ".join(f"a{i}='<b>'" for i in range(20_000)) + ">", "read_error"),
    "attributes named with brackets": ("<p " + "".join(f"a{i}< " for i in range(20_000)) + ">", "read_error"),
    "brackets": ("<" * 5_000_000, "read_error"),
    "brackets and blanks": ("<p>" + "< " * 3_000_000, "read_error"),
    "fifty megabytes": (b"<p>" + b"word " * 10_000_000, "too_large"),
    "fifty megabytes as text": ("<p>" + "слово " * 8_000_000, "too_large"),
    "one word of ten megabytes": (b"<p>" + b"a" * (MAX_BYTES - 100), "read_error"),
    "ten megabytes of no utf-8": (b"<p>" + b"\xd0 " * (MAX_BYTES // 2 - 100), "read_error"),
    "ten megabytes of cp1251": (b"<p>" + "слово ".encode("cp1251") * (MAX_BYTES // 6 - 100), "read_error"),
}

# Odd, but readable or nearly so.
ODD: dict[str, str | bytes] = {
    "every byte": bytes(range(256)) * 100,
    "nul": "<p>a\x00b" * 1000,
    "nul in tags": "<p\x00 class=\x00x>" + TEXT,
    "surrogates": "<p>" + "\ud800" * 100 + TEXT,
    "pairs of surrogates": "<p>" + "\ud83d\ude00" * 100 + TEXT,
    "surrogate references": "<p>&#xD800;&#55357;&#56832;" + TEXT,
    "one line of a megabyte": "<p>" + "word " * 200_000,
    "line without a blank": "<p>" + "слово" * 200_000,
    "blanks": "<p>" + " " * 1_000_000 + TEXT,
    "line breaks": "<p>" + "\n" * 1_000_000 + TEXT,
    "entities": "<p>" + "&bogus; &#; &#x; &#xD800; &amp &#99999999999; &#-1;" * 10_000,
    "ampersands": "<p>" + "&" * 500_000,
    "tags only": "<" * 50_000 + ">" * 50_000,
    "closing tags": "</div>" * 50_000 + PAGE,
    "quotes": "<p title='" + '"' * 100_000,
    "open quote": "<p title='" + "a" * 500_000,
    "comments": "<!--" * 20_000 + PAGE,
    "open comment": PAGE + "<!-- " + "a" * 500_000,
    "cdata": "<![CDATA[" * 5_000 + PAGE,
    "processing instructions": "<?php " * 10_000 + PAGE,
    "json-ld": "<script type='application/ld+json'>" + "[" * 50_000 + "</script>" + PAGE,
    "json-ld objects": "<script type='application/ld+json'>" + '{"@graph":[' * 5_000 + "</script>" + PAGE,
    "json-ld of odd values": '<script type="application/ld+json">[null, 1, "x", {"@type": ["NewsArticle", 7, null], "headline": {"a": 1}, '
    '"author": [[], {}, null, 7], "datePublished": ["x"], "keywords": {"k": []}, "mainEntityOfPage": 3}]</script>'
    + PAGE,
    "open script": "<script>" + "a < b;" * 50_000,
    "open scripts": "<script>" * 55_000,
    "open scripts and styles": "<script a" * 50_000 + "</style",
    "scripts": "<script>a<b c</script>" * 20_000 + PAGE,
    "scripts that look like tags": "<script>" + "if(a<b && c)d='it';" * 20_000 + "</script>" + PAGE,
    "frameset": "<frameset><frame src=x></frameset>",
    "only head": "<head><title>x</title></head>",
    "svg": "<svg><title>x</title><text>a</text></svg>",
    "tables in tables": "<table><tr><td>" * 80 + TEXT,
    "headings in headings": "<h1>" * 5_000 + TEXT,
    "bold": "<b>" * 5_000 + TEXT,
    "links in links": "<a href=/x>" * 5_000 + TEXT,
    "list items": "<ul>" + "<li>пункт" * 20_000,
    "breaks": "<p>" + "слово<br>" * 50_000,
    "selects": "<select>" + "<option>a" * 20_000 + PAGE,
    "bases": "<base href='javascript:1'>" * 100 + PAGE,
    "xml declaration": '<?xml version="1.0" encoding="utf-16"?>' + PAGE,
    "wrong charset": b'<meta charset="utf-16">' + PAGE.encode(),
    "charset without end": b'<meta charset="' + b"a" * 5_000 + b'">' + PAGE.encode(),
    "utf-7": b'<meta charset="utf-7">+ADw-script+AD4-' + PAGE.encode(),
    "classes": f"<div class='{'share ' * 20_000}'>{TEXT}</div>",
    "hrefs": "".join(f"<a href='http://[{n}'>a</a>" for n in range(2_000)) + PAGE,
    "titles": "<title>" * 1_000 + PAGE,
    "metas": "<meta property='og:title' content='x'>" * 20_000 + PAGE,
    "bylines": "<span class=author>Мадина Оспанова</span>" * 10_000 + PAGE,
    "dates": "<time datetime='2024-13-45T99:99'>01.01.0001</time>" * 10_000 + PAGE,
    "headline of a megabyte": f"<h1>{'слово ' * 100_000}</h1><p>{TEXT}",
    "byline of a megabyte": f"<h1>С</h1><p class=author>{'@' * 500_000}</p><p>{TEXT}",
    "invisible": "<p>" + "\u200b\u00ad\ufeff" * 100_000 + TEXT,
    "right to left": "<p>\u202e" + TEXT * 10,
    "combining": "<p>" + "e" + "\u0301" * 200_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("html", "fate"), REFUSED.values(), ids=REFUSED.keys())
def test_page_over_a_limit_is_refused_at_once_and_says_why(html: str | bytes, fate: PageType) -> None:
    started = time.process_time()
    draft = read_draft(html, URL)
    assert time.process_time() - started < REFUSED_WITHIN_S
    assert (draft.page_type, draft.text) == (fate, "")
    assert draft.reason
    assert extract(html, URL).text == ""


@pytest.mark.timeout(60)
@pytest.mark.parametrize("html", ODD.values(), ids=ODD.keys())
def test_odd_page_is_read_or_says_why_not(html: str | bytes) -> None:
    article = extract(html, URL, FETCHED_AT)
    assert article.url == URL
    said = article.text + article.markdown + (article.title or "") + "".join(article.authors) + "".join(article.tags)
    assert "\x00" not in said
    said.encode("utf-8")
    draft = read_draft(html, URL)
    assert draft.reason
    if isinstance(html, str) and html.endswith(PAGE):
        assert TEXT in article.text or draft.page_type != "article"


@pytest.mark.parametrize("depth", [200, 300, 5_000, 59_000])
@pytest.mark.parametrize("tag", ["div", "section", "span", "blockquote"])
def test_deeply_nested_page_finds_its_text(tag: str, depth: int) -> None:
    draft = read_draft(f"<body><h1>Сторожа</h1>{f'<{tag}>' * depth}<p>{TEXT}</p><p>{TEXT} Ещё раз.</p>", URL)
    assert draft.page_type == "article"
    assert TEXT in draft.text


def test_page_that_is_nested_beyond_the_limit_says_so() -> None:
    draft = read_draft("<div>" * 100_000 + f"<p>{TEXT}", URL)
    assert (draft.page_type, draft.reason) == ("read_error", "the page has more than 60,000 tags")


def test_too_large_page_says_how_large() -> None:
    draft = read_draft(b"<p>" + b"a" * 11_000_000, URL)
    assert "11,000,003" in draft.reason
    with pytest.raises(UnreadablePage):
        read_page(b"", URL)


PIECES = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "<h1>", "</h1>", "<li>", "<ul>", "<!--", "-->", "&#", "&amp", "<title>", "<br>",
    "<a href='", "'>", "<blockquote>", "<figure>", "<span class=author>", "<time datetime=2024-05-02>", "<article>", "<b>", "<script>", "</script>",
    "<script type='application/ld+json'>{", '"@type": "NewsArticle",', '"author": [', "<meta name=author content=", "\x00", "\ud800", "\u00ad", TEXT,
    "02.05.2024", "Читайте также:", "Фото: ", "<a href=/x>Цены на рис растут второй месяц</a>",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=30), max_size=40).map("".join))
def test_any_page_gives_one_article_twice(html: str) -> None:
    article = extract(html, URL, FETCHED_AT)
    assert article == extract(html, URL, FETCHED_AT)
    (article.text + article.markdown).encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.lists(PIECES, max_size=8).map("".join), st.text(max_size=30) | st.none())
def test_any_bytes_give_a_draft(noise: bytes, head: str, content_type: str | None) -> None:
    draft = read_draft(head.encode("utf-8", "replace") + noise, URL, FETCHED_AT, None, content_type)
    assert draft.page_type == "article" or draft.reason


BODIES = {
    "no utf-8": "b'<p>' + b'\\xff\\xfe a' * (SIZE // 4)",
    "broken letters": "b'<p>' + b'\\xd0 ' * (SIZE // 2)",
    "cp1251": "b'<p>' + 'слово '.encode('cp1251') * (SIZE // 6)",
    "one by one": "b'<p>' + b'\\x80a' * (SIZE // 2)",
    "emoji": "b'<p>' + '\\U0001f600 '.encode() * (SIZE // 5)",
    "utf-16": "('<p>' + 'слово ' * (SIZE // 12)).encode('utf-16-le')",
    "brackets": "b'<' * SIZE",
    "entities": "b'<p>' + b'&amp;' * (SIZE // 5)",
}
CHILD = """
from newscrawl.extraction.read import read_draft
SIZE = {size}
def megabytes(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) / 1024
read_draft("<p>warm", "https://courier.example/")
body = {body}
open("/proc/self/clear_refs", "w").write("5")
idle = megabytes("VmRSS")
read_draft(body, "https://courier.example/")
print(megabytes("VmHWM") - idle)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks are read from Linux's /proc")
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_largest_page_needs_little_memory(body: str) -> None:
    code = CHILD.format(size=MAX_BYTES - 100, body=body)
    peak = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert float(peak) < PEAK_MB
