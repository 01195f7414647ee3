"""Which language a text or a page is in."""

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.extraction.draft import Draft
from newscrawl.extraction.language import Language, identify_draft_language, identify_language
from newscrawl.extraction.spellings import KAZAKH_LATIN, spell_kazakh_in_latin, spell_uzbek_in_cyrillic
from newscrawl.site import Site

KAZAKH = "Үкімет ауыл тұрғындарына арналған жаңа бағдарламаны бекітті, ол келесі жылдан бастап іске асады."
RUSSIAN = "Правительство утвердило новую программу для жителей сёл, она заработает со следующего года."
ENGLISH = "The government has approved a new programme for villagers, which will start next year."
KYRGYZ = "Өкмөт айыл тургундары үчүн жаңы программаны бекитти, ал кийинки жылдан баштап ишке кирет."
TAJIK = "Ҳукумат барои сокинони деҳот барномаи навро тасдиқ кард, ки аз соли оянда оғоз меёбад."
UZBEK = "Hukumat qishloq aholisi uchun yangi dasturni tasdiqladi, u kelgusi yildan ishga tushadi."
UZBEK_CYRILLIC = "Ҳукумат қишлоқ аҳолиси учун янги дастурни тасдиқлади, у келгуси йилдан ишга тушади."
UKRAINIAN = "Уряд затвердив нову програму для мешканців сіл, вона запрацює з наступного року."
TURKISH = "Hükümet köylüler için yeni bir program onayladı, program gelecek yıl uygulanmaya başlayacak."


@pytest.mark.parametrize(
    ("text", "code", "script"),
    [
        (KAZAKH, "kk", "Cyrl"),
        (RUSSIAN, "ru", "Cyrl"),
        (ENGLISH, "en", "Latn"),
        (KYRGYZ, "ky", "Cyrl"),
        (TAJIK, "tg", "Cyrl"),
        (UZBEK, "uz", "Latn"),
        (UZBEK_CYRILLIC, "uz", "Cyrl"),
        (UKRAINIAN, "uk", "Cyrl"),
        (TURKISH, "tr", "Latn"),
        ("Мектептер қыркүйекте ашылады", "kk", "Cyrl"),
        ("Школы откроются в сентябре", "ru", "Cyrl"),
        ("Schools to open in September", "en", "Latn"),
        ("Мектептер сентябрда ачылат, деди министр", "ky", "Cyrl"),
        ("Мактабҳо моҳи сентябр кушода мешаванд", "tg", "Cyrl"),
        ("Maktablar sentabrda ochiladi, dedi vazir", "uz", "Latn"),
        ("الحكومة توافق على برنامج جديد لسكان القرى", "ar", "Arab"),
        ("მთავრობამ სოფლის მოსახლეობისთვის ახალი პროგრამა დაამტკიცა", "ka", None),
    ],
)
def test_plain_sentences_are_told_apart(text: str, code: str, script: str | None) -> None:
    found = identify_language(text)
    assert (found.code, found.script) == (code, script)
    assert found.confidence is not None
    assert 0.5 < found.confidence <= 1


@pytest.mark.parametrize("spelling", list(KAZAKH_LATIN))
@pytest.mark.parametrize("text", [KAZAKH, "Қала әкімі жаңа мектептің құрылысын тексерді"])
def test_kazakh_is_known_in_every_latin_spelling(spelling: str, text: str) -> None:
    found = identify_language(spell_kazakh_in_latin(text, spelling))
    assert (found.code, found.script) == ("kk", "Latn")


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("kk-2021", "Jaña üi, şağyn ıs, ūly sauda"),
        ("kk-2018", "Jańa úı, shaǵyn is, uly saýda"),
        ("kk-kazakparat", "Jaña üy, şağın is, ulı sawda"),
        ("kk-2017", "Jan'a u'i', s'ag'yn is, uly say'da"),
        ("kk-ascii", "Jana ui, shagyn is, uly sauda"),
        ("kk-passport", "Zhanga uy, shagyn is, uly sauda"),
    ],
)
def test_each_spelling_has_its_letters(spelling: str, expected: str) -> None:
    assert spell_kazakh_in_latin("Жаңа үй, шағын іс, ұлы сауда", spelling) == expected


def test_uzbek_is_respelt_with_its_digraphs_and_apostrophes() -> None:
    assert spell_uzbek_in_cyrillic("Yo‘l, choy, g'oz, ertaga, yetti, ma’no") == "йўл, чой, ғоз, эртага, етти, маъно"


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, ENGLISH, KYRGYZ, TAJIK, UZBEK, UZBEK_CYRILLIC, UKRAINIAN])
def test_capitals_say_the_same(text: str) -> None:
    assert identify_language(text.upper()).code == identify_language(text).code


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\n", "2024", "12 345,67 ₸", "02.05.2024 14:05", "+7 (727) 250-00-00", "№ 12", "100%", "−12…−14°"),
        *("USD/KZT", "KZT 447.21 USD", "FC 25", "A+", "v1.2.3", "#123456", "1 2 3 … 98", "{}", "★★★☆☆", "📸", "👍 15"),
        *("https://example.kz/news/12?p=3&x=y", "www.example.kz", "example.kz", "news@example.kz", "@example_news"),
        *("IMG_20240502_141500.jpg", "DSC_0012.JPG", "Марат Ахметов", "Kanat Almas", "\u00ad\u200b", "\ud800"),
    ],
)
def test_text_without_language_gets_none(text: str) -> None:
    assert identify_language(text) == Language(None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Hökümet oba ilaty üçin täze maksatnamany tassyklady, ol indiki ýyldan başlap ýerine ýetiriler.",
        "Hökumət kənd sakinləri üçün yeni proqramı təsdiqlədi, o, gələn ildən işə düşəcək.",
        "Die Regierung hat ein neues Programm für die Dorfbewohner beschlossen, das nächstes Jahr beginnt.",
        "Ҳүкимет аўыл турғынлары ушын жаңа бағдарламаны тастыйықлады, ол келеси жылдан баслап әмелге асырылады.",
        "Хөкүмәт авыл кешеләре өчен яңа программаны раслады, ул киләсе елдан эшли башлый.",
        "Правителството одобри нова програма за жителите на селата, която ще започне догодина.",
        "Засягайки темата, урад зацвердзіў новую праграму для жыхароў вёсак, яна пачне дзейнічаць летась.",
    ],
    ids=["tk", "az", "de", "kaa", "tt", "bg", "be"],
)
def test_languages_that_are_none_of_ours_are_not_claimed(text: str) -> None:
    assert identify_language(text).code not in {"kk", "ky", "uz", "tg", "ru", "en"}


def test_a_kazakh_article_with_long_russian_quotes_is_kazakh() -> None:
    quote = " ".join([RUSSIAN] * 2)
    body = f"{KAZAKH} Бұл туралы министр баспасөз мәслихатында айтты. «{quote}», — деді ол. Жобаға қаржы бөлінді."
    assert identify_language(body).code == "kk"


def test_a_russian_notice_does_not_make_an_english_article_russian() -> None:
    notice = "Мы используем файлы cookie, чтобы сайт был удобнее. Оставаясь на сайте, вы с этим соглашаетесь."
    assert (
        identify_language(f"{notice}\n\n{ENGLISH} Farmers will get loans, and schools will be repaired.").code == "en"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Жители города вышли на субботник «Қазақстан темір жолы»", "ru"),
        ("Компания «Қазақтелеком» объявила о новых тарифах на связь", "ru"),
        ("National Trust жарқанаттардың өмірін зерттейді", "kk"),
        ("Қазaқстaн Үкіметінің oтырысы өтті", "kk"),  # Latin a and o inside Cyrillic words
        ("Елiмiздiң тәуелсiздiгi туралы кiтап шықты", "kk"),  # Latin i for і
    ],
)
def test_foreign_names_and_lookalike_letters_do_not_mislead(text: str, code: str) -> None:
    assert identify_language(text).code == code


def test_the_expected_languages_are_no_cage() -> None:
    for text, code in ((UKRAINIAN, "uk"), (TURKISH, "tr"), (ENGLISH, "en")):
        assert identify_language(text, ("kk", "ru")).code == code


def test_the_expected_languages_win_ties() -> None:
    undecided = "Карантин режими"
    assert identify_language(undecided).code is None
    assert identify_language(undecided, ("ky",)).code == "ky"
    assert identify_language(undecided, ("ru", "en")).code == "ru"


def draft(**parts: str) -> Draft:
    return Draft(url="https://example.kz/1", **parts)  # type: ignore[arg-type]


def site(*languages: str) -> Site:
    return Site(name="example_kz", home="https://example.kz/", languages=languages)


def test_the_articles_own_language_wins_on_a_mixed_page() -> None:
    page = draft(
        title="Schools to open in September", text=f"{ENGLISH}\n\nЧитайте также: в Алматы откроют школы.\n\n{ENGLISH}"
    )
    found = identify_draft_language(page, site("ru", "kk"))
    assert (found.language, found.script) == ("en", "Latn")
    assert found.language_confidence is not None


def test_what_the_html_claims_is_no_evidence() -> None:
    assert identify_draft_language(draft(text=KAZAKH, html_language="ru"), None).language == "kk"
    assert identify_draft_language(draft(text="12 345", html_language="ru"), None).language is None


def test_the_title_decides_where_there_is_no_text() -> None:
    assert identify_draft_language(draft(title="Мектептер қыркүйекте ашылады"), None).language == "kk"


def test_a_draft_keeps_everything_else() -> None:
    before = draft(title="Schools to open", text=ENGLISH, section="Education")
    after = identify_draft_language(before, None)
    assert (after.title, after.text, after.section, after.url) == (
        before.title,
        before.text,
        before.section,
        before.url,
    )


def test_a_very_long_text_costs_no_more_than_its_forty_pieces() -> None:
    assert identify_language("\n".join([KAZAKH, RUSSIAN, KAZAKH] * 3000)).code == "kk"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", [" ", "\xa0", "\n", " \n", "a", "a-", "a.", "@", '."', "!»", "«а ", "қ ", "o'", "\u200b"]
)
def test_monotonous_text_takes_no_quadratic_time(unit: str) -> None:
    identify_language(unit * 100_000)  # 500,000 blanks once took eight minutes


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="абвгқәіўҳ'«».!? abcïñ\n\u0301İßŉ", max_size=300))
def test_it_never_raises(text: str) -> None:
    found = identify_language(text, ("kk", "xx"))
    assert (found.code is None) == (found.confidence is None)


ANSWERS = """
import sys
from newscrawl.extraction.language import identify_language
texts = sys.stdin.read().split("|")
order = texts if sys.argv[1] == "forward" else texts[::-1]
answers = {text: identify_language(text) for text in order}
print([answers[text] for text in texts])
"""


def test_another_process_hash_seed_and_order_give_the_same_answers() -> None:
    texts = "|".join(
        [KAZAKH, RUSSIAN[:20], UZBEK, "Карантин режими", KYRGYZ[:30], ENGLISH, TURKISH[:18], "Kanat Almas"]
    )

    def answers(seed: str, order: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", ANSWERS, order]
        return subprocess.run(command, input=texts, env=environment, capture_output=True, text=True, check=True).stdout

    assert answers("0", "forward") == answers("4242", "backward")


def test_importing_the_module_loads_no_model() -> None:
    heavy = "print([m for m in ('numpy', 'langdetect', 'py3langid') if m in sys.modules])"
    command = [sys.executable, "-c", f"import sys, newscrawl.extraction.language; {heavy}"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip() == "[]"
