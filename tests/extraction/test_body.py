import pytest

from newscrawl.extraction import body as body_module
from newscrawl.extraction.blocks import Block
from newscrawl.extraction.body import Body, read_body
from newscrawl.extraction.tree import PageTree, read_tree
from newscrawl.site import Override

URL = "https://courier.example/wardens/"
TITLE = "Сторожа вернулись"
ONE = "Сторожа реки вернулись на посты, и впервые за одиннадцать лет они посчитают рыбу в верховьях, сказал Марат Тулегенов."
TWO = "За ними придут гидрологи: они проверят приборы, на которые давно никто не смотрел, и починят лодки, если лёд позволит."
THREE = (
    "Деньги на лодки дали хозяйства, которые поливают рис ниже по течению: им нужно знать, сколько воды будет весной."
)
TEXT = f"{ONE}\n\n{TWO}\n\n{THREE}"


def page(inside: str) -> PageTree:
    return read_tree(f"<html><head><title>{TITLE}</title></head><body>{inside}</body></html>", URL)


def test_text_and_markdown_of_an_article() -> None:
    html = (
        f"<main><h1>{TITLE}</h1><div><p>{ONE}</p><h2>Приборы</h2><p>См. <a href='/map/'>карту</a>. {TWO}</p>"
        f"<ul><li>две лодки</li><li>мачта</li></ul><blockquote>{THREE}</blockquote></div></main>"
    )
    found = read_body(page(html), TITLE)
    assert found.text == f"{ONE}\n\nПриборы\n\nСм. карту. {TWO}\n\nдве лодки\nмачта\n\n{THREE}"
    assert found.markdown == (
        f"{ONE}\n\n## Приборы\n\nСм. [карту](https://courier.example/map/). {TWO}\n\n- две лодки\n- мачта\n\n> {THREE}"
    )
    assert (found.blocks, found.pointers) == (6, 0)


def test_page_as_old_sites_build_it_is_read() -> None:
    html = f"<table><tr><td>Меню</td><td><b>{TITLE}</b><br><br>{ONE}<br><br>{TWO}<br><br>{THREE}</td></tr></table>"
    assert read_body(page(html), TITLE).text == TEXT


def test_notice_in_the_articles_own_language_is_no_text() -> None:
    cookie = "Біздің сайт cookie файлдарын қолданады. Жалғастыра отырып, сіз оған келісесіз."
    assert (
        read_body(page(f"<div><p>{cookie}</p></div><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"), TITLE).text
        == TEXT
    )


def test_tree_is_left_as_it_was() -> None:
    tree = page(f"<nav>Меню</nav><h1>{TITLE}</h1><p>{ONE}</p><time>2 мая</time>")
    before = tree.root.text_content()
    read_body(tree, TITLE, override=Override(drop=("time",)))
    read_body(tree, TITLE, override=Override(body="p"))
    assert tree.root.text_content() == before
    assert tree.root.find(".//nav") is not None


def test_override_says_where_the_body_is_and_what_is_none() -> None:
    html = f"<div class='x'><p>{ONE}</p></div><div class='b'><p>{TWO}</p><div class='promo'>Книга</div></div><div class='b'><p>{THREE}</p></div>"
    override = Override(body="div.b", drop=(".promo",))
    assert read_body(page(html), TITLE, override=override).text == f"{TWO}\n\n{THREE}"


def test_override_reads_an_element_inside_another_once() -> None:
    html = f"<div class='b'><div class='b'><p>{ONE}</p></div></div>"
    assert read_body(page(html), TITLE, override=Override(body=".b")).text == ONE


def test_override_whose_element_is_not_there_leaves_it_to_the_rules() -> None:
    html = f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p class='own'>Своя строка редакции.</p>"
    assert read_body(page(html), TITLE, override=Override(body="div.gone", drop=(".own",))).text == TEXT


def test_second_opinion_is_asked_only_when_little_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[PageTree] = []

    def second(tree: PageTree) -> list[Block]:
        asked.append(tree)
        return []

    monkeypatch.setattr(body_module, "SECOND_OPINIONS", (second,))
    read_body(page(f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"), TITLE)
    assert not asked
    assert read_body(page(f"<h1>{TITLE}</h1><p>{ONE}</p>"), TITLE).text == ONE
    assert len(asked) == 1


def test_second_opinion_finds_what_the_own_rules_cut() -> None:
    related = f"<section class='related'><div><p>{TWO}</p></div></section>"
    html = f"<div><h1>{TITLE}</h1></div><main><p>{ONE}</p>{related}<div class='related'><p>{THREE}</p></div></main>"
    assert THREE in read_body(page(html), TITLE).text


def test_page_without_text_has_no_body() -> None:
    assert read_body(page("<div></div>"), None) == Body()


def test_list_says_how_many_links_stand_in_place_of_text() -> None:
    links = "".join(f"<li><a href='/{n}/'>Заголовок другой новости номер {n}</a></li>" for n in range(12))
    found = read_body(page(f"<ul>{links}</ul>"), None)
    assert (found.text, found.blocks, found.pointers) == ("", 0, 12)
