"""Where a source goes on: WordPress by its headers, feeds by `?paged=`, lists by template, selector or rel, days by date."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from w3lib.url import url_query_parameter

from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.list_dates import day_of
from newscrawl.discovery.listings import day_page_url, read_listing
from newscrawl.discovery.sitemaps import days_in_address, read_sitemap
from newscrawl.discovery.wordpress import first_page, read_posts
from newscrawl.site import DayPages, Listing, Site

SITE = Site(name="n_example_kz", home="https://n.example.kz/", article_url=r"https://n\.example\.kz/news/\d+")
LIST_URL = "https://n.example.kz/news/"
PAGE = '<link rel="next" href="/news/p2"><a class="more" href="/news/?page=2">x</a><a href="/news/17">Some story</a>'
FEED = b"<rss><channel><item><title>t</title><link>https://n.example.kz/news/1</link></item></channel></rss>"


def test_first_page_asks_for_instants_in_utc():
    after = datetime(2024, 5, 1, 0, 0, tzinfo=timezone(timedelta(hours=5)))
    url = first_page("https://n.example.kz/wp-json/", after, datetime(2024, 5, 3, tzinfo=UTC))

    assert url.startswith("https://n.example.kz/wp-json/wp/v2/posts?")
    assert url_query_parameter(url, "after") == "2024-04-30T19:00:00Z"
    assert url_query_parameter(url, "before") == "2024-05-03T00:00:00Z"
    assert url_query_parameter(url, "per_page") == "100"


def test_first_page_knows_the_form_without_pretty_addresses():
    url = first_page("https://n.example.kz/?rest_route=/", None, None)

    assert url_query_parameter(url, "rest_route") == "/wp/v2/posts"
    assert url_query_parameter(url, "after") is None


@pytest.mark.parametrize(
    ("page", "total", "expected"),
    [
        ("1", "3", "2"),
        ("2", "3", "3"),
        ("3", "3", None),
        ("1", "", None),
        ("x", "3", None),
        ("1", "9" * 30, None),
        (None, "2", "2"),
    ],
)
def test_wordpress_pages_end_where_its_header_says(page, total, expected):
    url = "https://n.example.kz/wp-json/wp/v2/posts?per_page=100" + (f"&page={page}" if page else "")
    found = read_posts(b'[{"link": "https://n.example.kz/a/"}]', url, {"x-wp-totalpages": total})

    assert [url_query_parameter(each, "page") for each in found.more] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/feed/", "/feed/?paged=2"),
        ("/feed/?paged=2", "/feed/?paged=3"),
        ("/feed/?paged=x", None),
        ("/feed/?paged=999999", None),
    ],
)
def test_a_paged_feed_goes_on(url, expected):
    home = "https://n.example.kz"

    assert read_feed(FEED, home + url, paged=True).more == ((home + expected,) if expected else ())
    assert read_feed(FEED, home + url).more == ()
    assert read_feed(b"<rss><channel/></rss>", home + url, paged=True).more == ()


@pytest.mark.parametrize(
    ("source", "page", "expected"),
    [
        (Listing(url=LIST_URL), 1, "https://n.example.kz/news/p2"),
        (Listing(url=LIST_URL, next_link="a.more"), 1, "https://n.example.kz/news/?page=2"),
        (Listing(url=LIST_URL, next_url="https://n.example.kz/news/{page}/"), 4, "https://n.example.kz/news/5/"),
        (Listing(url=LIST_URL, next_link="a.none"), 1, None),
        (Listing(url=LIST_URL, pages=4), 4, None),
        (DayPages(url="https://n.example.kz/%Y/"), 1, "https://n.example.kz/news/p2"),
    ],
)
def test_a_list_goes_on_by_template_selector_or_rel(source, page, expected):
    found = read_listing(PAGE, LIST_URL, source, SITE, page)

    assert found.more == ((expected,) if expected else ())
    assert bool(found.limited) == (page == getattr(source, "pages", None))


def test_a_page_without_articles_ends_a_list():
    source = Listing(url=LIST_URL, next_url="https://n.example.kz/news/{page}/")

    assert read_listing("<p>nothing</p>", LIST_URL, source, SITE, 9).more == ()


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("https://n.example.kz/archive/%Y/%-m/%-d", "https://n.example.kz/archive/2024/4/8"),
        ("https://n.example.kz/%Y%m%d/", "https://n.example.kz/20240408/"),
        ("https://n.example.kz/?date=%-d.%m.%Y&x=%D0%B0", "https://n.example.kz/?date=8.04.2024&x=%D0%B0"),
        ("https://n.example.kz/%%/%y/%j", "https://n.example.kz/%/24/099"),
    ],
)
def test_day_pages_are_filled_without_the_c_library(template, expected):
    assert day_page_url(DayPages(url=template), date(2024, 4, 8)) == expected


@pytest.mark.parametrize(
    "template",
    ["https://n.example.kz/archive/%Y/%-m/%-d", "https://n.example.kz/%Y%m%d/", "https://n.example.kz/?d=%Y-%m-%d"],
)
def test_a_filled_day_is_read_back(template):
    for day in (date(2024, 4, 8), date(2023, 12, 31)):
        assert day_of(template, day_page_url(DayPages(url=template), day)) == day
    assert day_of(template, "https://n.example.kz/other") is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/sitemap-pt-post-2024-05.xml", (date(2024, 5, 1), date(2024, 5, 31))),
        ("/sitemap/materials-ru-2024-02-29.xml", (date(2024, 2, 29), date(2024, 2, 29))),
        ("/s.xml?date_start=20240501&date_end=20240531", (date(2024, 5, 1), date(2024, 5, 31))),
        ("/s.php?sitemap=sitemap.xml&year=2024&mount=2", (date(2024, 2, 1), date(2024, 2, 29))),
        ("/sitemap_202312.xml", (date(2023, 12, 1), date(2023, 12, 31))),
        ("/sitemap-2024-02-31.xml", (date(2024, 2, 1), date(2024, 2, 29))),
        ("/sitemap_6_1.xml.gz", None),
        ("/sitemap-531353.xml", None),
        ("/sitemap/12345678.xml", None),
    ],
)
def test_the_days_that_an_address_names(address, expected):
    assert days_in_address(f"https://n.example.kz{address}") == expected


def test_an_index_of_numbers_without_dates_keeps_its_order():
    body = (
        b"<sitemapindex>"
        + b"".join(b"<sitemap><loc>/s%d.xml</loc></sitemap>" % n for n in (3, 1, 2))
        + b"</sitemapindex>"
    )

    assert [url[-5] for url in read_sitemap(body, "https://n.example.kz/i.xml", since=date(2024, 5, 1)).more] == [
        "3",
        "1",
        "2",
    ]


def test_a_children_pattern_that_is_no_regular_expression_is_said():
    body = b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"

    assert "regular expression" in "".join(read_sitemap(body, "https://n.example.kz/i.xml", children="(").notes)


NUMBERED = {
    "bitrix": ('<a href="/news/?PAGEN_1=2">2</a>', "/news/", 1, "/news/?PAGEN_1=2"),
    "pages in the path": ('<a href="/news/page/3/">3</a>', "/news/page/2/", 2, "/news/page/3/"),
    "drupal counts from 0": ('<a href="/news?page=1">2</a>', "/news", 1, "/news?page=1"),
    "joomla counts entries": ('<a href="/news?start=20">3</a>', "/news?start=10", 2, "/news?start=20"),
    "an offset that does not grow": ('<a href="/news?start=0">2</a>', "/news?start=10", 1, None),
    "a day of a calendar": ('<table><tr><td><a href="/news/2024/5/2">2</a></td></tr></table>', "/news/", 1, None),
    "the number of comments": ('<a href="/news/most-otkryt#c">2</a>', "/news/", 1, None),
    "another host": ('<a href="https://o.example.kz/news/?page=2">2</a>', "/news/", 1, None),
}


@pytest.mark.parametrize(("link", "path", "page", "following"), NUMBERED.values(), ids=NUMBERED)
def test_a_list_without_a_next_link_goes_on_by_its_numbers(link, path, page, following):
    home = "https://n.example.kz"
    html = f'<main><a href="/2024/05/02/most-otkryli-dlya-vseh/">Мост открыли для всех</a>{link}</main>'
    site = Site(name="n_example_kz", home=home + "/")
    found = read_listing(html, home + path, Listing(url=home + path), site, page=page)
    assert found.more == ((home + following,) if following else ())
