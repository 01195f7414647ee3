"""Declared character sets that are none."""

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.response import get_meta_refresh

from newscrawl.crawl.declared_charset import DeclaredCharsetMiddleware

URL = "https://vesti.example/1"
PAGE = '<html><head><meta http-equiv="refresh" content="0;url=/2"></head><body>Мост открыли</body></html>'


def answer(charset: str, encoding: str = "utf-8") -> HtmlResponse:
    return HtmlResponse(
        URL, body=PAGE.encode(encoding), headers={"Content-Type": f"text/html; charset={charset}", "ETag": '"1"'}
    )


def passed(response: Response) -> Response:
    return DeclaredCharsetMiddleware().process_response(Request(URL), response)


@pytest.mark.parametrize("charset", ["rot13", "idna", "undefined", "zlib", "hex", "punycode", "base64"])
def test_a_codec_that_decodes_no_page_does_not_cost_the_page(charset: str) -> None:
    with pytest.raises((LookupError, UnicodeError)):
        get_meta_refresh(answer(charset))
    let_through = passed(answer(charset))
    assert get_meta_refresh(let_through) == (0.0, "https://vesti.example/2")
    assert let_through.headers == answer(charset).headers
    assert let_through.body == PAGE.encode()


@pytest.mark.parametrize(("charset", "encoding"), [("windows-1251", "cp1251"), ("utf-8", "utf-8"), ("utf-9", "utf-8")])
def test_what_can_be_decoded_is_left_alone(charset: str, encoding: str) -> None:
    given = answer(charset, encoding)
    assert passed(given) is given


def test_an_answer_without_text_is_left_alone() -> None:
    given = Response(URL, body=b"\xff\xd8", headers={"Content-Type": "image/jpeg; charset=rot13"})
    assert passed(given) is given
