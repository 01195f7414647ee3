import pytest

from newscrawl.extraction.encoding import clean_text, decode_page

PAGE = "<html><head><title>Ауыл</title></head><body><p>Привет, мир: это страница новостей о погоде в столице</p></body></html>"
RUSSIAN = PAGE.replace("Ауыл", "Село")
FRENCH = "<html><body><p>Les élèves étaient là, où ça sentait l'été</p></body></html>"
JAPANESE = "<html><body><p>川の番人が十一年ぶりに戻った。水位を測る。</p></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (PAGE.encode(), None, PAGE),
        (PAGE.encode(), "text/html; charset=windows-1251", PAGE),
        (PAGE.encode(), "text/html; charset=utf-9", PAGE),
        (b"\xef\xbb\xbf" + PAGE.encode(), "text/html; charset=koi8-r", PAGE),
        (PAGE.encode("utf-16"), None, PAGE),
        (PAGE.encode("utf-16-le"), "text/html; charset=utf-8", PAGE),
        (PAGE.encode("utf-16-be"), None, PAGE),
        (PAGE.encode("utf-32"), None, PAGE),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=iso-8859-1", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("koi8-r"), None, RUSSIAN),
        (RUSSIAN.encode("cp866"), "text/html; charset=utf-9", RUSSIAN),
        (FRENCH.encode("cp1252"), "text/html; charset=utf-8", FRENCH),
        (FRENCH.encode("cp1252"), "text/html; charset=iso-8859-1", FRENCH),
        (JAPANESE.encode("shift_jis"), "text/html; charset=shift_jis", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "text/html; charset=iso-2022-jp", JAPANESE),
        (b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251"), None, '<meta charset="windows-1251">' + RUSSIAN),
        *(
            (RUSSIAN.encode("cp1251"), f"text/html; charset={c}", RUSSIAN)
            for c in ("rot13", "idna", "undefined", "zlib", "punycode")
        ),
        (b"", None, ""),
    ],
)
def test_page_is_decoded_whatever_it_declares(body: bytes, content_type: str | None, text: str) -> None:
    assert decode_page(body, content_type) == text


def test_page_that_was_cut_inside_a_letter_stays_utf8() -> None:
    assert decode_page(PAGE.encode()[: PAGE.encode().index("столице".encode()) + 1], None).endswith("погоде в \ufffd")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x01c\x7fd", "abcd"),
        ("tab\tline\nend\r", "tab\tline\nend\r"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "\U0001f600"),
        ("a&#0;b&#1;c&#x1F;d&#65535;", "abcd"),
        ("&#8212;&#13;&#x416;", "&#8212;&#13;&#x416;"),
        ("a\ufffeb\uffffc", "abc"),
    ],
)
def test_characters_that_xml_cannot_hold_are_gone(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned
    clean_text(text).encode("utf-8")
