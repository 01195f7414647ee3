import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.urls import absolute_url, canonical_url, file_ending, is_http_url

SAME_PAGE = [
    ("http and https", "http://example.kz/news/1", "https://example.kz/news/1"),
    ("www and bare host", "https://www.example.kz/news/1", "https://example.kz/news/1"),
    ("m host", "https://m.example.kz/news/1", "https://example.kz/news/1"),
    ("amp host", "https://amp.example.kz/news/1", "https://example.kz/news/1"),
    ("www and m host", "https://www.m.example.kz/news/1", "https://example.kz/news/1"),
    ("host in capitals", "https://Example.KZ/news/1", "https://example.kz/news/1"),
    ("host with a last dot", "https://example.kz./news/1", "https://example.kz/news/1"),
    ("default port of https", "https://example.kz:443/news/1", "https://example.kz/news/1"),
    ("default port of http", "http://example.kz:80/news/1", "https://example.kz/news/1"),
    ("credentials", "https://user:secret@example.kz/news/1", "https://example.kz/news/1"),
    ("last slash", "https://example.kz/news/1/", "https://example.kz/news/1"),
    ("doubled slashes", "https://example.kz//news///1", "https://example.kz/news/1"),
    ("front page", "https://example.kz", "https://example.kz/"),
    ("fragment", "https://example.kz/news/1#comments", "https://example.kz/news/1"),
    ("spaces around", "  https://example.kz/news/1\n", "https://example.kz/news/1"),
    ("index.php in front", "https://example.kz/index.php/ru/news/1", "https://example.kz/ru/news/1"),
    ("index.php alone", "https://example.kz/index.php", "https://example.kz/"),
    ("index.php with a parameter", "https://example.kz/index.php?id=7", "https://example.kz/?id=7"),
    ("index.html of a folder", "https://example.kz/news/index.html", "https://example.kz/news"),
    ("amp at the end", "https://example.kz/news/1/amp/", "https://example.kz/news/1"),
    ("amp in front", "https://example.kz/amp/news/1", "https://example.kz/news/1"),
    ("amp as a parameter", "https://example.kz/news/1?amp=1", "https://example.kz/news/1"),
    ("amp as a bare parameter", "https://example.kz/news/1?amp", "https://example.kz/news/1"),
    ("amp as an ending", "https://example.kz/news/title.amp", "https://example.kz/news/title"),
    ("amp before the ending", "https://example.kz/news/title.amp.html", "https://example.kz/news/title.html"),
    ("outputType=amp", "https://example.kz/news/1?outputType=amp", "https://example.kz/news/1"),
    ("print as a parameter", "https://example.kz/news/1?print=Y", "https://example.kz/news/1"),
    ("print at the end", "https://example.kz/news/1/print", "https://example.kz/news/1"),
    ("print and amp", "https://example.kz/news/1/print/amp/", "https://example.kz/news/1"),
    ("utm", "https://example.kz/news/1?utm_source=x&UTM_MEDIUM=y", "https://example.kz/news/1"),
    ("click ids", "https://example.kz/n?fbclid=1&gclid=2&yclid=3&_openstat=4&ysclid=5", "https://example.kz/n"),
    ("from=rss", "https://example.kz/n?from=rss&id=3", "https://example.kz/n?id=3"),
    ("PHPSESSID", "https://example.kz/n?PHPSESSID=a1b2&id=3", "https://example.kz/n?id=3"),
    ("a session's sid", "https://example.kz/n?sid=0123456789abcdef0123", "https://example.kz/n"),
    ("a long session", "https://example.kz/n?session=0123456789abcdef0123&id=3", "https://example.kz/n?id=3"),
    ("a forum's s", "https://example.kz/n?s=0123456789abcdef0123456789abcdef", "https://example.kz/n"),
    ("ColdFusion's two", "https://example.kz/n?CFID=12&CFTOKEN=34&id=3", "https://example.kz/n?id=3"),
    ("ASP's own letters", "https://example.kz/n?ASPSESSIONIDQABC=XY", "https://example.kz/n"),
    ("ASP.NET's in the path", "https://example.kz/(S(4l2bq1n5jx0zcq55))/news/1", "https://example.kz/news/1"),
    ("PHPSESSID behind a semicolon", "https://example.kz/n/1;PHPSESSID=a1b2", "https://example.kz/n/1"),
    ("jsessionid in the path", "https://example.kz/n/1;jsessionid=AB12?id=3", "https://example.kz/n/1?id=3"),
    ("order of parameters", "https://example.kz/n?b=2&a=1", "https://example.kz/n?a=1&b=2"),
    ("empty parameters", "https://example.kz/n?&&a=1&", "https://example.kz/n?a=1"),
    ("Cyrillic path", "https://example.kz/жаңалық", "https://example.kz/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B"),
    ("lower-case escapes", "https://example.kz/%d0%b6", "https://example.kz/%D0%B6"),
    ("Cyrillic host", "https://пример.қаз/1", "https://xn--e1afmkfd.xn--80ao21a/1"),
    ("dot segments", "https://example.kz/a/../news/./1", "https://example.kz/news/1"),
    ("host of digits", "http://www.24.kz/ru/news/1", "https://24.kz/ru/news/1"),
]

DIFFERENT_PAGES = [
    ("languages in the path", "https://example.kz/ru/news/1", "https://example.kz/kz/news/1"),
    ("languages as hosts", "https://en.example.kz/news/1", "https://example.kz/news/1"),
    ("languages as a parameter", "https://example.kz/n?lang=ru", "https://example.kz/n?lang=kz"),
    ("24.kz and 24.kg", "https://24.kz/news/1", "https://24.kg/news/1"),
    ("ports", "http://localhost:8001/news/1", "http://localhost:8002/news/1"),
    ("letter case in the path", "https://example.kz/a/AbC", "https://example.kz/a/abc"),
    ("page numbers", "https://example.kz/n?page=1", "https://example.kz/n?page=2"),
    (
        "a story's number called sid",
        "https://example.kz/n?file=article&sid=123",
        "https://example.kz/n?file=article&sid=124",
    ),
    ("a parliament's session", "https://example.kz/n?session=5", "https://example.kz/n?session=6"),
    ("a search called s", "https://example.kz/?s=akzhar", "https://example.kz/"),
    ("parts in brackets", "https://example.kz/(S(1))/news", "https://example.kz/news"),
    ("a source that is a subject", "https://example.kz/n?source=minfin", "https://example.kz/n"),
    ("a section named amp", "https://example.kz/ru/amp/1", "https://example.kz/ru/1"),
    ("a word that ends in amp", "https://example.kz/news/boot-camp", "https://example.kz/news/boot-c"),
    ("a host that is only m", "https://m.kz/1", "https://kz/1"),
]

JUNK = ["", "   ", "not an address", "http://", "https:///x", "http://[::1", "mailto:a@b.kz", "javascript:void(0)",
        "https://exa mple.kz/", "http://a.kz:99999/", "http://a.kz:port/", "https://a\x00.kz/", "\ud800", "//a.kz/x"]  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), [c[1:] for c in SAME_PAGE], ids=[c[0] for c in SAME_PAGE])
def test_variants_of_an_address_have_one_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize(("one", "other"), [c[1:] for c in DIFFERENT_PAGES], ids=[c[0] for c in DIFFERENT_PAGES])
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("junk", JUNK)
def test_what_is_no_address_comes_back_stripped(junk: str) -> None:
    assert canonical_url(f" {junk}\n") == junk.strip()


PARTS = st.sampled_from(
    ["amp", "print", "index.php", "index.html", "a.amp.html", ";jsessionid=1", "..", ".", "%2F", "%25", "%d0", "новость",
     "a b", "?", "&", "amp=1", "utm_source=x", "=", "sid=0123456789abcdef", "#", ":", "@", "www.", "m.", "\\", "+", "http:"]
)  # fmt: skip
PATHS = st.lists(st.one_of(PARTS, st.text(string.printable, max_size=4), st.text(max_size=3)), max_size=8).map("/".join)
HOSTS = st.sampled_from(["example.kz", "www.24.kz", "m.example.kz:80", "www.m.amp.example.kz", "қаз.қаз", "[::1]:8000"])


@given(
    st.one_of(
        st.text(), st.builds("http://{}/{}".format, HOSTS, PATHS), st.builds("https://{}?{}".format, HOSTS, PATHS)
    )
)
def test_canonical_form_is_stable_and_never_raises(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/1", "https://example.kz/news/1"),
        ("2", "https://example.kz/ru/2"),
        ("?page=2", "https://example.kz/ru/?page=2"),
        ("//cdn.example.kz/1", "https://cdn.example.kz/1"),
        ("https://24.kg/news/1", "https://24.kg/news/1"),
        ("  /news/1\n", "https://example.kz/news/1"),
        ("/news/long-\n      title", "https://example.kz/news/long-title"),
        ("/news/a b", "https://example.kz/news/a%20b"),
        ("https://example.kzhttps://other.kz/news/1", "https://other.kz/news/1"),
        ("https://https://other.kz/news/1", "https://other.kz/news/1"),
        ("https:/other.kz/news/1", "https://other.kz/news/1"),
        ("https:////other.kz/news/1", "https://other.kz/news/1"),
        ("https://web.example.kz/2024/https://other.kz/1", "https://web.example.kz/2024/https://other.kz/1"),
        ("/login?next=https://other.kz/1", "https://example.kz/login?next=https://other.kz/1"),
        ("", None),
        ("  ", None),
        ("#top", None),
        ("javascript:void(0)", None),
        ("JavaScript:go('/news/1')", None),
        ("java\nscript:go()", None),
        ("mailto:desk@example.kz", None),
        ("tel:+77000000000", None),
        ("data:text/html,hello", None),
        ("whatsapp://send?text=x", None),
        ("/news/\x00", None),
        ("/news/\ud800", None),
        ("http://[::1", None),
        ("http://", None),
    ],
)
def test_links_become_addresses_that_can_be_fetched(href: str, expected: str | None) -> None:
    assert absolute_url("https://example.kz/ru/", href) == expected


@given(st.text(), st.text())
def test_a_link_is_an_address_or_none(base: str, href: str) -> None:
    found = absolute_url(base, href)
    assert found is None or is_http_url(found)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://24.kz/", True),
        ("http://localhost:8000/x", True),
        ("http://[::1]:8000/x", True),
        ("HTTPS://example.kz", True),
        ("ftp://example.kz/", False),
        ("//example.kz/", False),
        ("/news/1", False),
        ("https://", False),
        ("https://user@/", False),
        ("https://exa mple.kz/", False),
        ("https://a.kz:99999/", False),
    ],
)
def test_http_addresses_are_told_from_others(url: str, expected: bool) -> None:
    assert is_http_url(url) is expected


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("https://example.kz/files/report.PDF", ".pdf"),
        ("https://example.kz/a/photo.jpeg?w=100", ".jpeg"),
        ("https://example.kz/archive.tar.gz", ".gz"),
        ("https://example.kz/view.php?file=report.pdf", None),
        ("https://example.kz/news/chto-takoe-node.js", None),
        ("https://example.kz/news/1.html", None),
        ("https://example.kz/news/kak-otkryt-pdf", None),
        ("https://example.kz/pdf/", None),
    ],
)
def test_an_address_of_a_file_is_told_by_its_ending(url: str, ending: str | None) -> None:
    assert file_ending(url) == ending
