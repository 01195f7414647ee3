"""A day above several entries dates them with the clock beside each; a day elsewhere on the page dates nothing."""

import pytest

from newscrawl.discovery.listings import read_listing
from newscrawl.site import Listing, Site

HOME = "https://vesti.example/"
SITE = Site(name="vesti_example", home=HOME, article_url=r"https://vesti\.example/news/\d+$")


def entry(number: int, clock: str = "") -> str:
    return f'<li><span>{clock}</span> <a href="/news/{number}">Мост через реку открыли</a></li>'


LISTS = {
    "headings beside the entries": (
        f"<ul><li><b>25 ноября</b></li>{entry(1, '14:30')}{entry(2, '09:05')}<li><b>24 ноября</b></li>{entry(3, '23:10')}</ul>",
        ["25 ноября 14:30", "25 ноября 09:05", "24 ноября 23:10"],
    ),
    "headings above lists": (
        f"<div><h3>25 қараша</h3><ul>{entry(1, '14:30')}</ul><h3>Кеше</h3><ul>{entry(2, '09:05')}</ul></div>",
        ["25 қараша 14:30", "Кеше 09:05"],
    ),
    "a heading in an element of its own": (
        f"<section><div class='day'><h3>25.11.2026</h3></div><div>{entry(1, '14:30')}</div></section>",
        ["25.11.2026 14:30"],
    ),
    "no clock beside the link": (f"<ul><li><b>25 ноября</b></li>{entry(1)}</ul>", [None]),
    "a day at the top of the page": (
        f"<header><p>25 ноября</p></header><main><ul>{entry(1, '14:30')}</ul></main>",
        [None],
    ),
    "a heading that says more": (f"<ul><li><b>25 ноября в истории</b></li>{entry(1, '14:30')}</ul>", [None]),
}


@pytest.mark.parametrize(("body", "dates"), LISTS.values(), ids=LISTS)
def test_the_day_above_the_entries(body: str, dates: list[str | None]) -> None:
    found = read_listing(f"<html><body>{body}</body></html>", HOME, Listing(url=HOME), SITE)
    assert [c.evidence[0].raw if c.evidence else None for c in found.candidates] == dates


def test_a_marked_entry_whose_date_is_a_clock_is_dated_by_the_day_above_it() -> None:
    source = Listing(url=HOME, item="li.n", date="span")
    body = f"<ul><li>25 ноября</li>{entry(1, '14:30').replace('<li>', '<li class=n>')}</ul>"
    found = read_listing(f"<html><body>{body}</body></html>", HOME, source, SITE)
    assert [c.evidence[0].raw for c in found.candidates] == ["25 ноября 14:30"]
