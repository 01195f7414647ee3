"""A site's file as text: sound Python, formatted, and the day of a check written into it and nowhere else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from newscrawl.cli.site_text import class_name, site_text, with_verified_on
from newscrawl.site import Feed, Listing, Site, Sitemap

DAY = date(2026, 11, 25)
SITE = Site(
    name="vesti_kz",
    home="https://vesti.kz/",
    hosts=("kaz.vesti.kz",),
    languages=("kk", "ru"),
    timezone="Asia/Almaty",
    sources=(
        Feed(url="https://vesti.kz/feed/", language="ru", paged=True),
        Sitemap(
            url="https://vesti.kz/a-long-name-of-a-folder-of-sitemaps/and-another-one/sitemap-index.xml", archive=True
        ),
        Listing(url='https://vesti.kz/новости/?q="x"'),
    ),
    article_url=r"https?://vesti\.kz/\d+[-_][^/?]+$",
    outlets=("vesti.kz", 'Вести "Казахстана"'),
)


def declared(text: str) -> Site:
    names: dict[str, object] = {"__name__": "a_site"}
    exec(compile(text, "a_site", "exec"), names)
    return next(site for value in names.values() if isinstance(site := getattr(value, "site", None), Site))


def test_the_text_declares_the_site() -> None:
    text = site_text(replace(SITE, verified_on=DAY), 'Вести """ \\ Kazakh', "Seen.")
    assert declared(text) == replace(SITE, verified_on=DAY)
    assert text.startswith('"""Вести \'\'\' / Kazakh"""\n')
    assert max(map(len, text.splitlines())) <= 120


NAMES = {"vesti_kz": "VestiKz", "24_kz": "Kz24", "1_2_3": "Site123", "ru_24_kg": "Ru24Kg"}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_class_has_a_name_that_python_takes(name: str, expected: str) -> None:
    assert class_name(name) == expected


def test_a_day_is_written_and_written_over() -> None:
    text = site_text(SITE, "Vesti", "Seen.")
    once = with_verified_on(text, DAY)
    assert declared(once) == replace(SITE, verified_on=DAY)
    later = with_verified_on(once, date(2027, 1, 2))
    assert declared(later) == replace(SITE, verified_on=date(2027, 1, 2))
    assert len(later.splitlines()) == len(once.splitlines())
    assert once.count("from datetime import date") == 1


def test_every_site_file_of_this_repository_takes_the_day(repository: Path) -> None:
    for path in sorted((repository / "spiders").glob("*_*.py")):
        text = path.read_text(encoding="utf-8")
        if path.stem == "__init__":
            continue
        changed = with_verified_on(text, DAY)
        assert declared(changed) == replace(declared(text), verified_on=DAY), path.name
        assert set(text.splitlines()) <= set(changed.splitlines()), path.name


@pytest.mark.parametrize("text", ["", "site = 1\n", "class A:\n    site = Site(name='a', home='b')\n"])
def test_a_file_of_another_form_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match="one call"):
        with_verified_on(text, DAY)
