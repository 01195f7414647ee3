from pathlib import Path

import pytest

from newscrawl.extraction.draft import PageType
from newscrawl.extraction.read import read_draft

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
URL = "https://courier.example/x/"
SENTENCE = "Сторожа реки вернулись на посты, и в этом году впервые за одиннадцать лет посчитают рыбу в верховьях. "


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_saved_page_is_of_the_type_its_name_says(path: Path) -> None:
    draft = read_draft(path.read_bytes(), URL)
    assert draft.page_type == path.stem.split("-")[0], draft.reason
    assert draft.reason
    assert bool(draft.text) == (draft.page_type == "article") == bool(draft.markdown)


@pytest.mark.parametrize(
    ("line", "page_type"),
    [
        ("Страница не найдена", "soft_404"),
        ("К сожалению, запрашиваемая страница не существует", "soft_404"),
        ("Ошибка 404", "soft_404"),
        ("Ничего не найдено", "soft_404"),
        ("Материал удалён", "soft_404"),
        ("Бет табылмады", "soft_404"),
        ("Сұралған бет табылмады", "soft_404"),
        ("404 қате", "soft_404"),
        ("Барак табылган жок", "soft_404"),
        ("Sahifa topilmadi", "soft_404"),
        ("Саҳифа топилмади", "soft_404"),
        ("Саҳифа ёфт нашуд", "soft_404"),
        ("Page not found", "soft_404"),
        ("Oops! The page you are looking for could not be found", "soft_404"),
        ("502 Bad Gateway", "error_page"),
        ("503 Service Temporarily Unavailable", "error_page"),
        ("Сайт временно недоступен", "error_page"),
        ("Ведутся технические работы", "error_page"),
        ("Сайтта техникалық жұмыстар жүріп жатыр", "error_page"),
        ("Sayt vaqtincha ishlamayapti", "error_page"),
        ("403 Forbidden", "error_page"),
        ("Just a moment...", "challenge"),
        ("Один момент…", "challenge"),
        ("Вы не робот?", "challenge"),
        ("Сіз робот емессіз бе?", "challenge"),
        ("Making sure you're not a bot!", "challenge"),
        ("Attention Required! | Cloudflare", "challenge"),
    ],
)
def test_title_names_the_kind_of_stand_in_page(line: str, page_type: PageType) -> None:
    page = f"<html><head><title>{line}</title></head><body><h1>{line}</h1><p>Попробуйте вернуться на главную страницу.</p></body></html>"
    assert read_draft(page, URL).page_type == page_type


@pytest.mark.parametrize("line", ["Страница не найдена", "Just a moment", "502 Bad Gateway", "Вход", "Бет табылмады"])
def test_page_with_running_text_is_an_article_whatever_its_title_says(line: str) -> None:
    paragraphs = "".join(f"<p>{SENTENCE * 2}{n}</p>" for n in range(4))
    page = f"<html><head><title>{line}</title></head><body><h1>{line}</h1>{paragraphs}<input type=password><div class='g-recaptcha'></div></body></html>"
    assert read_draft(page, URL).page_type == "article"


@pytest.mark.parametrize(
    "title",
    ["Почему 404 года назад построили этот мост", "Более 500 домов остались без воды", "Вошла в реку и спасла телёнка", "Сайты школ не работают второй день", "Кириллица қайта оралды"],
)  # fmt: skip
def test_short_notice_is_an_article(title: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{SENTENCE}</p></body></html>"
    assert read_draft(page, URL).page_type == "article"


def test_banner_does_not_make_a_consent_wall() -> None:
    page = f"<html><body><div class='cookie'><p>Мы используем cookie.</p><button>Принять</button></div><h1>Сторожа реки</h1><p>{SENTENCE}</p></body></html>"
    draft = read_draft(page, URL)
    assert draft.page_type == "article"
    assert draft.text == SENTENCE.strip()


def test_whole_text_that_is_marked_as_paid_is_an_article() -> None:
    paid = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Сторожа", "isAccessibleForFree": false}</script>'
    paragraphs = "".join(f"<p>{SENTENCE * 2}{n}</p>" for n in range(5))
    page = f"<html><head>{paid}</head><body><h1>Сторожа</h1><div class='paywall'>{paragraphs}</div><p>Оформите подписку.</p></body></html>"
    draft = read_draft(page, URL)
    assert (draft.page_type, draft.free) == ("article", False)


def test_article_with_many_related_links_is_no_list() -> None:
    links = "".join(f"<h3><a href='/n/{n}/'>Заголовок другой новости номер {n}</a></h3>" for n in range(40))
    paragraphs = "".join(f"<p>{SENTENCE * 3}{n}</p>" for n in range(4))
    page = f"<html><body><main><h1>Сторожа реки</h1>{paragraphs}<div>{links}</div></main></body></html>"
    draft = read_draft(page, URL)
    assert draft.page_type == "article"
    assert "Заголовок другой" not in draft.text


def test_dates_are_not_taken_from_a_page_that_is_no_article() -> None:
    draft = read_draft((PAGES / "list-section-ru.html").read_bytes(), URL)
    assert draft.dates == ()
