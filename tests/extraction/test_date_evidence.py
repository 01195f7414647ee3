"""Which places of a page are date evidence, and which never are."""

import json

import pytest

from newscrawl.article import DateEvidence
from newscrawl.extraction.date_evidence import OVERRIDE_WHERE, find_date_evidence
from newscrawl.extraction.tree import read_tree
from newscrawl.site import Override

URL = "https://example.kz/news/most-cherez-reku"
BODY = "<p>" + "Мост через реку открыли после ремонта, который длился два года. " * 6 + "</p>"


def page(header: str = "", head: str = "", after: str = "", above: str = "") -> str:
    return (
        f"<html lang='ru'><head><title>Мост открыли после ремонта</title>{head}</head><body>{above}"
        f"<article><h1>Мост открыли после ремонта</h1>{header}{BODY}{BODY}{after}</article></body></html>"
    )


def evidence(html: str, url: str = URL, override: Override | None = None) -> tuple[DateEvidence, ...]:
    return find_date_evidence(read_tree(html, url), url, override)


def said(html: str, url: str = URL) -> list[tuple[str, str, str]]:
    return [(e.source, e.role, e.raw) for e in evidence(html, url)]


def ld(*things: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(thing)}</script>" for thing in things)


ARTICLE = {"@type": "NewsArticle", "datePublished": "2024-05-02T14:05:00+05:00"}


@pytest.mark.parametrize(
    "thing",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "Organization", "name": "Пример"}, ARTICLE]},
        {**ARTICLE, "@type": ["Article", "NewsArticle"]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "datePublished": {"@type": "DateTime", "@value": "2024-05-02T14:05:00+05:00"}},
        {**ARTICLE, "mainEntityOfPage": {"@type": "WebPage", "@id": URL}},
    ],
)
def test_json_ld_is_found_in_every_shape(thing: object) -> None:
    assert ("json-ld", "published", "2024-05-02T14:05:00+05:00") in said(page(head=ld(thing)))


def test_the_object_that_describes_this_page_goes_first_and_a_teasers_is_none() -> None:
    teaser = {**ARTICLE, "url": "https://example.kz/news/drugaya", "datePublished": "2024-04-01T10:00:00+05:00"}
    own = {**ARTICLE, "url": URL + "/"}
    website = {"@type": "WebPage", "datePublished": "2020-01-01"}
    found = [raw for _, _, raw in said(page(head=ld(teaser, website, own)))]
    assert found == ["2024-05-02T14:05:00+05:00", "2020-01-01"]


def test_a_block_that_is_no_json_still_dates_its_article() -> None:
    block = """{"@type": "NewsArticle", "datePublished": "2024-05-02T14:05:00&#x2B;05:00", "dateModified": "2024-05-03",
        "description": 'в одинарных кавычках'}}"""
    assert said(page(head=f"<script type='application/ld+json'>{block}</script>")) == [
        ("json-ld", "published", "2024-05-02T14:05:00+05:00"),
        ("json-ld", "modified", "2024-05-03"),
    ]
    two = block.replace("'в", '"datePublished": "2024-04-01", \'в')
    assert [role for _, role, _ in said(page(head=f"<script type='application/ld+json'>{two}</script>"))] == [
        "modified"
    ]


def test_json_ld_of_comments_lists_and_organisations_is_no_evidence() -> None:
    things = (
        {"@type": "Comment", "datePublished": "2024-05-03"},
        {"@type": "ItemList", "itemListElement": [{**ARTICLE, "url": "https://example.kz/b"}]},
        {"@type": "Organization", "datePublished": "2001-01-01"},
        {"@type": "Person", "datePublished": "2001-01-01"},
        {"@type": "NewsArticle", "datePublished": None, "dateModified": True, "comment": [{"datePublished": "2024"}]},
    )
    assert said(page(head=ld(*things))) == []


def test_changes_are_told_from_the_publication() -> None:
    head = ld({**ARTICLE, "dateModified": "2024-05-03"}) + (
        "<meta property='article:modified_time' content='2024-05-04'><meta property='og:updated_time' content='2024-05-05'>"
        "<meta name='last-modified' content='2024-05-06'>"
    )
    header = "<span itemprop='dateModified' content='2024-05-07'></span><p>Обновлено: 8 мая 2024</p>"
    found = said(page(header, head))
    assert [raw for _, role, raw in found if role == "modified"] == [
        *("2024-05-03", "2024-05-04", "2024-05-05", "2024-05-06", "2024-05-07", "Обновлено: 8 мая 2024")
    ]
    assert [raw for _, role, raw in found if role == "published"] == ["2024-05-02T14:05:00+05:00"]


@pytest.mark.parametrize(
    "name",
    [
        *("article:published_time", "og:article:published_time", "datePublished", "DC.date.issued", "dcterms.issued"),
        *(
            "sailthru.date",
            "parsely-pub-date",
            "pubdate",
            "publish-date",
            "publication_date",
            "cXenseParse:recs:publishtime",
        ),
        *("article:published", "og:article:published", "date", "DC.date", "dcterms.created", "created"),
    ],
)
def test_metas_of_many_names_date_the_publication(name: str) -> None:
    assert said(page(head=f"<meta name='{name}' content='2024-05-02'>")) == [("meta", "published", "2024-05-02")]


@pytest.mark.parametrize(
    "name",
    [
        *("article:expiration_time", "unpublish_date", "event:start_date", "revisit-after", "article:publisher"),
        *("publisher", "validity_date", "description", "viewport"),
    ],
)
def test_other_metas_date_nothing(name: str) -> None:
    assert said(page(head=f"<meta name='{name}' content='2024-05-02'>")) == []


def test_a_bare_date_meta_comes_after_the_named_ones() -> None:
    head = "<meta name='date' content='2024-05-03'><meta name='article:published_time' content='2024-05-02'>"
    assert [raw for _, _, raw in said(page(head=head))] == ["2024-05-02", "2024-05-03"]


@pytest.mark.parametrize(
    ("address", "raw"),
    [
        ("https://example.kz/2024/05/02/most", "2024-05-02"),
        ("https://example.kz/2024/5/2/most", "2024-05-02"),
        ("https://example.kz/news/2024-05-02-most", "2024-05-02"),
        ("https://example.kz/news/most_date_2024_05_02", "2024-05-02"),
        ("https://example.kz/20240502/most.html", "2024-05-02"),
    ],
)
def test_the_address_names_a_day(address: str, raw: str) -> None:
    assert ("url", "published", raw) in said(page(), address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.kz/news/1714640700",
        "https://example.kz/news/most-2024050211",
        "https://example.kz/2024/05/most",
        "https://example.kz/news/2024-513",
        "https://example.kz/news/most?date=2024-05-02",
        "https://example.kz/price-2000-10-2000000",
        "https://[broken",
    ],
)
def test_other_numbers_in_an_address_are_no_day(address: str) -> None:
    assert [s for s in said(page(), address) if s[0] == "url"] == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("<time datetime='2024-05-02T14:05:00+05:00'>вчера</time>", ("time", "2024-05-02T14:05:00+05:00")),
        ("<time>2 мая 2024, 14:05</time>", ("time", "2 мая 2024, 14:05")),
        ("<span itemprop='datePublished' content='2024-05-02'>2 мая</span>", ("microdata", "2024-05-02")),
        ("<abbr class='published' title='2024-05-02T14:05'>вчера</abbr>", ("time", "2024-05-02T14:05")),
        ("<div class='list__date' data-unixtime='1714640700'>14:05</div>", ("time", "1714640700")),
        ("<p>2 мая 2024, 14:05</p>", ("header", "2 мая 2024, 14:05")),
        ("<div>Опубликовано: 02.05.2024 - 10:15</div>", ("header", "Опубликовано: 02.05.2024 - 10:15")),
        ("<ul><li>Экономика</li><li>2 мамыр 2024</li></ul>", ("header", "2 мамыр 2024")),
        ("<div>Вчера, 14:05</div>", ("header", "Вчера, 14:05")),
        ("<div>3 часа назад</div>", ("header", "3 часа назад")),
        (
            "<div class='date'><b>02</b> <i>мая</i> <b>2024</b> <span>14:05</span></div>",
            ("header", "02 мая 2024 14:05"),
        ),
        ("<div><i class='fa fa-calendar'></i> 2 мая 2024</div>", ("header", "2 мая 2024")),
        ("<span class='icon-calendar'>2 мая 2024</span>", ("header", "2 мая 2024")),
        ("<div>Алматы, 2 мая 2024</div>", ("header", "2 мая 2024")),
        ("<div>2 мая 2024 – Айгуль Пример</div>", ("header", "2 мая 2024 –")),
        ("<div class='meta'>2 мая 2024 | Айгуль Пример</div>", ("header", "2 мая 2024 |")),
    ],
)
def test_what_stands_near_the_headline_is_evidence(header: str, expected: tuple[str, str]) -> None:
    assert [(source, raw) for source, _, raw in said(page(header))] == [expected]


@pytest.mark.parametrize(
    "noise",
    [
        "<aside><time datetime='2024-04-01'>1 апреля</time></aside>",
        "<div class='comments'><p class='date'>3 мая 2024, 10:00</p></div>",
        "<div id='comment-list'><time datetime='2024-05-03'></time></div>",
        "<div class='related-news'><span class='date'>1 апреля 2024</span></div>",
        "<div class='calendar'><span>Новости по дням</span><span class='day'>2 мая 2024</span></div>",
        "<div>Новости по дням</div><div class='day'>Сегодня, 3 мая 2024</div>",
        "<footer><p class='date'>3 мая 2024</p></footer>",
        "<nav><time datetime='2024-05-03'></time></nav>",
        "<div class='read-also'><time datetime='2024-05-01'></time></div>",
        "<div class='sidebar'><time datetime='2024-05-01'></time></div>",
        "<div class='current-time'>3 мая 2024</div>",
        "<li><span class='date'>1 апреля 2024</span> <a href='/b'>Другая новость с длинным заголовком про мост</a></li>",
        "<a href='/b'><time datetime='2024-04-01'></time> Другая новость с длинным заголовком про мост</a>",
        "<p>1 апреля 2024 года открыли другой мост, а 2 мая 2023 года закрыли.</p>",
        "<figure><img><figcaption>2 мая 2024</figcaption></figure>",
        "<blockquote><p>2 мая 2024</p></blockquote>",
        "<div class='site-date'>3 мая 2024</div>",
        f"<p>Мост закрыли <b>1 апреля 2022 года</b>{' и долго ремонтировали' * 8}.</p>",
        f"<p>1 апреля 2022 года, <a href='/b'>мост</a> закрыли{' и долго ремонтировали' * 8}.</p>",
        "<h2>Что случилось 2 мая 2024</h2>",
        "<div>Погода на 2 мая 2024</div>",
        "<script>var today = '2024-05-03';</script>",
        "<template><time datetime='2024-05-03'></time></template>",
        "<select><option>2 мая 2024</option></select>",
    ],
)
@pytest.mark.parametrize("place", ["header", "after", "above"])
def test_what_surrounds_an_article_is_never_evidence(noise: str, place: str) -> None:
    assert said(page(**{place: noise})) == []


def test_calendar_day_is_not_the_publication_date() -> None:
    widget = "<div><h3>Новости по дням</h3><p>Сегодня, 2 мая 2024</p></div><ul class='tabs'><li>Последние</li><li>Больше новостей</li></ul>"
    assert said(page(above=widget)) == []
    assert said(page(after=widget)) == []


def test_three_dates_of_one_name_are_a_list() -> None:
    rows = "".join(f"<div class='row'><span class='date'>{day} апреля 2024</span></div>" for day in (1, 2, 3))
    assert said(page("<p class='published'>2 мая 2024</p>", after=rows)) == [("header", "published", "2 мая 2024")]


def test_teasers_with_short_titles_are_told_by_their_neighbours() -> None:
    titles = (
        "Мост через реку открыли раньше срока, названного весной",
        "Реку очистят",
        "Большая вода придёт в город только в мае, сказали в акимате",
    )
    rows = "".join(
        f"<div class='tape'><a href='/b{hour}'>{title}</a><ul class='facts'><li><time>Сегодня {hour}:36</time></li></ul></div>"
        for hour, title in enumerate(titles, 10)
    )
    own = "<div class='top'><ul><li><time>2 мая 2024</time></li></ul></div>"
    assert said(page(own, after=rows)) == [("time", "published", "2 мая 2024")]


def test_a_date_below_the_headline_goes_before_one_in_the_masthead() -> None:
    html = page("<p>2 мая 2024</p>", above="<div class='date'>Пятница, 3 мая 2024</div>")
    assert [raw for _, _, raw in said(html)] == ["2 мая 2024", "Пятница, 3 мая 2024"]


def test_far_from_the_headline_only_what_is_called_a_date_counts() -> None:
    assert said(page(after=BODY * 3 + "<div>2 мая 2024</div>")) == []
    assert said(page(after=BODY * 3 + "<div class='entry-date'>2 мая 2024</div>")) == [
        ("header", "published", "2 мая 2024")
    ]


@pytest.mark.parametrize("text", ["Сегодня 11:36", "3 часа назад", "2 мая, 11:36"])
def test_far_from_the_headline_a_date_needs_its_year(text: str) -> None:
    assert said(page(after=BODY * 3 + f"<time>{text}</time>")) == []
    assert said(page(f"<time>{text}</time>")) == [("time", "published", text)]


def test_a_wordpress_theme_may_name_its_only_date_updated() -> None:
    assert said(page("<span class='entry-date updated'>2 мая 2024</span>")) == [("header", "published", "2 мая 2024")]
    assert said(page("<span class='updated'>2 мая 2024</span>")) == [("header", "modified", "2 мая 2024")]


def test_the_sites_own_selector_goes_before_everything() -> None:
    html = page("<time datetime='2024-05-01'></time><em class='x7'>2 мая 2024, 14:05</em>", head=ld(ARTICLE))
    first = evidence(html, override=Override(date="em.x7"))[0]
    assert (first.raw, first.where) == ("2 мая 2024, 14:05", "the site's own selector em.x7")


@pytest.mark.parametrize(
    ("elements", "raws"),
    [
        ("<i>1284</i><i>Айгуль Пример</i><i>0</i><i>2 мая 2024, 14:05</i>", ["2 мая 2024, 14:05"]),
        ("<i>2 мая 2024, 14:05</i><i>3 мая 2024, 10:00</i>", ["2 мая 2024, 14:05"]),
        ("<i datetime='2024-05-02T14:05'>вчера</i><i>3 мая 2024</i>", ["2024-05-02T14:05", "вчера"]),
        ("<i>14:05</i><i data-unixtime='1714640700'>14:05</i>", ["1714640700", "14:05"]),
        ("<i>Айгуль</i><i>кто-то</i>", ["Айгуль"]),
    ],
)
def test_of_what_the_sites_own_selector_finds_the_first_date_counts(elements: str, raws: list[str]) -> None:
    found = evidence(page(after=f"<p class='x7'>{elements}</p>"), override=Override(date=".x7 i"))
    assert [e.raw for e in found if e.where.startswith(OVERRIDE_WHERE)] == raws


def test_reading_leaves_the_tree_as_it_was_and_says_the_same_twice() -> None:
    tree = read_tree(page("<p>2 мая 2024</p><time datetime='2024-05-02'></time>", ld(ARTICLE)), URL)
    before = tree.root.text_content(), len(list(tree.root.iter()))
    assert find_date_evidence(tree, URL) == find_date_evidence(tree, URL)
    assert (tree.root.text_content(), len(list(tree.root.iter()))) == before


def test_evidence_is_bounded_on_hostile_pages() -> None:
    many = "".join(f"<meta name='published{i}' content='2024-05-02'>" for i in range(500))
    assert len(evidence(page(head=many))) <= 60
    assert evidence(page(head=f"<meta name='pubdate' content='{'9' * 5000}'>")) == ()
