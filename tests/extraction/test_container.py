import pytest

from newscrawl.extraction.boilerplate import cut_boilerplate
from newscrawl.extraction.container import find_container, find_headline
from newscrawl.extraction.tree import Element, read_tree

TITLE = "Сторожа вернулись на реку"
SENTENCE = "Сторожа реки вернулись на посты, и впервые за одиннадцать лет они посчитают рыбу в верховьях. "
BODY = "".join(f"<p>{n}. {SENTENCE * 2}</p>" for n in range(4))
TEASER = f"<div class='card'><h3><a href='/x'>Другая новость</a></h3><p>{SENTENCE}</p></div>"


def parts(html: str, title: str | None = TITLE) -> list[Element]:
    root = read_tree(f"<html><body>{html}</body></html>", "https://courier.example/").root
    headline = find_headline(root, title)
    return find_container(root, cut_boilerplate(root, headline), headline)


def ids(html: str, title: str | None = TITLE) -> list[str | None]:
    return [part.get("id") for part in parts(html, title)]


def test_innermost_element_with_the_text_is_the_body() -> None:
    assert ids(f"<div><h1>{TITLE}</h1><div><div id='body'>{BODY}</div></div></div>") == ["body"]


def test_text_of_teasers_beyond_the_headlines_part_does_not_win() -> None:
    html = f"<main><h1>{TITLE}</h1><div id='body'>{BODY * 2}</div></main><div id='more'>{TEASER * 25}</div>"
    assert ids(html) == ["body"]


def test_second_article_below_is_not_swallowed() -> None:
    second = f"<article><h1>Другая статья</h1><div>{BODY * 3}</div></article>"
    assert ids(f"<article><h1>{TITLE}</h1><div id='body'>{BODY}</div></article>{second}") == ["body"]


def test_paragraphs_side_by_side_with_a_box_are_not_left_out() -> None:
    html = f"<h1>{TITLE}</h1><div id='body'><p>{SENTENCE}</p><p>{SENTENCE}</p><div class='open'>{BODY}</div></div>"
    assert "".join(p.text_content() for p in parts(html)).count("одиннадцать") == 10


def test_standfirst_between_headline_and_body_leads_in() -> None:
    html = f"<div><h1>{TITLE}</h1><p id='lead'>{SENTENCE}</p><div id='body'>{BODY}</div></div>"
    assert ids(html) == ["lead", "body"]


@pytest.mark.parametrize(
    "above",
    [
        f"<div id='lead'><img src='a.jpg'>{SENTENCE}</div>",
        f"<h2 id='lead'>{SENTENCE}</h2>",
        f"<h2><p id='lead'>{SENTENCE}</p></h2>",
        f"<div id='lead'><a href='/x'>{SENTENCE}</a></div>",
    ],
    ids=["caption", "heading", "paragraph in a heading", "link"],
)
def test_caption_heading_or_link_between_headline_and_body_does_not_lead_in(above: str) -> None:
    assert ids(f"<div><h1>{TITLE}</h1>{above}<div id='body'>{BODY}</div></div>") == ["body"]


def test_notice_above_the_headline_is_no_part() -> None:
    assert ids(f"<p>{SENTENCE}</p><div><h1>{TITLE}</h1><div id='body'>{BODY}</div></div>") == ["body"]


def test_headline_is_the_heading_that_says_the_title() -> None:
    root = read_tree(f"<h1>Степной курьер</h1><h2>{TITLE}</h2><h1>Другое</h1>", "https://courier.example/").root
    said, other = find_headline(root, TITLE), find_headline(root, "Нигде не сказано")
    assert said is not None
    assert said.tag == "h2"
    assert other is not None
    assert other.text == "Степной курьер"
    assert find_headline(read_tree("<p>text", "https://courier.example/").root, TITLE) is None


def test_page_without_running_text_is_read_whole() -> None:
    assert parts("<ul><li><a href='/x'>Другая новость</a></li></ul>")[0].tag == "html"
