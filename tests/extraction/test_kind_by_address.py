"""What an address says of an article's kind; `/blog/` before a day is where some sites keep all their news."""

import pytest

from newscrawl.extraction.read import extract

KINDS = {
    "https://vesti.example/blog/ivanov/most-otkryli/": "opinion",
    "https://vesti.example/opinions/most-otkryli/": "opinion",
    "https://vesti.example/blog/2024/05/02/most-otkryli/": None,
    "https://vesti.example/news/most-otkryli/": None,
}


@pytest.mark.parametrize(("url", "kind"), KINDS.items())
def test_the_kind_by_the_address(url: str, kind: str | None) -> None:
    body = "<p>Движение по новому мосту началось утром, первым по нему проехал автобус с рабочими завода.</p>" * 3
    assert extract(f"<html><body><article><h1>Мост открыли</h1>{body}</article></body></html>", url).kind == kind
