"""`newscrawl extract`: what comes out, from where, and how wrong use is answered."""

import gzip
import json
import os
from dataclasses import fields
from pathlib import Path

import pytest

from newscrawl.article import Article, DateEvidence
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates
from tests.cli.conftest import PAGE, STEERS_A_TERMINAL, Child, Invoke, LoopbackSite, Project
from tests.store.samples import NOON, SITE, candidate

ADDRESS = "https://vesti.example/2024/most"


def test_json_has_the_fields_of_an_article_in_their_order(invoke: Invoke, page_file: Path) -> None:
    result = invoke("extract", page_file, "--url", ADDRESS)
    record = json.loads(result.stdout)
    assert list(record) == [field.name for field in fields(Article)]
    assert (result.exit_code, result.stderr) == (0, "")
    assert (record["url"], record["title"], record["language"]) == (ADDRESS, "Мост через реку открыли", "ru")
    assert record["published"] == "2024-05-02T04:05:00+00:00"
    assert record["text"].startswith("Движение по новому мосту")
    assert "Движение" in result.stdout, "Cyrillic is not escaped"


def test_a_page_comes_from_standard_input_too(invoke: Invoke, page_file: Path) -> None:
    from_file = invoke("extract", page_file, "--url", ADDRESS)
    from_input = invoke("extract", "-", "--url", ADDRESS, input=PAGE.encode())
    assert from_input.stdout == from_file.stdout


def test_a_page_that_memory_does_not_suffice_for_is_told_in_one_line(
    invoke: Invoke, page_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("newscrawl.extraction.read.read_draft", exhausted)
    result = invoke("extract", page_file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "holds no article: read_error: reading needed too much memory" in result.stderr


def test_markdown_and_text_begin_with_the_title(invoke: Invoke, page_file: Path) -> None:
    markdown = invoke("extract", page_file, "--format", "markdown").stdout
    text = invoke("extract", page_file, "--format", "text").stdout
    assert markdown.startswith("# Мост через реку открыли\n\nДвижение")
    assert text.startswith("Мост через реку открыли\n\nДвижение")
    assert text.rstrip().endswith("посадят цветы.")


def test_explain_lists_every_date_with_its_verdict(invoke: Invoke, page_file: Path) -> None:
    lines = invoke("extract", page_file, "--url", ADDRESS, "--explain").stdout.splitlines()
    start = lines.index("dates found:")
    assert lines[start - 2].startswith("published  2024-05-02 04:05:00+00:00 from json-ld, to the minute")
    dates = lines[start + 1 :]
    assert len(dates) >= 4
    assert len(dates) % 2 == 0
    for place, judged in zip(dates[::2], dates[1::2], strict=True):
        assert "'2024-05-02T09:05:00+05:00'" in place
        assert judged.split(": ", 1)[1].strip(), "a verdict in words"


def test_a_zone_turns_a_bare_clock_into_an_instant(invoke: Invoke, tmp_path: Path) -> None:
    page = tmp_path / "bare.html"
    page.write_text(PAGE.replace("09:05:00+05:00", "09:05:00"), encoding="utf-8")
    without = json.loads(invoke("extract", page, "--url", ADDRESS).stdout)
    with_zone = json.loads(invoke("extract", page, "--url", ADDRESS, "--timezone", "Asia/Almaty").stdout)
    assert without["published_precision"] == "day"
    assert with_zone["published"] == "2024-05-02T04:05:00+00:00"


def test_the_zone_that_was_typed_outweighs_the_site_files(invoke: Invoke, page_file: Path) -> None:
    known = "https://tengrinews.kz/news/most-123456/"
    plain = invoke("extract", page_file, "--url", known, "--explain").stdout
    typed = invoke("extract", page_file, "--url", known, "--explain", "--timezone", "Asia/Bishkek").stdout
    assert "site       tengrinews_kz" in plain
    assert "zone       Asia/Almaty" in plain
    assert "site       tengrinews_kz" in typed
    assert "zone       Asia/Bishkek" in typed


def test_a_date_after_the_fetch_is_not_believed(invoke: Invoke, page_file: Path) -> None:
    before = json.loads(invoke("extract", page_file, "--url", ADDRESS, "--fetched-at", "2023-01-01T00:00:00Z").stdout)
    after = json.loads(invoke("extract", page_file, "--url", ADDRESS, "--fetched-at", "2024-06-01").stdout)
    assert before["published"] is None
    assert after["published"] == "2024-05-02T04:05:00+00:00"


def test_a_url_is_fetched_with_its_redirect_its_gzip_and_an_honest_name(invoke: Invoke, loopback: LoopbackSite) -> None:
    loopback.serve("/old", "", 301, Location="/2024/most")
    loopback.serve("/2024/most", gzip.compress(PAGE.encode()), Content_Encoding="gzip")
    record = json.loads(invoke("extract", loopback.origin + "/old").stdout)
    assert (record["url"], record["title"]) == (loopback.origin + "/2024/most", "Мост через реку открыли")
    assert all(agent.startswith("newscrawl/") for _, agent in loopback.asked)


def test_an_address_in_cyrillic_can_be_pasted(invoke: Invoke, loopback: LoopbackSite) -> None:
    loopback.serve("/%D0%BC%D0%BE%D1%81%D1%82", PAGE)
    assert invoke("extract", loopback.origin + "/мост").exit_code == 0


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (404, {}, "the server answered 404"),
        (503, {}, "the server answered 503"),
        (302, {"Location": "ftp://vesti.example/"}, "unknown url type: ftp"),
        (302, {"Location": "file:///etc/hostname"}, "the server answered 302"),
        (200, {"Content-Encoding": "gzip"}, "cannot be fetched"),
    ],
)
def test_an_answer_that_is_no_page_is_one_line(
    invoke: Invoke, loopback: LoopbackSite, status: int, headers: dict[str, str], said: str
) -> None:
    url = loopback.serve("/x", PAGE, status, **{name.replace("-", "_"): value for name, value in headers.items()})
    result = invoke("extract", url)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert url in result.stderr
    assert said in result.stderr


def test_a_bomb_is_cut_off_at_the_size_limit(invoke: Invoke, loopback: LoopbackSite) -> None:
    url = loopback.serve("/bomb", gzip.compress(bytes(40 * 2**20)), Content_Encoding="gzip")
    result = invoke("extract", url)
    assert result.exit_code == 1
    assert "larger than" in result.stderr


@pytest.mark.parametrize("source", ["/dev/zero", "-"])
def test_a_file_without_an_end_is_not_read_to_it(invoke: Invoke, source: str) -> None:
    result = invoke("extract", source, input=bytes(10 * 2**20 + 1))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"newscrawl: {source} is larger than 10485760 bytes, which no page is\n"


def test_nobody_listens_there(invoke: Invoke) -> None:
    result = invoke("extract", "http://127.0.0.1:9/x")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/x cannot be fetched: " in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06" * 20, "read_error"),
        (b"<html><body><h1>Page not found</h1><p>404</p></body></html>", "soft_404"),
        (b"\x00" * 3000, "empty"),
    ],
)
def test_a_page_without_an_article_says_why(invoke: Invoke, tmp_path: Path, content: bytes, kind: str) -> None:
    page = tmp_path / "no_article"
    page.write_bytes(content)
    result = invoke("extract", page)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"newscrawl: {page} holds no article: {kind}: ")
    assert result.stderr.count("\n") == 1, "no log line and no traceback beside it"
    explained = invoke("extract", page, "--explain")
    assert explained.exit_code == 1
    assert explained.stdout.startswith(f"page       {kind}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.html"], "missing.html cannot be read: No such file or directory"),
        (["."], ". cannot be read: Is a directory"),
        (["ftp://vesti.example/x"], "only http:// and https:// are fetched"),
        (["page.html", "--timezone", "Mars/Base"], "'Mars/Base' is no IANA time zone such as Asia/Almaty"),
        (["page.html", "--timezone", "../../etc/hostname"], "is no IANA time zone"),
        (["page.html", "--timezone", ""], "is no IANA time zone"),
        (["page.html", "--url", "vesti.example/1"], "'vesti.example/1' is no http or https address"),
        (["page.html", "--url", "https://"], "is no http or https address"),
        (["page.html", "--url", "javascript:alert(1)"], "is no http or https address"),
        (["page.html", "--fetched-at", "yesterday"], "'yesterday' is no ISO 8601 instant"),
        (["page.html", "--fetched-at", "2024-02-30"], "is no ISO 8601 instant"),
        (["page.html", "--fetched-at", "0001-01-01T00:00:00+14:00"], "is no ISO 8601 instant"),
        (["page.html", "--format", "xml"], "'xml' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_wrong_use_is_a_usage_error(
    invoke: Invoke, page_file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(page_file.parent)
    result = invoke("extract", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_what_a_list_said_of_the_address_joins_with_data(invoke: Invoke, tmp_path: Path) -> None:
    page = tmp_path / "undated.html"
    undated = PAGE.replace('"datePublished": "2024-05-02T09:05:00+05:00"', '"name": "most"')
    page.write_text(undated.replace("article:published_time", "x"), encoding="utf-8")
    path = tmp_path / "store" / "newscrawl.db"
    connection = open_database(path)
    listed = candidate(ADDRESS, evidence=(DateEvidence("feed", "Thu, 02 May 2024 04:05:00 GMT", "item pubDate"),))
    with write_transaction(connection, path):
        add_candidates(connection, SITE, [listed], NOON)
    connection.close()
    alone = json.loads(invoke("extract", page, "--url", ADDRESS).stdout)
    joined = json.loads(invoke("extract", page, "--url", ADDRESS, "--data", path.parent).stdout)
    assert alone["published"] is None
    assert (joined["published"], joined["published_source"]) == ("2024-05-02T04:05:00+00:00", "feed")


def test_it_works_outside_any_project(child: Child, page_file: Path, installed: Path) -> None:
    result = child("extract", page_file, "--url", ADDRESS, cwd=Path(os.sep), environment={"PYTHONPATH": str(installed)})
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["title"] == "Мост через реку открыли"


def test_a_broken_file_of_the_pages_own_site_is_said_and_the_page_read(
    child: Child, project: Project, page_file: Path
) -> None:
    folder = project(vesti_example="1 / 0", other_kz="1 / 0")
    result = child("extract", page_file, "--url", ADDRESS, cwd=folder)
    assert (result.returncode, json.loads(result.stdout)["title"]) == (0, "Мост через реку открыли")
    assert result.stderr == (
        "newscrawl: the site's file is left out: spiders/vesti_example.py, line 1: ZeroDivisionError: division by zero\n"
    )


def test_a_narrow_encoding_costs_no_letter(child: Child, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("Движение", "\U0001f600 Движение"), encoding="utf-8")
    result = child("extract", page, cwd=tmp_path, environment={"PYTHONIOENCODING": "ascii"})
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["text"].startswith("\U0001f600 Движение")


@pytest.mark.parametrize("form", ["json", "markdown", "text", "explain"])
def test_a_hostile_page_comes_out_harmless(invoke: Invoke, tmp_path: Path, form: str) -> None:
    page = tmp_path / "hostile.html"
    hostile = "Мост &#27;[31mоткрыли\x9b2J \u202eназад\u2066"
    page.write_text(PAGE.replace("Мост через реку открыли", hostile).replace("Движение", "\x1b[2JДвижение\u061c"))
    result = invoke("extract", page, *(["--explain"] if form == "explain" else ["--format", form]))
    assert result.exit_code == 0
    assert "открыли" in result.stdout
    assert not STEERS_A_TERMINAL.search(result.stdout)
