"""No bytes make a reader raise, hang or believe: what is wrong is one sentence, what stood before the fault is kept."""

import gzip
import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.discovery.autodiscovery import find_sources, is_probably_article
from newscrawl.discovery.feeds import MAX_FEED_ENTRIES, read_feed
from newscrawl.discovery.listings import MAX_LINKS, read_listing
from newscrawl.discovery.sitemaps import MAX_ENTRIES, days_in_address, read_sitemap
from newscrawl.discovery.wordpress import read_posts
from newscrawl.discovery.xml_entries import MAX_UNPACKED_BYTES, source_text
from newscrawl.page import Discovery
from newscrawl.site import DayPages, Listing, Site

URL = "https://news.example.kz/source"
SITE = Site(name="news_example_kz", home="https://news.example.kz/")
LISTING = Listing(url="https://news.example.kz/source")

LAUGHS = "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">{LAUGHS}]><rss><channel><item><title>&j;</title></item></channel></rss>'
FILE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://news.example.kz/&a;</loc></url></urlset>'
OUTER = '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]><rss><channel/></rss>'

UNREADABLE = [
    ("empty", b"", "empty"),
    ("blank", b" \n\t ", "empty"),
    ("html", b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>", "HTML"),
    ("html without doctype", b"\n<html lang='ru'><body>404</body></html>", "HTML"),
    ("json", b'{"code": "rest_no_route"}', "JSON"),
    ("text", b"Forbidden", "plain text"),
    ("billion laughs", BOMB.encode(), "entities"),
    ("billion laughs in utf-16", BOMB.encode("utf-16"), "entities"),
    ("billion laughs behind comments", (b"<!-- a --><?x y?>" + BOMB.partition("?>")[2].encode()), "entities"),
    ("external entity", FILE.encode(), "entities"),
    ("outer parameter entity", OUTER.encode(), "entities"),
    ("endless comment", b"<!-- " + b"x" * 100_000, "first lines"),
    ("gzip of nothing", gzip.compress(b""), "empty"),
    ("damaged gzip", b"\x1f\x8b\x08\x00" + b"\x00\x01" * 40, "gzip"),
    ("foreign root", b"<opml><outline/></opml>", "<opml>"),
    ("a tag that never ends", b"<" * 50_000, ""),
]


@pytest.mark.parametrize(("body", "sign"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
@pytest.mark.parametrize("reader", [read_feed, read_sitemap])
def test_what_is_no_xml_source_is_one_sentence(reader, body, sign):
    started = time.perf_counter()
    found = reader(body, URL)

    assert time.perf_counter() - started < 1
    assert not found.candidates
    assert sign in found.problem
    assert found.problem.endswith(".")
    assert "\n" not in found.problem


def test_a_feed_named_as_a_sitemap_is_called_one():
    assert "a feed" in read_sitemap(b"<rss><channel><item/></channel></rss>", URL).problem


@pytest.mark.parametrize("body", [b"<rss><channel/></rss>", b"<urlset/>", b"<sitemapindex></sitemapindex>"])
def test_a_source_without_entries_says_so(body):
    reader = read_feed if b"rss" in body else read_sitemap

    assert "no entries" in reader(body, URL).problem


ENTRY = b"<item><title>A &nbsp;B</title><link>https://news.example.kz/a/%d-x.html</link></item>"
PLACE = b"<url><loc>https://news.example.kz/a/%d-x.html</loc></url>"


@pytest.mark.parametrize(
    "cut", [b"<item><title>C", b"<item><link>https://news.example.kz/a/3", b"<3 x>" + ENTRY % 3, b"</rss></x><"]
)
def test_a_broken_feed_gives_what_stands_before_the_fault(cut):
    found = read_feed(b"<rss><channel>" + ENTRY % 1 + ENTRY % 2 + cut, URL)

    assert [c.url[-8:] for c in found.candidates] == ["1-x.html", "2-x.html"]
    assert found.candidates[0].title == "A B"


def test_a_truncated_sitemap_never_gives_half_an_address():
    whole = b"<urlset>" + PLACE % 1 + PLACE % 2
    for end in range(len(whole)):
        found = read_sitemap(whole[:end], URL)
        assert found.problem
        assert all(c.url.endswith("-x.html") for c in found.candidates)
    assert len(found.candidates) == 1


def test_truncated_gzip_gives_what_was_unpacked():
    noise = b"".join(PLACE % number for number in range(5000))
    packed = gzip.compress(b"<urlset>" + noise + b"</urlset>")

    found = read_sitemap(packed[: len(packed) // 2], URL)

    assert "cut off" in found.problem
    assert 1000 < len(found.candidates) < 5000


def test_a_gzip_bomb_is_unpacked_to_its_bound_only():
    bomb = gzip.compress(b"<urlset>" + b" " * (3 * MAX_UNPACKED_BYTES))
    tracemalloc.start()
    text = source_text(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "MiB" in text.limited
    assert peak < 4.5 * MAX_UNPACKED_BYTES


def test_one_entry_of_millions_of_elements_is_given_up():
    found = read_sitemap(b"<urlset>" + PLACE % 1 + b"<url>" + b"<a/>" * 500_000, URL)

    assert len(found.candidates) == 1
    assert "elements" in found.problem


def test_more_entries_than_the_bounds_are_said():
    feed = read_feed(
        b"<rss><channel>" + b"".join(ENTRY % n for n in range(MAX_FEED_ENTRIES + 5)) + b"</channel></rss>", URL
    )
    sitemap = read_sitemap(b"<urlset>" + b"".join(PLACE % n for n in range(MAX_ENTRIES + 5)) + b"</urlset>", URL)
    lines = read_sitemap(b"\n".join(b"https://news.example.kz/%d" % n for n in range(MAX_ENTRIES + 5)), URL)

    assert (len(feed.candidates), len(sitemap.candidates), len(lines.candidates)) == (
        MAX_FEED_ENTRIES,
        MAX_ENTRIES,
        MAX_ENTRIES,
    )
    assert all("first" in found.limited for found in (feed, sitemap, lines))


def test_a_list_of_thousands_of_links_is_bounded_in_time():
    same = b"<a href='/news/2024/05/02/one-story'>x</a>" * 20_000
    many = b"".join(b"<a href='/news/2024/05/02/story-%d'>A story</a>" % n for n in range(MAX_LINKS + 500))
    started = time.perf_counter()

    assert len(read_listing(b"<body><div>" + same, URL, LISTING, SITE).candidates) == 1
    found = read_listing(b"<body><div>" + many, URL, LISTING, SITE)

    assert time.perf_counter() - started < 5
    assert len(found.candidates) == MAX_LINKS
    assert "first" in found.limited


def test_links_that_run_code_or_carry_data_are_refused_everywhere():
    links = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@example.kz",
        "java\nscript:alert(1)",
        "//",
    ]
    feed = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    places = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    anchors = "".join(f"<p><a href='{link}'>text</a></p>" for link in links)
    item = Listing(url=URL, item="p")

    assert not read_feed(f"<rss><channel>{feed}</channel></rss>".encode(), URL).candidates
    assert not read_sitemap(f"<urlset>{places}</urlset>".encode(), URL).candidates
    assert not read_listing(anchors, URL, item, SITE).candidates


@pytest.mark.parametrize("html", [b"", "", "no tags", b"\x89PNG\r\n", "<p>" * 300_000])
def test_an_unreadable_list_is_one_sentence(html):
    found = read_listing(html, URL, LISTING, SITE)

    assert found.problem.endswith(".")
    assert not found.candidates


def test_a_selector_that_is_no_css_is_named():
    found = read_listing("<a href='/x'>x</a>", URL, Listing(url=URL, item="div..x"), SITE)

    assert "selector" in found.problem


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        (b"", "nothing"),
        (b"<html>", "HTML"),
        (b"not json", "text"),
        (b'{"code":"rest_forbidden","message":"Sorry"}', "Sorry (rest_forbidden)"),
        (b'{"code":"x"}', "no reason given"),
        (b"{}", "no list of posts"),
        (b"17", "no list of posts"),
        (b"[[], 1, null]", "without a link"),
        (b"[" * 100_000, "instead of JSON"),
    ],
)
def test_a_wordpress_that_refuses_is_quoted(body, sign):
    found = read_posts(body, URL, {})

    assert sign in found.problem
    assert not found.candidates


NOISE = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [
                "<rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<title>", "<title type='html'>", "</title>", "<feed>",
                "<entry>", "</entry>", "<link href='", "'/>", "<urlset>", "<url>", "</url>", "<loc>", "</loc>", "<lastmod>", "</lastmod>",
                "<sitemap>", "</sitemap>", "<news:news>", "<![CDATA[", "]]>", "<!--", "-->", "&#0;", "&nbsp;", "&", "<?xml", "?>", "<a href='",
                "http://[", "https://news.example.kz/2024/05/02/a-story", "2024-05-02", "Вчера", "<pubDate>", "</pubDate>", "<time datetime='",
                "xml:base='http://['", "[{\"link\":", "\"https://x.kz/\"}]", "\x00", "\ud800", "<dc:date>", "<guid>", "</guid>", "]", "1e999",
            ]
        ),
        max_size=30,
    ).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=NOISE, packed=st.booleans(), page=st.integers(min_value=1, max_value=60))
def test_no_reader_raises_on_any_bytes(body, packed, page):
    body = gzip.compress(body) if packed else body
    marked = DayPages(url="https://news.example.kz/%Y/%m/%d", item="*", date="*")
    found = [
        read_feed(body, URL, None, paged=True),
        read_sitemap(body, URL, "a", date(2024, 5, 1), date(2024, 5, 2)),
        read_posts(body, URL, (("X-WP-TotalPages", body[:9].decode("latin-1")),)),
        read_listing(body, URL, LISTING, SITE, page),
        read_listing(body, "https://news.example.kz/2024/05/02", marked, SITE),
    ]

    assert all(isinstance(each, Discovery) for each in found)
    assert all(c.url.startswith(("http://", "https://")) for each in found for c in each.candidates)
    assert isinstance(find_sources(body, URL, body.decode("latin-1")), tuple)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=80), st.from_regex(r"https?://[\w.\[\]:/?=&%-]{0,60}", fullmatch=True)))
def test_no_address_makes_a_judgement_raise(text):
    assert is_probably_article(text, "https://news.example.kz/") in {True, False}
    days_in_address(text)
    assert isinstance(find_sources(f"<a href='{text}'>x</a>", text), tuple)


def test_an_address_that_is_too_long_is_left_out_not_cut() -> None:
    url = "https://vesti.example/" + "a" * 3_000
    feed = f"<rss version='2.0'><channel><item><title>Весть</title><link>{url}</link></item></channel></rss>"
    assert read_feed(feed.encode(), "https://vesti.example/feed").candidates == ()
