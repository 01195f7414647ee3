"""A site's file that says something impossible is refused on creation, in words that name the field."""

import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest

from newscrawl.site import DayPages, Feed, Listing, Override, Site, SiteError, Sitemap, host_of

SOUND: dict[str, Any] = {"name": "vesti_example", "home": "https://vesti.example/"}
WRONG = [
    ({"name": "Vesti"}, "name: 'Vesti' is not of the form"),
    ({"name": "vesti-example"}, "name: 'vesti-example'"),
    ({"home": "vesti.example"}, "home: 'vesti.example' is no http or https address"),
    ({"home": "ftp://vesti.example/"}, "home: 'ftp://vesti.example/'"),
    ({"languages": ("russian",)}, "languages: 'russian' is no ISO 639-1 code"),
    ({"timezone": "Almaty"}, "timezone: 'Almaty' is no IANA zone"),
    ({"timezone": "../etc/passwd"}, "timezone:"),
    ({"article_url": "("}, "'(' is no regular expression"),
    ({"not_article": ("[",)}, "'[' is no regular expression"),
    ({"sources": (Sitemap(url="https://vesti.example/s.xml", children="*"),)}, "'*' is no regular expression"),
    (
        {"sources": (Feed(url="https://other.example/feed"),)},
        "'https://other.example/feed' is not on one of the site's hosts",
    ),
    ({"sources": (Listing(url="https://vesti.example/", item="div..a"),)}, "'div..a' is no CSS selector"),
    ({"sources": (DayPages(url="https://vesti.example/%Y", date="["),)}, "'[' is no CSS selector"),
    ({"overrides": (Override(body="div["),)}, "'div[' is no CSS selector"),
    ({"overrides": (Override(drop=("p:nope(",)),)}, "'p:nope(' is no CSS selector"),
    ({"delay_s": -1.0}, "delay_s: -1.0"),
    (
        {"sources": (Listing(url="https://vesti.example/", next_url="https://vesti.example/?start={offset}"),)},
        "step says by how much",
    ),
    ({"sources": (Feed(url="https://vesti.example/feed", archive=True),)}, "all are archives"),
]


@pytest.mark.parametrize(("said", "words"), WRONG)
def test_what_cannot_be_is_refused_by_name(said: dict[str, Any], words: str) -> None:
    with pytest.raises(SiteError) as refused:
        Site(**SOUND | said)
    assert "site '" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://24.kz/ru/news", "24.kz"),
        ("https://24.KG/rss/", "24.kg"),
        ("http://127.0.0.1:8471/a", "127.0.0.1:8471"),
        ("https://vesti.example:443/", "vesti.example"),
        ("http://[::1]:80/", "[::1]"),
        ("mailto:a@b.example", ""),
        ("http://[::1", ""),
        ("https://vesti.example:99999/", ""),
    ],
)
def test_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


def test_an_article_is_known_by_its_address() -> None:
    site = Site(**SOUND, article_url=r"https://vesti\.example/\d+$", not_article=("/99",))
    assert site.is_article_url("https://vesti.example/12") is True
    assert site.is_article_url("https://vesti.example/about") is False
    assert site.is_article_url("https://vesti.example/99") is False
    assert Site(**SOUND).is_article_url("https://vesti.example/12") is None


def test_a_capture_is_read_by_the_layout_of_its_day() -> None:
    old, today = Override(until=date(2024, 3, 1), body="div.old"), Override(body="div.new")
    site = Site(**SOUND, overrides=(today, old))
    assert site.override_at(datetime(2024, 2, 29, 23, tzinfo=UTC)) is old
    assert site.override_at(datetime(2024, 3, 1, tzinfo=UTC)) is today
    assert site.override_at(None) is today
    assert Site(**SOUND, overrides=(old,)).override_at(datetime(2025, 1, 1, tzinfo=UTC)) is None


def test_a_site_travels_to_the_reading_processes() -> None:
    site = Site(**SOUND, hosts=("kaz.vesti.example",), timezone="Asia/Almaty")
    assert pickle.loads(pickle.dumps(site)) == site
    assert site.owns("http://KAZ.vesti.example/1")
    assert not site.owns("https://vesti.example.evil.example/")
    assert not site.owns("file:///vesti.example")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Вести.ҚАЗ/1", "xn--b1agj9af.xn--80ao21a"),
        ("https://xn--b1agj9af.xn--80ao21a:443/1", "xn--b1agj9af.xn--80ao21a"),
        ("http://вести.қаз:8080/", "xn--b1agj9af.xn--80ao21a:8080"),
        ("http://вести..қаз/", ""),
        ("http://" + "ы" * 100 + ".қаз/", ""),
    ],
)
def test_a_host_in_other_letters_has_the_one_form_in_which_it_is_asked_for(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_site_owns_its_hosts_however_they_are_written() -> None:
    site = Site(name="vesti", home="https://вести.қаз/", hosts=("ru.вести.қаз:8080",))
    assert site.owns("https://xn--b1agj9af.xn--80ao21a/1")
    assert site.owns("http://ru.xn--b1agj9af.xn--80ao21a:8080/1")
    assert not site.owns("http://ru.вести.қаз/1")


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (r"https://www\.vesti\.example/\d+$", "http://vesti.example/12"),
        (r"https://vesti\.example/\d+$", "https://www.vesti.example/12"),
        (r"http://vesti\.example/\d+$", "https://vesti.example/12"),
    ],
)
def test_an_address_without_www_or_with_http_is_the_same_articles(pattern: str, url: str) -> None:
    site = Site(**SOUND, article_url=pattern)
    assert site.owns(url)
    assert site.is_article_url(url) is True
    assert site.is_article_url(url + "/x") is False


def test_only_a_name_of_two_labels_has_a_twin_with_www() -> None:
    site = Site(**SOUND, hosts=("kaz.vesti.example", "127.0.0.1:8000"))
    assert site.all_hosts == {"vesti.example", "www.vesti.example", "kaz.vesti.example", "127.0.0.1:8000"}
