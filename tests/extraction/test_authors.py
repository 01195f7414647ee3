import json
from typing import Any

import pytest

from newscrawl.extraction.authors import read_authors
from newscrawl.extraction.bylines import agency_in, read_bylines
from newscrawl.extraction.outlet import mentions_outlet, outlet_names
from newscrawl.extraction.tree import PageTree, read_tree
from newscrawl.site import Site

URL = "https://www.dala-news.kz/ru/novosti/most-1"
OUTLETS = frozenset({"dala news", "dalanews", "dala"})


def page(body: str = "", head: str = "", ld: Any = None) -> PageTree:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    return read_tree(f"<html><head>{head}{script}</head><body><h1>Мост открыт</h1>{body}</body></html>", URL)


def article(author: Any, **more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "Мост открыт", "author": author, **more}


def people(tree: PageTree) -> tuple[str, ...]:
    return read_authors(tree, outlet_names(tree, None))[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Айгуль Серикова", ("Айгуль Серикова",)),
        ("By Aigul Serikova and John Marsh", ("Aigul Serikova", "John Marsh")),
        ("Автор: Айгуль Серикова", ("Айгуль Серикова",)),
        ("Авторы: Айгуль Серикова, Пётр Ким", ("Айгуль Серикова", "Пётр Ким")),
        ("Текст: Айгуль Серикова | Фото: Пётр Ким", ("Айгуль Серикова",)),
        ("Мәтін: Айгүл Серікқызы", ("Айгүл Серікқызы",)),
        ("Айгүл Серік және Бекзат Оспан", ("Айгүл Серік", "Бекзат Оспан")),
        ("Айгуль Серикова и Пётр Ким", ("Айгуль Серикова", "Пётр Ким")),
        ("Айгуль Серикова/Пётр Ким", ("Айгуль Серикова", "Пётр Ким")),
        ("Айгуль Серикова (ас)", ("Айгуль Серикова",)),
        ("Айгуль Серикова, собственный корреспондент", ("Айгуль Серикова",)),
        ("АЙГУЛЬ СЕРИКОВА; Айгуль Серикова", ("АЙГУЛЬ СЕРИКОВА",)),
        ("Michelle de Oliveira", ("Michelle de Oliveira",)),
        ("Von Dieter Kern", ("Dieter Kern",)),
        ("Par Claire Dubois et Luc Martin", ("Claire Dubois", "Luc Martin")),
        ("Autor: Dieter Kern", ("Dieter Kern",)),
        ("Autor/in: Korinna Hell", ("Korinna Hell",)),
        ("Avtor: Äsel Beisen", ("Äsel Beisen",)),
        ("Муаллиф: Фарҳод Раҳимов", ("Фарҳод Раҳимов",)),
        ("Muallif: Dilshod Karimov", ("Dilshod Karimov",)),
        ("Айгуль Серикова, a.serikova@dala-news.kz", ("Айгуль Серикова",)),
        ("Пётр Ким (kim@example.org)", ("Пётр Ким",)),
        ("Editor", ()),
        ("admin", ()),
        ("Редакция", ()),
        ("Баспасөз қызметі", ()),
        ("desk@dala-news.kz", ()),
        ("https://example.org/authors/serikova", ()),
        ("example.org", ()),
        ("2 мая 2024, 10:15", ()),
        ("Dala News", ()),
        ("Редакция Dala News", ()),
        ("Dala News, Алматы, Казахстан", ()),
        ("Пётр Ким, Dala News", ("Пётр Ким",)),
        ("DalaNews", ()),
        ("Мост через реку открыли после долгого ремонта", ()),
        ("", ()),
    ],
)
def test_byline_holds_people_only(line: str, expected: tuple[str, ...]) -> None:
    assert read_bylines([line], OUTLETS)[0] == expected


@pytest.mark.parametrize(
    "name",
    ["ТАСС", "Интерфакс", "Интерфакс-Казахстан", "РИА Новости", "Reuters", "AFP", "AP", "Associated Press", "The Associated Press",
     "ҚазАқпарат", "КазТАГ", "Kazinform", "AKIpress", "Кабар", "Ховар", "OʻzA"],
)  # fmt: skip
def test_agency_is_told_from_people(name: str) -> None:
    assert read_bylines([name], frozenset()) == ((), name)


@pytest.mark.parametrize("name", ["Trendova", "Reuters Ivan", "Tassov", "Анна Тасс"])
def test_what_only_looks_like_an_agency_is_none(name: str) -> None:
    assert not agency_in(name)


def test_person_and_agency_are_both_kept() -> None:
    assert read_bylines(["Айгуль Серикова, ТАСС"], frozenset()) == (("Айгуль Серикова",), "ТАСС")


def test_agency_on_its_own_site_is_the_outlet() -> None:
    assert read_bylines(["Kazinform"], frozenset({"kazinform"})) == ((), None)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Айгуль Серикова", ("Айгуль Серикова",)),
        ("Айгуль Серикова, Пётр Ким", ("Айгуль Серикова", "Пётр Ким")),
        ({"@type": "Person", "name": "Айгуль Серикова"}, ("Айгуль Серикова",)),
        ({"@type": "Person", "name": ["Айгуль Серикова", "Пётр Ким"]}, ("Айгуль Серикова", "Пётр Ким")),
        ([{"name": "Айгуль Серикова"}, {"name": "Пётр Ким"}], ("Айгуль Серикова", "Пётр Ким")),
        (["Айгуль Серикова", "Пётр Ким"], ("Айгуль Серикова", "Пётр Ким")),
        ({"@id": "#person-7"}, ("Айгуль Серикова",)),
        ({"@id": "#nobody"}, ()),
        ({"name": "Dala News"}, ()),
        ({"name": None}, ()),
        (None, ()),
        (7, ()),
        ([[[[[["deep"]]]]]], ()),
    ],
)
def test_author_in_every_shape_of_json_ld(author: Any, expected: tuple[str, ...]) -> None:
    graph = {"@graph": [article(author), {"@type": "Person", "@id": "#person-7", "name": "Айгуль Серикова"}]}
    assert people(page(ld=graph)) == expected


def test_outlet_in_meta_gives_way_to_the_visible_byline() -> None:
    head = '<meta property="og:site_name" content="Dala News"><meta name="author" content="Dala News">'
    assert people(page('<div class="article__author"><a href="/a/7">Пётр Ким</a></div>', head)) == ("Пётр Ким",)


def test_author_in_json_ld_goes_before_meta() -> None:
    tree = page(head='<meta name="author" content="Пётр Ким">', ld=article({"name": "Айгуль Серикова"}))
    assert people(tree) == ("Айгуль Серикова",)


def test_address_in_meta_author_is_no_name() -> None:
    head = '<meta property="article:author" content="https://example.org/dalanewskz">'
    assert people(page(head=head)) == ()


@pytest.mark.parametrize(
    "body",
    [
        '<span class="byline">By Aigul Serikova</span>',
        '<a rel="author" href="/a/1">Aigul Serikova</a>',
        '<div itemprop="author"><span itemprop="name">Aigul Serikova</span><span>Astana</span></div>',
        '<div class="author-block"><b>Aigul Serikova</b><span>Editor</span></div>',
        '<p>By Aigul Serikova</p>',
        '<p><strong>Автор: Aigul Serikova</strong></p>',
    ],
)  # fmt: skip
def test_visible_byline_is_read(body: str) -> None:
    assert people(page(body)) == ("Aigul Serikova",)


def test_bylines_side_by_side_are_all_read() -> None:
    body = '<ul><li class="author">Айгуль Серикова</li><li class="author">Пётр Ким</li></ul>'
    assert people(page(body)) == ("Айгуль Серикова", "Пётр Ким")


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comments"><span class="author">Пётр Ким</span></div>',
        '<aside><span class="author">Пётр Ким</span></aside>',
        '<div class="related"><a class="author" href="/a">Пётр Ким</a></div>',
        '<figure><span class="author">Пётр Ким</span></figure>',
        '<p>Автор: все материалы рубрики выходят по средам и пятницам, следите за ними на странице раздела весь год</p>',
        '<div class="author">2 мая 2024</div>',
        '<div class="authority">Мэрия Города</div>',
    ],
)  # fmt: skip
def test_other_peoples_names_are_no_authors(body: str) -> None:
    assert people(page(body)) == ()


def test_selector_of_the_site_goes_first() -> None:
    tree = page('<i class="who">Пётр Ким</i>', ld=article("Айгуль Серикова"))
    assert read_authors(tree, frozenset(), "i.who")[0] == ("Пётр Ким",)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("АСТАНА, 2 мая - ТАСС. ", "ТАСС"),
        ("БИШКЕК (AKIpress) - ", "AKIpress"),
        ("(Reuters) — ", "Reuters"),
        ("Алматы. КазТАГ – ", "КазТАГ"),
        ("АСТАНА. KAZINFORM — ", "KAZINFORM"),
        ("Как сообщает ТАСС, ", None),
        ("Тренд года: ", None),
    ],
)
def test_dateline_names_the_agency(opening: str, agency: str | None) -> None:
    text = "новый мост через реку открыли для движения после ремонта, который занял полтора года."
    assert read_authors(page(f"<p>{opening}{text}</p>"), frozenset())[1] == agency


def test_source_line_names_the_agency() -> None:
    assert read_authors(page("<p>Источник: Интерфакс</p>"), frozenset())[1] == "Интерфакс"


def test_names_of_the_outlet_come_from_host_page_and_site() -> None:
    site = Site(name="dala_news_kz", home="https://dala-news.kz/", outlets=("Дала жаңалықтары",))
    names = outlet_names(page(ld=article(None, publisher={"name": "Степные вести"})), site)
    for said in ("dala-news.kz", "Dala News", "Дала Жаңалықтары", "степные вести", "Редакция «Степные вести»"):
        assert mentions_outlet(said, names), said
    assert not mentions_outlet("Дала Серикова", names)


@pytest.mark.parametrize(
    "body",
    [
        "<p><strong>Мадина Оспанова</strong></p>",
        "<p><b>МАДИНА ОСПАНОВА</b></p>",
        "<p>…и лодки тоже</p><p><strong>Мадина Оспанова/Пётр Ким</strong></p>",
        "<div><span>Мадина Оспанова&nbsp;|</span><span>02.05.2024</span></div>",
    ],
)
def test_name_alone_between_headline_and_text_signs_it(body: str) -> None:
    found = people(page(f"{body}<p>{'Мост через реку открыли после долгого ремонта. ' * 4}</p>"))
    assert found[0].casefold() == "мадина оспанова"
    assert found[1:] in {(), ("Пётр Ким",)}


@pytest.mark.parametrize(
    "body",
    [
        "<p><strong>Мост открыт наконец</strong></p>",
        "<p><strong>Новости Большой Степи</strong></p>",
        "<p>Мадина Оспанова</p>",
        "<p><strong>Мадина Оспанова</strong> сказала</p>",
        "<aside><p><strong>Мадина Оспанова</strong></p></aside>",
        "<div class='popular'><span>Мадина Оспанова |</span></div>",
        f"<p>{'Мост через реку открыли после долгого ремонта. ' * 4}</p><p><strong>Мадина Оспанова</strong></p>",
    ],
)
def test_line_that_is_no_lone_name_signs_nothing(body: str) -> None:
    assert people(page(f"{body}<p>{'Мост через реку открыли после долгого ремонта. ' * 4}</p>")) == ()


def test_account_of_the_administrator_signs_nothing() -> None:
    ld = article({"@type": "Person", "name": "Dala D", "url": "https://www.dala-news.kz/author/admin/"})
    assert people(page('<p class="byline">Пётр Ким</p>', ld=ld)) == ("Пётр Ким",)
    other = article({"@type": "Person", "name": "Пётр Ким", "url": "https://www.dala-news.kz/author/kim/"})
    assert people(page(ld=other)) == ("Пётр Ким",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Пётр Ким">',
        '<meta name="twitter:label1" content="Автор"><meta name="twitter:data1" content="Пётр Ким">',
        '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="Пётр Ким">',
        '<meta name="twitter:misc:Written by" content="Пётр Ким">',
        '<meta name="author" content="p.kim@dala-news.kz"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Пётр Ким">',
    ],
)
def test_author_on_a_card_counts(head: str) -> None:
    assert people(page(head=head)) == ("Пётр Ким",)
    assert (
        people(
            page(
                head='<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Пять Минут">'
            )
        )
        == ()
    )
