"""A withdrawn article's address that leads to the front page holds no article."""

import pytest

from newscrawl.crawl.front_page import front_page_fate
from newscrawl.page import Fate
from newscrawl.site import Site

SITE = Site(name="vesti_example", home="https://vesti.example/", hosts=("kk.vesti.example",))
BELOW = Site(name="rus_example", home="https://example.org/rus/novosti")
ASKED = "https://vesti.example/news/most-1001"


@pytest.mark.parametrize(
    "answered",
    [
        "https://vesti.example/",
        "https://vesti.example",
        "https://www.vesti.example/",
        "https://kk.vesti.example/",
        "https://vesti.example/ru",
        "https://vesti.example/kz/",
        "https://vesti.example/index.php",
        "https://vesti.example/kk/index.html",
        "https://vesti.example/home",
    ],
)
def test_the_front_page_in_an_articles_place_is_a_soft_404(answered: str) -> None:
    fate = front_page_fate(ASKED, answered, SITE)
    assert fate == (Fate.SOFT_404, f"it leads to the front page {answered}")


@pytest.mark.parametrize(
    ("asked", "answered", "site"),
    [
        (ASKED, ASKED, SITE),
        (ASKED, "https://vesti.example/news/", SITE),
        (ASKED, "https://vesti.example/ru/most-1001", SITE),
        (ASKED, "https://vesti.example/?p=1001", SITE),
        (ASKED, "https://vesti.example/abc", SITE),
        (ASKED, "https://elsewhere.example/", SITE),
        ("https://vesti.example/", "https://vesti.example/ru/", SITE),
        ("https://example.org/rus/a-1", "https://example.org/rus/b-1", BELOW),
    ],
)
def test_any_other_answer_is_not(asked: str, answered: str, site: Site) -> None:
    assert front_page_fate(asked, answered, site) is None


def test_a_home_below_the_root_is_a_front_page() -> None:
    assert front_page_fate("https://example.org/rus/a-1", "https://example.org/rus/novosti/", BELOW) is not None
