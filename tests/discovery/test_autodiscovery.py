"""What a home page and robots.txt name is found, in order of worth, and nothing of strangers or of comments."""

import pytest

from newscrawl.discovery.autodiscovery import article_folders, declared_sources, find_sources, well_known_sources
from newscrawl.site import Feed, Listing, Site, Sitemap, WordPress

HOME = "https://delo.example.kz/"

WORDPRESS = """<!DOCTYPE html><html lang="ru-RU"><head>
<link rel="alternate" type="application/rss+xml" title="Дело &raquo; Лента" href="https://delo.example.kz/feed/">
<link rel="alternate" type="application/rss+xml" title="Дело &raquo; Лента комментариев" href="https://delo.example.kz/comments/feed/">
<link rel="alternate" type="application/json+oembed" href="https://delo.example.kz/wp-json/oembed/1.0/embed?url=x">
<link rel="https://api.w.org/" href="https://delo.example.kz/wp-json/">
<meta name="generator" content="WordPress 6.5.2"></head><body>
<ul id="menu-main" class="menu"><li><a href="/category/ekonomika/">Экономика</a></li><li><a href="/category/obshhestvo/">Общество</a></li>
<li><a href="/kontakty/">Контакты</a></li><li><a href="https://social.example.com/delo">Мы в сети</a></li><li><a href="/tag/reki/">Реки</a></li></ul>
<h2><a href="/zavod-vypustil-pervye-poezda/">Завод выпустил первые поезда</a></h2></body></html>"""

BITRIX = """<html><head><base href="/ru/"><link rel="alternate" type="application/rss+xml; charset=windows-1251" href="../rss/"></head><body>
<div class="top-nav"><a href="news/">Новости</a><a href="society/">Общество</a><a href="news/?SECTION=1">x</a><a href="/upload/price.pdf">Прайс</a></div></body></html>"""

PLAIN = """<html><body><nav><a href="/sayasat">Саясат</a><a href="/qogam">Қоғам</a></nav><p><a href="/rss.xml"><img alt="RSS"></a></p></body></html>"""

ROBOTS = """User-agent: *
Disallow: /search
Sitemap: https://delo.example.kz/sitemap-image.xml
SITEMAP : https://delo.example.kz/sitemap_index.xml
sitemap:/sitemap-news.xml
Sitemap: https://cdn.example.com/sitemap.xml
"""


def test_wordpress_is_found_by_its_api_link_and_its_feed_is_paged():
    found = declared_sources(WORDPRESS, HOME)

    assert found == (
        WordPress(url="https://delo.example.kz/wp-json/"),
        Feed(url="https://delo.example.kz/feed/", paged=True),
        Listing(url="https://delo.example.kz/category/ekonomika/"),
        Listing(url="https://delo.example.kz/category/obshhestvo/"),
    )


def test_wordpress_without_the_link_is_known_by_its_generator():
    page = '<html><head><meta name="generator" content="WordPress 5.0"></head><body><p>x</p></body></html>'

    assert declared_sources(page, HOME) == (WordPress(url="https://delo.example.kz/wp-json/"),)


def test_relative_sources_start_at_the_base():
    found = declared_sources(BITRIX, HOME)

    assert [(type(s), s.url) for s in found] == [
        (Feed, "https://delo.example.kz/rss/"),
        (Listing, "https://delo.example.kz/ru/news/"),
        (Listing, "https://delo.example.kz/ru/society/"),
    ]


def test_a_feed_that_only_a_link_in_the_page_shows_is_found():
    found = declared_sources(PLAIN, HOME)

    assert [s.url.removeprefix(HOME) for s in found] == ["rss.xml", "sayasat", "qogam"]


def test_sitemaps_of_robots_txt_come_news_first_and_images_last_and_none_of_strangers():
    found = [s.url.removeprefix(HOME) for s in declared_sources(PLAIN, HOME, ROBOTS) if isinstance(s, Sitemap)]

    assert found == ["sitemap-news.xml", "sitemap_index.xml", "sitemap-image.xml"]


def test_worth_orders_all_kinds_and_guesses_stand_behind_what_is_stated():
    found = find_sources(WORDPRESS, HOME, ROBOTS)
    stated = declared_sources(WORDPRESS, HOME, ROBOTS)
    kinds = [s.kind for s in found]

    assert kinds[:3] == ["wordpress", "sitemap", "feed"]
    assert found[len([s for s in stated if not isinstance(s, Listing)]) :][0] in well_known_sources(
        HOME, wordpress=True
    )
    assert found[kinds.index("listing")] == Listing(url=HOME)
    assert len({s.url for s in found}) == len(found)


def test_found_sources_make_a_site():
    found = find_sources(WORDPRESS, HOME, ROBOTS)

    assert Site(name="delo_example_kz", home=HOME, sources=found).sources == found


@pytest.mark.parametrize("html", ["", b"\x00\x01", "<html>", "<p>" * 100_000])
def test_a_page_that_cannot_be_read_leaves_robots_and_the_usual_places(html):
    found = find_sources(html, HOME, ROBOTS)

    assert found[0].url == "https://delo.example.kz/sitemap-news.xml"
    assert Feed(url="https://delo.example.kz/feed/") in found


def test_a_windows_1251_page_is_read():
    page = '<meta charset="windows-1251"><title>Лента</title><link rel="alternate" type="application/rss+xml" title="Комментарии" href="/c.rss">'

    assert declared_sources(page.encode("cp1251"), HOME) == ()


FOLDERS = [
    ("three in a folder", ["ky/3301-koopuro-achyldy.html", "ky/3302-kar-zhaady.html", "ky/3303-suu-tashkyny.html"], ["ky/"]),
    ("two in a folder", ["ky/3301-koopuro-achyldy.html", "ky/3302-kar-zhaady.html"], []),
    ("a slash at the end", [f"society/{n}-most-cherez-reku/" for n in (1201, 1202, 1203)], ["society/"]),
    ("the folder of a day", [f"2026/11/20/most-cherez-reku-{n}/" for n in (1, 2, 3)], []),
    ("the root", [f"most-cherez-reku-otkryli-{n}/" for n in (1201, 1202, 1203)], []),
    ("the commonest first", [*(f"uz/330{n}-koprik-ochildi.html" for n in (1, 2, 3)), *(f"ky/330{n}-koopuro-achyldy.html" for n in (5, 6, 7, 8))], ["ky/", "uz/"]),
]  # fmt: skip


@pytest.mark.parametrize(("links", "folders"), [f[1:] for f in FOLDERS], ids=[f[0] for f in FOLDERS])
def test_folders_that_hold_articles_are_worth_a_try(links: list[str], folders: list[str]) -> None:
    found = article_folders([HOME + link for link in links], HOME)
    assert [source.url.removeprefix(HOME) for source in found] == folders


def test_folders_of_other_hosts_are_not_tried() -> None:
    assert article_folders([f"https://other.example/ky/{n}-koopuro-achyldy.html" for n in range(9)], HOME) == ()
