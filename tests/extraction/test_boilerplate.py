import pytest

from newscrawl.extraction.boilerplate import cut_boilerplate
from newscrawl.extraction.container import find_headline
from newscrawl.extraction.tree import Element, read_tree

PARAGRAPH = "<p>Сторожа реки вернулись на посты, и впервые за одиннадцать лет они посчитают рыбу в верховьях и проверят приборы.</p>"
ARTICLE = f"<div class='story'><h1>Сторожа вернулись</h1>{PARAGRAPH * 4}</div>"
LINE = "Лишняя строка, которая не принадлежит статье"


def cut(html: str) -> Element:
    root = read_tree(f"<html><body>{html}</body></html>", "https://courier.example/").root
    cut_boilerplate(root, find_headline(root, "Сторожа вернулись"))
    return root


@pytest.mark.parametrize(
    "aside",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        "<aside>{}</aside>",
        "<form><p>{}</p></form>",
        "<figure><img src=x><figcaption>{}</figcaption></figure>",
        "<script>{}</script>",
        "<noscript>{}</noscript>",
        "<button>{}</button>",
        "<iframe>{}</iframe>",
        "<div hidden>{}</div>",
        "<div style='display: none'>{}</div>",
        "<p aria-hidden='true'>{}</p>",
        "<div class='cookie-notice'>{}</div>",
        "<div id='CookieConsent'>{}</div>",
        "<div class='share-buttons'>{}</div>",
        "<ul class='social_links'><li>{}</li></ul>",
        "<div class='relatedPosts'>{}</div>",
        "<div class='read-also'>{}</div>",
        "<section class='most-popular'>{}</section>",
        "<div class='newsletter-form'>{}</div>",
        "<div class='subscribe'>{}</div>",
        "<div id='comments'>{}</div>",
        "<div class='tags-list'>{}</div>",
        "<div class='article__tags'>{}</div>",
        "<div class='calendar-widget'>{}</div>",
        "<p class='photo-credit'>{}</p>",
        "<span class='sr-only'>{}</span>",
        "<div class='author-bio'>{}</div>",
        "<div class='breadcrumbs'>{}</div>",
        "<div class='banner'>{}</div>",
        "<div class='teaser'>{}</div>",
        "<div class='poll'>{}</div>",
        "<blockquote class='twitter-tweet'><p>{}</p></blockquote>",
        "<blockquote class='instagram-media'><a href='/p'>{}</a></blockquote>",
    ],
)
@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_what_surrounds_an_article_is_cut_by_structure(aside: str, place: str) -> None:
    extra = aside.format(LINE)
    inside = ARTICLE.replace("</p>", "</p>" + extra, 1)
    html = {"before": extra + ARTICLE, "inside": inside, "after": ARTICLE + extra}[place]
    text = cut(html).text_content()
    assert LINE not in text
    assert text.count("одиннадцать лет") == 4


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div class='page-with-sidebar share'>{}</div>",
        "<main class='content has-comments'>{}</main>",
        "<div class='cookies-not-set'>{}</div>",
        "<form id='aspnetForm'>{}</form>",
        "<div class='article-body tags-below'>{}</div>",
        "<aside>{}</aside>",
        "<div style='display:none'>{}</div>",
    ],
)
def test_wrapper_of_the_article_stays_whatever_its_name(wrapper: str) -> None:
    assert cut(wrapper.format(ARTICLE)).text_content().count("одиннадцать лет") == 4


@pytest.mark.parametrize(
    "name", ["shareholder", "tagline-free", "commentary", "navy", "metal", "adverb-story", "biography"]
)
def test_name_that_only_begins_like_an_aside_stays(name: str) -> None:
    assert LINE in cut(ARTICLE + f"<div class='{name}'>{LINE}</div>").text_content()


def test_comments_are_cut_when_they_are_longer_than_the_article() -> None:
    comments = "".join(
        f"<p>{n}. {LINE}, и ещё много слов от читателя, который не согласен ни с чем.</p>" for n in range(60)
    )
    text = cut(ARTICLE + f"<section class='comments'>{comments}</section>").text_content()
    assert LINE not in text


def test_text_behind_a_cut_element_stays_in_place() -> None:
    root = cut(
        "<div><h1>Сторожа вернулись</h1><p>До<span class='sr-only'>скрыто</span> и после.</p>"
        + PARAGRAPH * 3
        + "</div>"
    )
    assert root.findtext(".//p") == "До и после."


@pytest.mark.parametrize(
    "name", ["class='tagStyle_x'", "class='section hidden'", "id='TOC_TITLE_{n}'", "class='gallery-item'"]
)
def test_paragraphs_that_all_bear_an_asides_name_stay(name: str) -> None:
    paragraphs = "".join(f"<div {name.format(n=n)}>{PARAGRAPH}</div>" for n in range(8))
    assert cut(f"<h1>Сторожа вернулись</h1><p>Начало.</p>{paragraphs}").text_content().count("одиннадцать лет") == 8


def test_weights_leave_links_headings_and_cut_elements_out() -> None:
    html = (
        f"<h1>Сторожа вернулись</h1><div id='a'>{PARAGRAPH}</div><div id='b'><a href='/x'>{PARAGRAPH}</a></div>"
        f"<div id='c'><h2>{'слово ' * 20}</h2></div><nav>{PARAGRAPH * 9}</nav>"
    )
    root = read_tree(f"<html><body>{html}</body></html>", "https://courier.example/").root
    weights = cut_boilerplate(root, find_headline(root, None))
    by_id = {e.get("id"): weights.of(e) for e in root.iter("div")}
    assert by_id["a"] == weights.total > 0
    assert by_id["b"] == by_id["c"] == 0


@pytest.mark.parametrize("around", ["h2", "a"])
def test_aside_inside_a_heading_or_link_is_cut_like_any_other(around: str) -> None:
    aside = f"<{around}><span class='related'>{LINE * 4}</span><span>{LINE * 3}</span></{around}>"
    text = cut(ARTICLE + aside).text_content()
    assert text.count(LINE) == 3
    assert text.count("одиннадцать лет") == 4
