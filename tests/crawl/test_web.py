"""Any address -> a site of its own, and what `-a` says about it."""

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.web import WebSpider, site_of
from spiders.web import Web

ADDRESSES = [
    ("https://vesti.example/", "vesti_example", "https://vesti.example/", False),
    ("https://Vesti.Example/news/1?x=1#y", "vesti_example", "https://Vesti.Example/", False),
    ("vesti.example", "vesti_example", "https://vesti.example/", False),
    ("24.kz", "24_kz", "https://24.kz/", False),
    ("http://vesti.example:8080/a", "vesti_example_8080", "http://vesti.example:8080/", False),
    ("http://127.0.0.1:8000/", "127_0_0_1_8000", "http://127.0.0.1:8000/", True),
    ("http://localhost/", "localhost", "http://localhost/", True),
    ("http://[::1]:8000/", "1_8000", "http://[::1]:8000/", True),
]


@pytest.mark.parametrize(("url", "name", "home", "private"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_an_address_becomes_a_site(url: str, name: str, home: str, private: bool) -> None:
    site = site_of(url, "Asia/Almaty", "kk, ru")
    assert (site.name, site.home, site.private) == (name, home, private)
    assert site.languages == ("kk", "ru")
    assert site.timezone == "Asia/Almaty"
    assert site.owns(home)


WRONG = [
    ({}, "needs an address: -a url="),
    ({"url": ""}, "needs an address: -a url="),
    ({"url": "file:///etc/passwd"}, "no http or https address"),
    ({"url": "ftp://vesti.example/"}, "no http or https address"),
    ({"url": "https://"}, "no http or https address"),
    ({"url": "http://[::1"}, "no http or https address"),
    ({"url": "vesti.example", "timezone": "Almaty"}, "timezone: 'Almaty' is no IANA zone"),
    ({"url": "vesti.example", "languages": "kazakh"}, "languages: 'kazakh' is no ISO 639-1 code"),
    ({"url": "vesti.example", "timezon": "Asia/Almaty"}, "-a timezone=ZONE"),
]


@pytest.mark.parametrize(("given", "words"), WRONG, ids=[str(g) for g, _ in WRONG])
def test_what_cannot_be_a_site_is_told_in_words(given: dict[str, str], words: str) -> None:
    with pytest.raises(ArgumentError) as raised:
        Web(**given)
    assert words in str(raised.value)


def test_the_spider_web_knows_its_site() -> None:
    spider = Web(url="vesti.example", timezone="Asia/Almaty", limit="3")
    assert isinstance(spider, WebSpider)
    assert spider.site.name == "vesti_example"
    assert spider.arguments.limit == 3


def test_a_contact_is_part_of_the_user_agent_in_the_honest_form() -> None:
    settings = Settings({"USER_AGENT": "newscrawl/0.1.0", "NEWSCRAWL_CONTACT": "https://vesti.example/robot"})
    Web.update_settings(settings)
    assert settings["USER_AGENT"] == "newscrawl/0.1.0 (+https://vesti.example/robot)"
