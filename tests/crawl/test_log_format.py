"""Log lines name the address and never print the page."""

from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy import Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.item import DropPage, Reading
from newscrawl.crawl.log_format import PageLogFormatter
from newscrawl.page import Fate, Page

URL = "https://vesti.example/1"
READING = Reading(
    page=Page(url=URL, final_url=URL, status=200, body=b"<p>hush</p>", fetched_at=datetime(2024, 5, 2, tzinfo=UTC))
)
ITEMS: list[Any] = [READING, {"url": URL, "text": "hush", "fate": "stored"}]


@pytest.mark.parametrize("item", ITEMS, ids=["reading", "record"])
@pytest.mark.parametrize("event", ["scraped", "dropped", "item_error"])
def test_no_line_prints_a_page(item: Any, event: str) -> None:
    formatter, spider = PageLogFormatter(), Spider("vesti")
    response = Response(URL, body=b"<p>hush</p>")
    if event == "scraped":
        said = formatter.scraped(item, response, spider)
    elif event == "dropped":
        said = formatter.dropped(item, DropPage(Fate.EMPTY, "no text was found"), response, spider)
    else:
        said = formatter.item_error(item, Failure(ValueError("broken")), response, spider)
    assert said is not None
    line = said["msg"] % said["args"]
    assert URL in line
    assert "hush" not in line


def test_a_drop_by_rule_is_no_warning_and_says_why() -> None:
    said = PageLogFormatter().dropped(READING, DropPage(Fate.EMPTY, "no text was found"), None, Spider("vesti"))
    assert said is not None
    assert said["level"] == 10
    assert "no text was found" in said["msg"] % said["args"]
