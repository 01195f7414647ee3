"""A date beside a linked heading is that of the page behind the link."""

import pytest

from newscrawl.extraction.dates import find_date_evidence
from newscrawl.extraction.tree import read_tree

PAGE = """<html><body><article><h1>Как пекари встретили утро</h1><p>Первый хлеб вынули из печи в пять утра.</p></article>
<section><h3>Читайте также</h3>{teaser}</section></body></html>"""
TEASERS = [
    '<div class="item"><h2 class="item__title"><a href="/b/">Сосед стал старостой</a></h2><p class="item__time">3 января, 2024</p></div>',
    '<div class="item"><a href="/b/"><h4>Сосед стал старостой</h4></a><span class="date">3 января, 2024</span></div>',
    '<div class="item"><a href="/b/">Как жители двенадцати домов выбрали старосту</a><span class="date">3 января, 2024</span></div>',
]


@pytest.mark.parametrize("teaser", TEASERS)
def test_a_teasers_date_is_no_evidence(teaser: str) -> None:
    url = "https://vesti.example/a/"
    assert find_date_evidence(read_tree(PAGE.format(teaser=teaser), url), url) == ()


def test_the_own_date_below_the_headline_is() -> None:
    url = "https://vesti.example/a/"
    own = PAGE.replace("</h1>", '</h1><p class="item__time">3 января, 2024</p>').format(teaser="")
    assert [evidence.raw for evidence in find_date_evidence(read_tree(own, url), url)] == ["3 января, 2024"]
