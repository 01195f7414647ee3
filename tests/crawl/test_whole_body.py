"""A gzip stream without its end is no whole page."""

import gzip

import pytest
from scrapy import Request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from newscrawl.crawl.whole_body import WholeBodyMiddleware, is_cut_off

PAGE = ("<p>Мост открыли утром.</p>" * 400).encode()
PACKED = gzip.compress(PAGE)
LONGEST = 10 * 1024 * 1024


def answer(body: bytes, encoding: str = "gzip") -> Response:
    return Response("https://vesti.example/1", body=body, headers={"Content-Encoding": encoding})


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
def test_a_cut_stream_is_told(share: float) -> None:
    with pytest.raises(ResponseDataLossError):
        WholeBodyMiddleware(LONGEST).process_response(
            Request("https://vesti.example/1"), answer(PACKED[: int(len(PACKED) * share)])
        )


@pytest.mark.parametrize(
    "passed",
    [
        answer(PACKED),
        answer(PACKED, "x-gzip"),
        answer(PAGE),
        answer(PACKED[:50], "br"),
        answer(PACKED + b"tail"),
        answer(b""),
    ],
)
def test_everything_else_passes(passed: Response) -> None:
    assert WholeBodyMiddleware(LONGEST).process_response(Request("https://vesti.example/1"), passed) is passed


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    assert not is_cut_off(gzip.compress(b" " * 30_000_000)[:-100], 1_000_000)
