import json
from typing import Any

import pytest

from newscrawl.extraction.metadata import Metadata, language_code, read_metadata
from newscrawl.extraction.tree import PageTree, read_tree
from newscrawl.site import Override, Site

URL = "https://www.dala-news.kz/ru/novosti/most-1"
TITLE = "Мост через реку открыли после ремонта"


def page(body: str = f"<h1>{TITLE}</h1>", head: str = "", ld: Any = None, url: str = URL, lang: str = "ru") -> PageTree:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    return read_tree(f'<html lang="{lang}"><head>{head}{script}</head><body>{body}</body></html>', url)


def read(body: str = f"<h1>{TITLE}</h1>", head: str = "", ld: Any = None, **more: Any) -> Metadata:
    return read_metadata(page(body, head, ld, **more))


def og(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("h1", "social", "headline", "head_title"),
    [
        (TITLE, TITLE, TITLE, TITLE),
        (TITLE, f"{TITLE} | Dala News", None, f"{TITLE} | Dala News"),
        (TITLE, None, None, f"{TITLE} - Новости - Степные вести"),
        (None, None, None, f"{TITLE} — dala-news.kz"),
        (None, None, None, f"Dala News | {TITLE}"),
        ("Dala News", TITLE, None, f"{TITLE} | Dala News"),
        ("Dala News", None, TITLE, "Dala News"),
        (TITLE, "Новое о городе: дожили", TITLE, "Ремонт моста: когда откроют"),
        ("Когда откроют мост", TITLE, TITLE, "Когда откроют мост | Dala News"),
        (TITLE, "Лучшие статьи каждый день", None, "Dala News"),
        (f" {TITLE[:10]}\u00ad{TITLE[10:]}\n", None, None, None),
    ],
)
def test_title_is_what_most_places_agree_on(
    h1: str | None, social: str | None, headline: str | None, head_title: str | None
) -> None:
    head = (f"<title>{head_title}</title>" if head_title else "") + (og("og:title", social) if social else "")
    ld = {"@type": "NewsArticle", "headline": headline} if headline else None
    assert read(f"<h1>{h1}</h1>" if h1 else "<p>x</p>", head, ld).title == TITLE


def test_tail_that_the_structured_headline_has_too_is_part_of_the_title() -> None:
    whole = f"{TITLE} - Обновляется"
    head = f"<title>{whole}</title>" + og("og:title", whole)
    assert read(f"<h1>{TITLE}</h1>", head, {"@type": "NewsArticle", "headline": whole}).title == whole


def test_title_keeps_a_dash_of_its_own() -> None:
    title = "Акимат - жителям: мост откроют весной"
    assert read(f"<h1>{title}</h1>", f"<title>{title} - Dala News</title>").title == title


def test_entities_escaped_twice_are_resolved() -> None:
    assert (
        read("<p>x</p>", ld={"@type": "NewsArticle", "headline": "Мост &amp;quot;Южный&amp;quot; открыт"}).title
        == 'Мост "Южный" открыт'
    )


def test_headline_of_a_teaser_is_not_the_title() -> None:
    own = {"@type": "NewsArticle", "headline": TITLE, "mainEntityOfPage": {"@id": URL}}
    teaser = {"@type": "NewsArticle", "headline": "Другая история", "url": "https://dala-news.kz/ru/novosti/2"}
    assert read("<p>x</p>", ld=[teaser, own]).title == TITLE


def test_page_without_a_title_has_none() -> None:
    assert read("<p>x</p>").title is None


STANDFIRST = "Движение открыли утром, первыми проехали автобусы и пожарные машины."


@pytest.mark.parametrize(
    ("after", "head"),
    [
        (f'<div class="article-lead">{STANDFIRST}</div>', ""),
        (f'<p itemprop="description">{STANDFIRST}</p>', ""),
        (f"<p><b>{STANDFIRST}</b></p>", og("og:description", STANDFIRST)),
        (f"<h2>{STANDFIRST}</h2>", og("og:description", STANDFIRST)),
    ],
)
def test_lead_is_the_standfirst_that_readers_see(after: str, head: str) -> None:
    assert read(f"<h1>{TITLE}</h1>{after}<p>Дальше идёт текст.</p>", head).lead == STANDFIRST


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<h1>{TITLE}</h1><p>Текст.</p>", og("og:description", STANDFIRST)),
        (f"<h1>{TITLE}</h1><p>{STANDFIRST} И ещё одно предложение.</p>", og("og:description", STANDFIRST)),
        (f'<h1>{TITLE}</h1><aside><p class="lead">{STANDFIRST}</p></aside>', ""),
        (f'<h1>{TITLE}</h1><div class="related"><p class="lead">{STANDFIRST}</p></div>', ""),
        (f'<p class="lead">{STANDFIRST}</p><h1>{TITLE}</h1>', ""),
        (f'<h1>{TITLE}</h1><p class="lead">{TITLE}</p>', ""),
        (f'<h1>{TITLE}</h1><p class="leader-board">{STANDFIRST}</p>', ""),
        (f'<h1>{TITLE}</h1><p class="lead">Коротко.</p>', ""),
    ],
)
def test_text_that_is_no_standfirst_is_no_lead(body: str, head: str) -> None:
    assert read(body, head).lead is None


@pytest.mark.parametrize(
    ("body", "head", "ld", "expected"),
    [
        ("", og("article:tag", "мост") + og("article:tag", "ремонт"), None, ("мост", "ремонт")),
        ("", og("article:tag", "мост, ремонт, Мост"), None, ("мост", "ремонт")),
        ("", "", {"@type": "NewsArticle", "keywords": "мост; ремонт"}, ("мост", "ремонт")),
        ("", "", {"@type": "NewsArticle", "keywords": ["мост", {"name": "ремонт"}]}, ("мост", "ремонт")),
        ("", '<meta name="news_keywords" content="мост,ремонт">', None, ("мост", "ремонт")),
        ("", '<meta name="keywords" content="мосты, ремонт дорог">', None, ("мосты", "ремонт дорог")),
        ("", '<meta name="keywords" content="новости, события, агентство">', None, ()),
        ("", og("article:tag", "Dala News") + og("article:tag", "мост"), None, ("мост",)),
        ("", og("article:tag", "NLP Category: Politics") + og("article:tag", "topic/мост"), None, ("мост",)),
        ("", og("article:tag", ",".join(f"слово{i}" for i in range(60))), None, ()),
        ('<a rel="tag" href="/t/1">мост</a><a rel="tag" href="/t/2">ремонт</a>', "", None, ("мост", "ремонт")),
        (
            '<div class="article-tags"><a href="/tag/1">#мост</a><a href="/tag/2">ремонт</a></div>',
            "",
            None,
            ("мост", "ремонт"),
        ),
        ('<div class="tag-cloud popular"><a href="/tag/1">выборы</a></div>', "", None, ()),
        ('<p>Подробнее <a href="/tag/1">о мосте</a></p>', "", None, ()),
    ],
)
def test_tags_of_the_article(body: str, head: str, ld: Any, expected: tuple[str, ...]) -> None:
    assert read(f"<h1>{TITLE}</h1>{body}", head, ld).tags == expected


def trail(*steps: str | dict[str, str]) -> dict[str, Any]:
    listed = [{"name": step} if isinstance(step, str) else step for step in steps]
    return {"@type": "BreadcrumbList", "itemListElement": listed}


@pytest.mark.parametrize(
    ("head", "ld", "expected"),
    [
        (og("article:section", "Общество"), None, "Общество"),
        ("", {"@type": "NewsArticle", "articleSection": ["Общество", "Дороги"]}, "Общество"),
        (og("article:section", "https://dala-news.kz/obshestvo"), None, None),
        (og("article:section", "Dala News"), {"@type": "NewsArticle", "articleSection": "Общество"}, "Общество"),
        ("", {"@type": "BreadcrumbList", "itemListElement": [{"name": "Главная"}, {"item": {"name": "Общество"}}, {"name": TITLE}]}, "Общество"),
        ("", {"@type": "BreadcrumbList", "itemListElement": [{"name": "Главная"}, {"name": TITLE}]}, None),
        ("", {"@type": "BreadcrumbList", "itemListElement": {"name": "x"}}, None),
        (og("article:section", "Новости"), trail("Главная", "Дороги"), "Дороги"),
        (og("article:section", "News"), trail("Home", "Roads", TITLE), "Roads"),
        (og("article:section", "Жаңалықтар"), trail("Басты бет", "Қоғам", "Жолдар"), "Жолдар"),
        (og("article:section", "Yangiliklar"), trail("Bosh sahifa"), "Yangiliklar"),
        (og("article:section", "Общество"), trail("Главная", "Дороги"), "Общество"),
        ("", trail({"item": "https://dala-news.kz/", "name": "Dala"}, {"item": "https://dala-news.kz/roads/", "name": "Roads"}), "Roads"),
        ("", trail({"item": "https://dala-news.kz/roads/", "name": "Roads"}, {"item": URL, "name": "Мост"}), "Roads"),
    ],
)  # fmt: skip
def test_section(head: str, ld: Any, expected: str | None) -> None:
    assert read(head=head, ld=ld).section == expected


@pytest.mark.parametrize(
    ("url", "head", "ld", "expected"),
    [
        (URL, "", {"@type": "NewsArticle"}, "news"),
        (URL, "", {"@type": ["Article", "https://schema.org/NewsArticle"]}, "news"),
        (URL, "", {"@type": "Article"}, None),
        (URL, og("og:type", "article"), None, None),
        (URL, "", {"@type": "OpinionNewsArticle"}, "opinion"),
        (URL, og("article:section", "Мнения"), {"@type": "NewsArticle"}, "opinion"),
        (URL, og("article:section", "Пікір"), None, "opinion"),
        ("https://dala-news.kz/opinion/most", "", {"@type": "NewsArticle"}, "opinion"),
        (URL, "", {"@type": "LiveBlogPosting"}, "live"),
        ("https://dala-news.kz/live/most", "", None, "live"),
        ("https://dala-news.kz/news/alive-and-well", "", None, None),
        (URL, og("og:type", "video.other"), None, "video"),
        (URL, "", {"@type": "VideoObject"}, "video"),
        (URL, "", [{"@type": "NewsArticle"}, {"@type": "VideoObject"}], "news"),
    ],
)
def test_kind(url: str, head: str, ld: Any, expected: str | None) -> None:
    assert read(head=head, ld=ld, url=url).kind == expected


@pytest.mark.parametrize(
    ("stated", "head", "expected"),
    [
        (True, "", True),
        (False, "", False),
        ("False", "", False),
        ("true", "", True),
        ("http://schema.org/False", "", False),
        ("perhaps", "", None),
        (None, "", None),
        (None, og("article:content_tier", "locked"), False),
        (None, og("article:content_tier", "free"), True),
        (None, og("article:content_tier", "metered"), None),
    ],
)
def test_free_or_paid(stated: Any, head: str, expected: bool | None) -> None:
    assert read(head=head, ld={"@type": "NewsArticle", "isAccessibleForFree": stated}).free is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/ru/novosti/most-1">', URL),
        ('<link rel="canonical" href="https://dala-news.kz/">', None),
        ('<link rel="canonical" href="https://dala-news.kz/ru/">', None),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ('<link rel="canonical" href="/?p=12">', "https://www.dala-news.kz/?p=12"),
        (og("og:url", "https://dala-news.kz/a/1"), "https://dala-news.kz/a/1"),
        ("", None),
    ],
)
def test_canonical_url(head: str, expected: str | None) -> None:
    assert read(head=head).canonical_url == expected


def test_alternates_from_hreflang() -> None:
    head = "".join(
        f'<link rel="alternate" hreflang="{code}" href="{href}">'
        for code, href in [
            ("ru-RU", URL),
            ("kz", "/kz/zhanalyk/kopir-1"),
            ("en", "https://dala-news.kz/en/news/bridge-1"),
            ("x-default", "https://dala-news.kz/en/news/bridge-1"),
            ("uz", "https://dala-news.kz/uz/"),
        ]
    )
    assert read(head=head).alternates == (
        ("en", "https://dala-news.kz/en/news/bridge-1"),
        ("kk", "https://www.dala-news.kz/kz/zhanalyk/kopir-1"),
    )


def test_alternates_from_a_language_switch() -> None:
    switch = '<a href="/kz/zhanalyk/kopir-1"><span>ҚАЗ</span></a> <a href="/ru/novosti/most-1">РУС</a> <a href="/en/">ENG</a>'
    assert read(switch).alternates == (("kk", "https://www.dala-news.kz/kz/zhanalyk/kopir-1"),)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("ru-RU", "ru"), ("kk", "kk"), ("kz", "kk"), ("kg_KG", "ky"), ("x-default", None), ("", None), ("РУС", None)],
)
def test_language_codes(stated: str, expected: str | None) -> None:
    assert language_code(stated) == expected


def test_image_and_html_language() -> None:
    found = read(head=og("og:image", "/img/most.jpg"), lang="ru-KZ")
    assert found.image == "https://www.dala-news.kz/img/most.jpg"
    assert found.html_language == "ru-KZ"
    assert (
        read(ld={"@type": "NewsArticle", "image": [{"url": "https://i.example/1.jpg"}]}).image
        == "https://i.example/1.jpg"
    )
    assert read(head=og("og:image", "data:image/png;base64,AA")).image is None


def test_selectors_of_the_site_go_before_the_general_rules() -> None:
    body = (
        f"<h1>{TITLE}</h1><h2 class='t'>Южный мост</h2><p class='l'>Коротко о мосте</p><i class='a'>Пётр Ким</i>"
        "<b class='g'>дороги</b><b class='g'>реки</b><u class='s'>Город</u>"
    )
    own = Override(title=".t", lead=".l", authors=".a", tags=".g", section=".s")
    found = read_metadata(page(body), override=own)
    assert (found.title, found.lead, found.authors) == ("Южный мост", "Коротко о мосте", ("Пётр Ким",))
    assert (found.tags, found.section) == (("дороги", "реки"), "Город")


def test_selectors_that_find_nothing_leave_the_general_rules() -> None:
    assert read_metadata(page(), override=Override(title=".t")).title == TITLE


def test_names_of_the_site_are_cut_from_the_title() -> None:
    site = Site(name="dala_news_kz", home="https://www.dala-news.kz/", outlets=("Степные вести",))
    tree = page("<p>x</p>", f"<title>{TITLE} :: Степные вести</title>")
    assert read_metadata(tree, site).title == TITLE


@pytest.mark.parametrize(
    "value", [None, 7, [], {}, [[]], {"@id": 3}, [None, {"name": {"name": {}}}], True, "", {"@type": ["x", 3]}]
)
def test_json_ld_of_any_shape_is_read(value: Any) -> None:
    names = ("@id", "headline", "author", "keywords", "articleSection", "isAccessibleForFree", "image", "publisher", "url",
             "mainEntityOfPage", "mainEntity", "description", "itemListElement")  # fmt: skip
    for kind in ("NewsArticle", "BreadcrumbList", value):
        read(ld=[{"@type": kind} | dict.fromkeys(names, value), value])
