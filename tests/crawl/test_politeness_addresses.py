"""What a crawl may ask for: the site's own public http(s) addresses, through whichever redirect, name or proxy."""

from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import dnscache
from twisted.python.failure import Failure

from newscrawl.crawl.addresses import AddressGuard, refuse_foreign_address
from newscrawl.crawl.private_hosts import is_private_host
from newscrawl.crawl.refusals import RefusedRequest
from newscrawl.crawl.resolver import PublicAddressResolver, proxy_host
from newscrawl.page import Fate
from newscrawl.site import Site

PUBLIC = Site(name="vesti_example", home="https://vesti.example/", hosts=("en.vesti.example", "vesti.example:8443"))
PRIVATE = Site(name="local", home="http://127.0.0.1:8000/", private=True)
LETTERS = Site(name="vesti_kaz", home="https://вести.қаз/", hosts=("ru.вести.қаз:8080", "xn--b1agh1afp.xn--80ao21a"))
DIGITS = Site(name="24_kz", home="https://24.kz/")

ALLOWED = [
    (PUBLIC, "https://vesti.example/news/1"),
    (PUBLIC, "http://vesti.example/news/1"),
    (PUBLIC, "HTTPS://Vesti.EXAMPLE/news/1"),
    (PUBLIC, "https://vesti.example:443/news/1"),
    (PUBLIC, "https://vesti.example:8443/news/1"),
    (PUBLIC, "https://en.vesti.example/news/1"),
    (DIGITS, "https://24.kz/ru/news/1"),
    (LETTERS, "https://вести.қаз/1"),
    (LETTERS, "https://xn--b1agj9af.xn--80ao21a/1"),
    (LETTERS, "https://ВЕСТИ.ҚАЗ/1"),
    (LETTERS, Request("https://ru.вести.қаз:8080/1").url),
    (LETTERS, "http://привет.қаз/1"),
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
    (PUBLIC, "https://@vesti.example/", Fate.UNSAFE),
    (PUBLIC, "https://127.0.0.1%2f@vesti.example/", Fate.UNSAFE),
    (PUBLIC, "https://vesti.example./", Fate.OFFSITE),
    (PUBLIC, "https://vesti.example:80:90/", Fate.OFFSITE),
    (PUBLIC, "http://%31%32%37.0.0.1/", Fate.OFFSITE),
    (PUBLIC, "http://０x7f.1/", Fate.UNSAFE),
    (PUBLIC, "http://[::ffff:127.0.0.1]/", Fate.UNSAFE),
    (PUBLIC, "http://[::ffff:7f00:1]:80/", Fate.UNSAFE),
    (PUBLIC, "http://127.0.0.1/", Fate.UNSAFE),
    (PUBLIC, "http://169.254.169.254/latest/meta-data/", Fate.UNSAFE),
    (PUBLIC, "http://[::1]/", Fate.UNSAFE),
    (PUBLIC, "http://2130706433/", Fate.UNSAFE),
    (PUBLIC, "http://localhost./", Fate.UNSAFE),
    (PRIVATE, "http://127.0.0.1:8001/", Fate.UNSAFE),
    (PRIVATE, "http://169.254.169.254/", Fate.UNSAFE),
    (PRIVATE, "https://vesti.example/", Fate.OFFSITE),
    (LETTERS, "https://вести.example/", Fate.OFFSITE),
    (LETTERS, "https://вести..қаз/", Fate.OFFSITE),
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
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.1..", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "LOCALHOST。",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "ff02::1",
]  # fmt: skip
PUBLIC_HOSTS = [
    "24.kz", "24.kg", "127.kz", "vesti.example", "127.0.0.1.example", "localhost.example", "8.8.8.8", "134744072",
    "[2a02:6b8::1]", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "", "0x.kz", "1.2.3.4.5", "қазақстан.қаз", "xn--80aaa1bbb8h.xn--80ao21a", "..", "a..b", "\ud800", "%31", "a" * 300,
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


def crawler_of(site: Site) -> Crawler:
    crawler: Any = Mock(spec=["spider"])
    crawler.spider.site = site
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


PROXIES = ["http://proxy.example:3128", "proxy.example:3128", "http://me:secret@proxy.example:3128/", "PROXY.example:1"]


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_sites_own_proxy_is_used_and_may_be_near(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    request = Request("https://vesti.example/1")
    site = Site(name="vesti_example", home="https://vesti.example/", proxy=proxy)
    AddressGuard.from_crawler(crawler_of(site)).process_request(request)
    assert request.meta["proxy"] == proxy
    assert resolved(resolver, monkeypatch, "proxy.example", "10.0.0.7") == "10.0.0.7"
    assert isinstance(resolved(resolver, monkeypatch, "vesti.example", "10.0.0.7"), Failure)


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxy_of_the_environment_is_known_in_every_form(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    assert resolved(resolver, monkeypatch, "proxy.example", "10.0.0.7") == "10.0.0.7"


def test_what_is_no_proxys_address_names_no_host() -> None:
    assert proxy_host("http://[::1") == proxy_host("") == ""


def test_behind_a_proxy_a_literal_address_is_refused_all_the_same() -> None:
    site = Site(name="vesti_example", home="https://vesti.example/", proxy="http://proxy.example:3128")
    with pytest.raises(RefusedRequest, match="unsafe"):
        AddressGuard.from_crawler(crawler_of(site)).process_request(Request("http://169.254.169.254/"))


def test_a_redirect_to_another_host_waits_in_that_hosts_queue() -> None:
    redirected = Request("https://en.vesti.example/1", meta={"download_slot": "vesti.example"})
    AddressGuard.from_crawler(crawler_of(PUBLIC)).process_request(redirected)
    assert redirected.meta["download_slot"] == "en.vesti.example"


def test_a_private_site_opens_its_own_hosts_only(
    resolver: PublicAddressResolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(name="intranet", home="http://intranet.example:8000/", hosts=("10.0.0.7",), private=True)
    guard = AddressGuard.from_crawler(crawler_of(site))
    guard.process_request(Request("http://10.0.0.7/"))
    for url in ("http://10.0.0.8/", "http://10.0.0.7:22/", "http://localhost/"):
        with pytest.raises(RefusedRequest, match="unsafe"):
            guard.process_request(Request(url))
    assert isinstance(resolved(resolver, monkeypatch, "other.example", "10.0.0.7"), Failure)
