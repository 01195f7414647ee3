"""A start address that leads to another host: it is refused there as anywhere, and the other host is never asked."""

from pathlib import Path

import pytest

from tests.crawl.crawls import crawl
from tests.crawl.local_site import Answer, LocalSite

pytestmark = pytest.mark.timeout(120)


def moved(to: str) -> Answer:
    return Answer(status=302, headers=(("Location", to),))


def refreshed(to: str) -> Answer:
    return Answer(body=f'<html><head><meta http-equiv="refresh" content="0;url={to}"></head><body>…</body></html>')


@pytest.mark.parametrize("answer", [moved, refreshed])
def test_a_start_address_does_not_lead_to_another_host(tmp_path: Path, answer: type[Answer]) -> None:
    with LocalSite(everything=Answer(body="<p>x</p>")) as other, LocalSite() as site:
        site.pages["/"] = answer(f"{other.origin}/news/")
        ended = crawl(site, tmp_path / "data")
    assert other.requests == []
    assert site.paths().count("/") == 1
    assert ended.exit_code == 4, ended.lines
    assert "Traceback" not in ended.lines
    [row] = ended.rows("SELECT fate FROM urls WHERE url = ?", site.url("/"))
    assert row["fate"] in {"unsafe", "offsite"}
