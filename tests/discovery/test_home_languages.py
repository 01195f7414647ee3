"""The home pages of a site's other languages, by hreflang and by switchers; links that only look like one are none."""

import pytest

from newscrawl.discovery.home_languages import other_homes, page_language

HOME = "https://www.vesti.example/"
PAGES = {
    '<link rel="alternate" hreflang="kk-KZ" href="https://kaz.vesti.example/">': (
        ("kk", "https://kaz.vesti.example/"),
    ),
    '<a href="/kz/">ҚАЗ</a> <a href="/">РУС</a> <a href="/en">English</a>': (
        ("kk", HOME + "kz/"),
        ("en", HOME + "en"),
    ),
    '<a href="/oz/">Oʻzbekcha</a>': (("uz", HOME + "oz/"),),
    '<a href="/kz/sayasat/">қаз</a>': (),
    '<a href="https://other.example/">English</a>': (),
    '<a href="/en/?from=menu">English</a>': (),
    '<link rel="alternate" hreflang="x-default" href="https://kaz.vesti.example/">': (),
    "": (),
}


@pytest.mark.parametrize(("page", "homes"), PAGES.items(), ids=[str(n) for n in range(len(PAGES))])
def test_other_homes(page: str, homes: tuple[tuple[str, str], ...]) -> None:
    assert other_homes(f"<html><body>{page}</body></html>", HOME) == homes


def test_the_language_that_a_page_claims() -> None:
    assert page_language('<html lang="kk-KZ"><body>x</body></html>', HOME) == "kk"
    assert page_language("<html><body>x</body></html>", HOME) is None
    assert page_language(b"\x00\x01", HOME) is None
