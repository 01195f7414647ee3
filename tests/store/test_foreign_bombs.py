"""A WARC file of somebody else with an answer that unpacks to gigabytes: left out, and not unpacked to its end."""

import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.store.foreign_warcs import LARGEST_BODY_BYTES, Skipped, foreign_pages
from tests.crawl.test_too_large import BOMB

PAGE = b"<html><body><p>x</p></body></html>"


def test_a_bomb_in_a_file_of_others_is_left_out_and_the_next_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "others.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file)
        for url, body, more in (
            ("https://vesti.example/1", BOMB, [("Content-Encoding", "gzip")]),
            ("https://vesti.example/2", PAGE, []),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *more], "HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=headers))
    skipped = Skipped()
    tracemalloc.start()
    pages = list(foreign_pages(path, skipped, datetime(2100, 1, 1, tzinfo=UTC)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [page.body for page in pages] == [PAGE]
    assert skipped.reasons == {"pages that are too large": 1}
    assert peak < 6 * LARGEST_BODY_BYTES
