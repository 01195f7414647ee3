"""What is refused before it is asked for, and how long a server is left alone."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.resolver import dnscache
from scrapy.settings import Settings
from twisted.python.failure import Failure

from newscrawl.crawl.politeness import (
    AddressGuard,
    PublicAddressResolver,
    RefusedRequest,
    RetryAfterMiddleware,
    is_private_host,
    refuse_foreign_address,
    retry_after_s,
)
from newscrawl.page import Fate
from newscrawl.site import Site

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
PUBLIC = Site(name="vesti_example", home="https://vesti.example/", hosts=("en.vesti.example", "vesti.example:8443"))
PRIVATE = Site(name="local", home="http://127.0.0.1:8000/", private=True)
DIGITS = Site(name="24_kz", home="https://24.kz/")

ALLOWED = [
    (PUBLIC, "https://vesti.example/news/1"),
    (PUBLIC, "http://vesti.example/news/1"),
    (PUBLIC, "HTTPS://Vesti.EXAMPLE/news/1"),
    (PUBLIC, "https://vesti.example:443/news/1"),
    (PUBLIC, "https://vesti.example:8443/news/1"),
    (PUBLIC, "https://en.vesti.example/news/1"),
    (DIGITS, "https://24.kz/ru/news/1"),
    (PRIVATE, "http://127.0.0.1:8000/news/1"),
]


@pytest.mark.parametrize(("site", "url"), ALLOWED)
def test_a_sites_own_addresses_pass(site: Site, url: str) -> None:
    refuse_foreign_address(url, site)


REFUSED = [
    (PUBLIC, "https://other.example/", Fate.OFFSITE),
    (PUBLIC, "https://vesti.example.other.example/", Fate.OFFSITE),
    (PUBLIC, "https://xvesti.example/", Fate.OFFSITE),
    (PUBLIC, "https://kk.vesti.example/", Fate.OFFSITE),
    (PUBLIC, "https://vesti.example:8080/", Fate.OFFSITE),
    (PUBLIC, "https://24.kz/", Fate.OFFSITE),
    (PUBLIC, "file:///etc/passwd", Fate.UNSAFE),
    (PUBLIC, "ftp://vesti.example/1", Fate.UNSAFE),
    (PUBLIC, "data:text/html,1", Fate.UNSAFE),
    (PUBLIC, "javascript:alert(1)", Fate.UNSAFE),
    (PUBLIC, "https://me@vesti.example/", Fate.UNSAFE),
    (PUBLIC, "https://me:secret@vesti.example/", Fate.UNSAFE),
    (PUBLIC, "https://vesti.example@127.0.0.1/", Fate.UNSAFE),
    (PUBLIC, "http://127.0.0.1/", Fate.UNSAFE),
    (PUBLIC, "http://169.254.169.254/latest/meta-data/", Fate.UNSAFE),
    (PUBLIC, "http://[::1]/", Fate.UNSAFE),
    (PUBLIC, "http://2130706433/", Fate.UNSAFE),
    (PUBLIC, "http://localhost./", Fate.UNSAFE),
    (PRIVATE, "http://127.0.0.1:8001/", Fate.UNSAFE),
    (PRIVATE, "http://169.254.169.254/", Fate.UNSAFE),
    (PRIVATE, "https://vesti.example/", Fate.OFFSITE),
]


@pytest.mark.parametrize(("site", "url", "fate"), REFUSED, ids=[f"{s.name} {u}" for s, u, _ in REFUSED])
def test_what_is_not_the_sites_own_is_refused_with_a_reason(site: Site, url: str, fate: Fate) -> None:
    with pytest.raises(RefusedRequest) as raised:
        refuse_foreign_address(url, site)
    assert raised.value.fate == fate
    assert raised.value.detail


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "[::1]", "localhost", "127.1"])
def test_a_private_address_is_refused_even_where_a_site_that_is_not_private_claims_it(host: str) -> None:
    site = Site(name="trojan", home=f"http://{host}/")
    with pytest.raises(RefusedRequest, match="private address") as raised:
        refuse_foreign_address(f"http://{host}/", site)
    assert raised.value.fate == Fate.UNSAFE


@pytest.mark.parametrize("url", ["http://[::1", "http://[vesti.example]/", "http://vesti.example:port/", "http://", ""])
def test_an_address_that_cannot_be_is_refused_and_raises_nothing_else(url: str) -> None:
    with pytest.raises(RefusedRequest):
        refuse_foreign_address(url, PUBLIC)


PRIVATE_HOSTS = [
    "localhost", "LOCALHOST", "localhost.", "news.localhost", "127.0.0.1", "127.255.0.9", "127.0.0.1.", "127.1", "127.0.1",
    "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "2130706433", "0", "0.0.0.0", "10.0.0.1", "10.1", "172.16.0.1",
    "192.168.1.1", "3232235777", "169.254.169.254", "0xa9fea9fe", "100.64.0.1", "192.0.2.1", "224.0.0.1",
    "255.255.255.255", "::1", "[::1]", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "ff02::1",
]  # fmt: skip
PUBLIC_HOSTS = [
    "24.kz", "24.kg", "127.kz", "vesti.example", "127.0.0.1.example", "localhost.example", "8.8.8.8", "134744072",
    "[2a02:6b8::1]", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "", "0x.kz", "1.2.3.4.5", "a" * 300,
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_every_spelling_of_an_address_that_no_public_site_has_is_known(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize("host", PUBLIC_HOSTS)
def test_names_and_public_addresses_are_not_taken_for_private_ones(host: str) -> None:
    assert not is_private_host(host)


@given(st.text(max_size=40))
def test_whether_a_host_is_private_is_answered_for_any_text(host: str) -> None:
    assert is_private_host(host) in {True, False}


# --- the middleware and the resolver ---------------------------------------------------------------------------------


def crawler_of(site: Site, **settings: Any) -> Crawler:
    crawler = Mock(spec=["spider", "settings", "engine"])
    crawler.spider.site = site
    crawler.settings = Settings({"NEWSCRAWL_RETRY_AFTER_MAX_S": 120.0, "NEWSCRAWL_NOW": NOON.isoformat(), **settings})
    return crawler


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> PublicAddressResolver:
    monkeypatch.setattr(PublicAddressResolver, "private_names", set())
    monkeypatch.setattr(PublicAddressResolver, "refused_names", {})
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return PublicAddressResolver(Mock(), 10, 1.0)


def resolved(resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> Any:
    monkeypatch.setitem(dnscache, name, address)
    found: list[Any] = []
    resolver.getHostByName(name).addBoth(found.append)
    return found[0]


def test_a_name_that_leads_to_a_public_address_is_resolved(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resolved(resolver, monkeypatch, "vesti.example", "8.8.8.8") == "8.8.8.8"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1"])
def test_a_name_that_leads_to_a_private_address_is_refused_and_remembered(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    failure = resolved(resolver, monkeypatch, "vesti.example", address)
    assert isinstance(failure, Failure)
    assert isinstance(failure.value, RefusedRequest)
    assert failure.value.fate == Fate.UNSAFE
    assert PublicAddressResolver.refused_names == {"vesti.example": address}


def test_a_site_that_is_private_on_purpose_may_have_a_name(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(name="intranet", home="http://intranet.example:8000/", private=True)
    AddressGuard.from_crawler(crawler_of(site)).process_request(Request("http://intranet.example:8000/"))
    assert resolved(resolver, monkeypatch, "intranet.example", "10.0.0.7") == "10.0.0.7"


def test_the_proxy_that_a_person_has_chosen_may_be_near(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert resolved(resolver, monkeypatch, "proxy.example", "10.0.0.7") == "10.0.0.7"


def test_the_guard_refuses_for_a_sites_spider_and_leaves_others_alone() -> None:
    guard = AddressGuard.from_crawler(crawler_of(PUBLIC))
    guard.process_request(Request("https://vesti.example/1"))
    with pytest.raises(RefusedRequest):
        guard.process_request(Request("https://other.example/1", dont_filter=True))
    AddressGuard.from_crawler(Mock(spider=object())).process_request(Request("https://other.example/1"))


def test_a_sites_own_proxy_is_used() -> None:
    request = Request("https://vesti.example/1")
    site = Site(name="vesti_example", home="https://vesti.example/", proxy="http://proxy.example:3128")
    AddressGuard.from_crawler(crawler_of(site)).process_request(request)
    assert request.meta["proxy"] == "http://proxy.example:3128"


# --- Retry-After -----------------------------------------------------------------------------------------------------

RETRY_AFTER = [
    (b"0", 0.0),
    (b"120", 120.0),
    (b"  7 ", 7.0),
    (b"315360000", 315360000.0),
    (b"9" * 400, 999999999999.0),
    (b"Thu, 02 May 2024 12:02:00 GMT", 120.0),
    (b"Thu, 02 May 2024 17:02:00 +0500", 120.0),
    (b"Thu, 02 May 2024 12:02:00", 120.0),
    (b"Thursday, 02-May-24 12:02:00 GMT", 120.0),
    (b"Thu, 02 May 2024 11:00:00 GMT", 0.0),
    (b"Tue, 02 May 2034 12:00:00 GMT", 315532800.0),
    (None, None),
    (b"", None),
    (b"soon", None),
    (b"-5", None),
    (b"1.5", None),
    (b"\xb2", None),
    (b"Mon, 01 Jan 2024 00:00:00 +99999999", None),
    (b"Fri, 31 Dec 99999 23:59:59 GMT", None),
    (b"x" * 100_000, None),
]


@pytest.mark.parametrize(("value", "seconds"), RETRY_AFTER, ids=[repr(v)[:50] for v, _ in RETRY_AFTER])
def test_both_forms_of_retry_after_are_read_and_nothing_else(value: bytes | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOON) == seconds


@given(st.binary(max_size=60))
def test_any_retry_after_is_a_wait_or_none(value: bytes) -> None:
    wait_s = retry_after_s(value, NOON)
    assert wait_s is None or wait_s >= 0


def waiting(
    status: int, retry_after: str | None, delay_s: float = 1.0
) -> tuple[float, dict[str, Any], Response | None]:
    """(seconds from now that the host's slot is held, the request's meta, the answer handed on)."""
    from time import monotonic

    crawler = crawler_of(PUBLIC)
    slot = Mock(lastseen=0.0, delay=delay_s)
    crawler.engine.downloader.slots = {"vesti.example": slot}
    request = Request("https://vesti.example/1", meta={"download_slot": "vesti.example"})
    headers = {"Retry-After": retry_after} if retry_after else {}
    answer = Response("https://vesti.example/1", status=status, headers=headers)
    handed_on = RetryAfterMiddleware.from_crawler(crawler).process_response(request, answer)
    # As Scrapy's downloader decides: a slot without a delay is used at once, whenever it was last used.
    wait_s = slot.lastseen + slot.delay - monotonic() if slot.lastseen and slot.delay else 0.0
    return wait_s, request.meta, handed_on


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["30", "Thu, 02 May 2024 12:00:30 GMT"])
def test_the_host_is_left_alone_as_long_as_it_asks(status: int, value: str) -> None:
    wait_s, meta, _ = waiting(status, value)
    assert wait_s == pytest.approx(30, abs=1.5)
    assert "dont_retry" not in meta


def test_a_host_that_is_asked_without_a_pause_is_left_alone_too() -> None:
    assert waiting(429, "30", delay_s=0.0)[0] == pytest.approx(30, abs=1.5)


@pytest.mark.parametrize("value", ["315360000", "Tue, 02 May 2034 12:00:00 GMT"])
def test_a_wait_of_ten_years_ends_the_hosts_turn_instead(value: str) -> None:
    wait_s, meta, answer = waiting(429, value)
    assert wait_s == 0
    assert meta["dont_retry"] is True
    assert answer is not None
    assert answer.status == 429


@pytest.mark.parametrize(("status", "value"), [(200, "30"), (404, "30"), (503, None), (429, "soon")])
def test_nothing_is_waited_for_without_need(status: int, value: str | None) -> None:
    assert waiting(status, value)[0] == 0
