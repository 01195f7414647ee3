import pytest

from newscrawl.extraction.blocks import read_blocks, to_text
from newscrawl.extraction.selection import count_pointers, select_blocks
from newscrawl.extraction.tree import read_tree

URL = "https://courier.example/wardens/"
TITLE = "Сторожа вернулись"
OUTLETS = frozenset({"courier example", "courierexample", "степной курьер"})
ONE = "Сторожа реки вернулись на посты, и впервые за одиннадцать лет они посчитают рыбу в верховьях."
TWO = "За ними придут гидрологи: они проверят приборы, на которые давно никто не смотрел, и починят лодки."
LINK = "<a href='/other/'>Цены на рис растут второй месяц подряд</a>"


def selected(html: str) -> str:
    root = read_tree(f"<html><body>{html}</body></html>", URL).root
    return to_text(select_blocks(read_blocks(root, URL), TITLE, OUTLETS))


POINTERS = [
    "Читайте также:", "Читать ещё", "Читайте по теме", "Материалы по теме", "Последние", "Последние новости", "Больше новостей",
    "Новости по дням", "Смотрите также", "Другие новости", "Вам может быть интересно", "Новости партнёров", "Самое читаемое",
    "Tağy oqyñyz:", "Soñğy jañalyqtar", "Тағы оқыңыз:", "Сондай-ақ оқыңыз", "Оқи отырыңыз", "Соңғы жаңалықтар", "Басқа жаңалықтар", "Ұқсас мақалалар",
    "Дагы окуңуз", "Акыркы жаңылыктар", "Башка жаңылыктар",
    "Yana o‘qing", "So‘nggi yangiliklar", "Mavzuga oid", "Яна ўқинг", "Сўнгги янгиликлар",
    "Инчунин хонед", "Хабарҳои дигар", "Хабарҳои охирин",
    "Көп оқылған", "Серіктестер жаңалықтары", "Ошондой эле окуңуз:", "Көп окулган", "Shuningdek o‘qing:", "Ko‘p o‘qilgan", "Бошқа янгиликлар",
    "Ҳамчунин хонед:", "Дар ҳамин мавзӯъ", "Муҳимтарин хабарҳо",
    "Read also:", "Read more", "Related articles", "Latest news", "More from Courier", "Most read", "You may also like", "See also",
]  # fmt: skip

APPEALS = [
    "Подписывайтесь на наш Telegram-канал", "Подпишитесь на нас в Instagram", "Следите за новостями в нашем Telegram", "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
    "Наши новости теперь в WhatsApp!", "Поделиться", "Оставить комментарий", "Теги: река, рыба", "Все права защищены", "При использовании материалов ссылка обязательна",
    "Наш веб-сайт использует файлы cookie, чтобы вам было удобнее.", "Мы используем cookie", "Просмотров: 145",
    "Біздің Telegram-арнаға жазылыңыз", "Telegram каналымызға жазылыңыз", "Бөлісу", "Пікір қалдыру", "Барлық құқықтар қорғалған", "Біздің сайт cookie файлдарын қолданады",
    "Биздин Telegram каналга жазылыңыз", "Бөлүшүү", "Obuna bo‘ling", "Ulashish", "Обуна бўлинг", "Обуна шавед ба канали мо",
    "Кілт сөздер: өзен, балық", "Tegter: özen", "Комментарий қалдыру", "Сайт материалдарын пайдалану үшін рұқсат керек", "Barlyq quqyqtar qorğalğan", "Bızdıñ sait cookie failderın qoldanady",
    "Bölısu", "Қаралды: 145", "Жарнама", "Тегдер: суу", "Пикир калтыруу", "Бардык укуктар корголгон", "Биздин сайт cookie файлдарын колдонот", "Көрүүлөр: 145",
    "Telegram kanalimizga obuna bo‘ling", "Telegram каналимизга обуна бўлинг", "Teglar: daryo", "Izoh qoldiring", "Barcha huquqlar himoyalangan", "Saytimiz cookie fayllaridan foydalanadi", "Ko‘rishlar: 145", "Reklama",
    "Ба канали телеграми мо ҳамроҳ шавед", "Барчаспҳо: дарё", "Назари худро нависед", "Ҳамаи ҳуқуқҳо маҳфузанд", "Сомонаи мо аз cookie истифода мебарад", "Мубодила", "Шарҳҳо (3)",
    "Subscribe to our newsletter", "Sign up for our daily briefing", "Follow us on Telegram", "Share this article", "We use cookies to improve the site", "All rights reserved", "Advertisement",
    "Reporting by A. Writer; Editing by B. Reader", "© 2024 Courier",
]  # fmt: skip

CREDITS = [
    "Фото: Марат Тулегенов", "Фото: Марат Тулегенов / Степной курьер", "Фото из архива", "Фото © Степной курьер", "Иллюстративное фото", "Скриншот: видео", "Источник фото: pexels.com",
    "Сурет: Марат Төлегенов", "Сүрөт: Марат", "Surat: M. Karimov", "Suret: M. Beisen", "Акс аз: М. Раҳимов", "Foto: M. Karimov", "Акс: М. Каримов", "Photo: M. Karimov", "Photo by M. Karimov", "Image credit: Courier",
]  # fmt: skip

DATES = [
    "02.05.2024", "02.05.2024, 14:30", "14:30", "2 мая 2024", "2 мая 2024 г.", "Сегодня, 2 мая 2024", "Опубликовано: 02.05.2024 14:30", "2024 жылғы 2 мамыр", "2-май 2024", "2-may, 2024",
    "Бүгін, 14:30", "May 2, 2024", "Updated: 2 May 2024", "2024-05-02",
]  # fmt: skip


@pytest.mark.parametrize("line", POINTERS)
def test_pointer_goes_and_the_links_under_it(line: str) -> None:
    assert selected(f"<p>{ONE}</p><h3>{line}</h3><p>{LINK}</p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"
    if line.endswith(":"):
        assert selected(f"<p>{ONE}</p><p>{line} {LINK}</p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"
    assert (
        selected(f"<p>{ONE}</p><p>{TWO}</p><div>{line}</div><ul><li>{LINK}</li></ul><p>Сегодня, 2 мая</p>")
        == f"{ONE}\n\n{TWO}"
    )


@pytest.mark.parametrize("line", APPEALS)
def test_appeal_goes(line: str) -> None:
    assert selected(f"<p>{ONE}</p><p>{line}</p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize("line", CREDITS)
def test_credit_goes_at_either_end_of_the_text(line: str) -> None:
    assert selected(f"<p>{line}</p><p>{ONE}</p><p>{TWO}</p><p>{line}</p>") == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    "line", ["Фото: {}", "Сурет: {}", "Сүрөт: {}", "Foto: {}", "Акс: {}", "Photo: {}", "Suret: {}"]
)
def test_credit_with_a_link_goes_everywhere(line: str) -> None:
    credit = line.format("<a href='/photo/'>Степной курьер</a>")
    assert selected(f"<p>{ONE}</p><p><em>{credit}</em></p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"


def test_credit_between_paragraphs_belongs_to_a_picture_of_the_text() -> None:
    assert "Фото: Марат Тулегенов" in selected(f"<p>{ONE}</p><p>Фото: Марат Тулегенов</p><p>{TWO}</p>")


@pytest.mark.parametrize("line", DATES)
def test_line_that_is_only_a_day_or_a_time_goes(line: str) -> None:
    assert selected(f"<p>{ONE}</p><p>{line}</p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Читайте также состав: его пишут мелким шрифтом на обороте каждой пачки, и там сказано, откуда рис и кто его вырастил; "
        * 3,
        "Последние годы были сухими, и в верховьях почти не осталось рыбы, рассказали жители.",
        "Фотографию деда он носит с собой.",
        "Видеокамеры на мосту не работали.",
        "Поделиться водой хозяйства не смогли: "
        + "старый канал пересох, а новый так и не построен, и спор о нём идёт который год; " * 6,
        "Поделиться водой хозяйства не смогли.",
        "Copyright law changed that year.",
        "Другие материалы дела переданы в суд.",
        "Главные события года прошли в столице.",
        "Соңғы жаңалықтар бойынша өзен деңгейі түсті.",
        "Also on Monday the ministry opened a second station.",
        "More news came from the village at night.",
        "Related work began years ago.",
        "Подписчики газеты собрали деньги на лодку.",
        "В 2024 году посты откроют снова.",
        "Школа № 44",
        "Пикир жазгандар көп болду.",
        "Материалдарды пайдаланып, үй салды.",
        "Barcha huquqlar teng, dedi sudya.",
        "Telegram foydalanuvchilari kanallarga obuna bo‘lgan.",
        "Ҳамаи ҳуқуқҳо баробаранд, гуфт судя.",
        "Чирчик, 2024",
    ],
)
def test_sentence_that_begins_alike_stays(sentence: str) -> None:
    assert sentence.strip() in selected(f"<p>{ONE}</p><p>{sentence}</p><p>{TWO}</p>")


def test_headline_and_outlet_go_wherever_they_are_repeated() -> None:
    html = f"<p>Кто-то над статьёй</p><h1>{TITLE}</h1><p>courier.example</p><h2>{TITLE}!</h2><p>{ONE}</p><p>{TITLE}</p><p>{TWO}</p><p>Степной курьер</p>"
    assert selected(html) == f"{ONE}\n\n{TWO}"


def test_list_of_links_goes_and_a_list_of_facts_stays() -> None:
    assert selected(f"<p>{ONE}</p><ul><li>{LINK}</li><li>{LINK}</li></ul><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"
    assert (
        selected(f"<p>{ONE}</p><ul><li>две лодки</li><li>три прибора</li></ul><p>{TWO}</p>")
        == f"{ONE}\n\nдве лодки\nтри прибора\n\n{TWO}"
    )


def test_linked_lines_in_a_row_go_and_a_linked_sentence_stays() -> None:
    assert selected(f"<p>{ONE}</p><p>{LINK}</p><p>{LINK}</p><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"
    assert selected(f"<p>{ONE}</p><p><a href='/x'>Об этом сообщили в ведомстве.</a></p><p>{TWO}</p>").count("\n\n") == 2
    assert selected(f"<p>{ONE}</p><h3>{LINK}</h3><p>{TWO}</p>") == f"{ONE}\n\n{TWO}"


def test_long_paragraph_that_stands_twice_is_kept_once_and_a_short_one_twice() -> None:
    long = f"{ONE} {TWO}"
    assert (
        selected(f"<p>{long}</p><p>Что дальше?</p><p>{long}</p><p>Что дальше?</p>")
        == f"{long}\n\nЧто дальше?\n\nЧто дальше?"
    )


def test_heading_at_the_end_heads_nothing() -> None:
    assert selected(f"<p>{ONE}</p><h3>Часть</h3><p>{TWO}</p><h3>Мнение</h3>") == f"{ONE}\n\nЧасть\n\n{TWO}"


def test_pointers_are_counted_once_a_page() -> None:
    root = read_tree(f"<body><p>{ONE}</p><h2>{LINK}</h2><p>{LINK}</p><p><a href='/more/'>ещё</a></p></body>", URL).root
    assert count_pointers(read_blocks(root, URL)) == 1
