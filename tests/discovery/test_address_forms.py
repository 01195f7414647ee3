"""Addresses of articles become a pattern that fits them and leaves out what else the site has."""

import re

import pytest

from newscrawl.discovery.address_forms import article_pattern

HOME = "https://vesti.example"
WORDS = ("most", "biblioteka", "lyon", "shkola")
FORMS = {
    "number before words, any section": [f"/{w}/10{n}-{w}-{w}.html" for n, w in enumerate(WORDS)],
    "number behind words": [f"/news/{w}-{w}-100{n}/" for n, w in enumerate(WORDS)],
    "a day in the path": [f"/2024/05/0{n + 1}/{w}/" for n, w in enumerate(WORDS)],
    "a day in one part": [f"/20240501/{w}-{w}-12345.html" for w in WORDS],
    "only a number": [f"/node/100{n}" for n in range(4)],
    "two languages": [f"/kk/news/{w}-100{n}" for n, w in enumerate(WORDS)]
    + [f"/news/{w}-10{n}" for n, w in enumerate(WORDS)],
}


@pytest.mark.parametrize("paths", FORMS.values(), ids=FORMS)
def test_a_pattern_fits_the_articles_and_no_section(paths: list[str]) -> None:
    others = [HOME + path for path in ("/", "/news/", "/about/", "/kk/", "/2024/05/", "/feed.xml")]
    pattern = article_pattern([HOME + path for path in paths], others)
    assert pattern is not None
    assert all(re.match(pattern, HOME + path) for path in paths)
    assert not any(re.match(pattern, url) for url in others)
    assert not re.match(pattern, f"{HOME}/tag/most-1001")
    assert not re.match(pattern, "https://other.example" + paths[0])


NONE = {
    "too few": (["/a-b-1", "/a-c-2"], []),
    "one part of words, as the page about the editors has": ([f"/{w}-{w}-{w}/" for w in WORDS], ["/about/"]),
    "the article is named in the query": ([f"/news.php?id={n}" for n in range(5)], []),
    "all forms differ": (["/a-1", "/b/c-2/", "/d/e/f-3.html", "/g/h/i/k-4", "/2024/01/01/x/", "/20240101/y-9/"], []),
}


@pytest.mark.parametrize(("articles", "others"), NONE.values(), ids=NONE)
def test_no_pattern_is_better_than_a_wrong_one(articles: list[str], others: list[str]) -> None:
    assert article_pattern([HOME + p for p in articles], [HOME + p for p in others]) is None


def test_a_rubric_is_named_only_where_an_open_form_takes_in_what_is_no_article() -> None:
    articles = [f"{HOME}/news/{word}-{word}" for word in WORDS]
    assert re.match(str(article_pattern(articles, [])), f"{HOME}/culture/kino-i-teatr")
    closed = article_pattern(articles, [f"{HOME}/company/about-us"])
    assert closed is not None
    assert not re.match(closed, f"{HOME}/culture/kino-i-teatr")


def test_a_pattern_that_would_throw_articles_away_is_none() -> None:
    articles = [f"{HOME}/news/{word}-{word}" for word in WORDS]
    assert article_pattern(articles, [], seen=[f"{HOME}/20240501/{w}/x/{w}-1" for w in WORDS]) is None
