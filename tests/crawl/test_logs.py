"""A log says what happened, to which address of which site, and no secret; old ones go."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.settings import Settings

from newscrawl.crawl.log_format import LONGEST_MESSAGE, JsonLines, PlainLines, current_site
from newscrawl.crawl.logs import add_log_file, prune_logs

NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """The root's own, after the test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.setLevel(logging.DEBUG)
    yield
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:], root.level = before, level


def line(
    message: str, *values: object, secrets: tuple[str, ...] = (), error: bool = False, **more: Any
) -> dict[str, Any]:
    """What the formatter makes of a record."""
    record = logging.getLogger("vesti").makeRecord(
        "vesti", logging.INFO, __file__, 1, message, values, sys.exc_info() if error else None, extra=more
    )
    told: dict[str, Any] = json.loads(JsonLines(secrets).format(record))
    return told


def test_a_line_is_an_object_with_time_level_site_address_and_fate() -> None:
    told = line("%s: stored", "вести", site="vesti_kz", url="https://vesti.example/1", fate="stored")
    assert datetime.fromisoformat(told.pop("at")).tzinfo is not None
    assert told == {
        "level": "INFO", "site": "vesti_kz", "message": "вести: stored", "url": "https://vesti.example/1", "fate": "stored",
        "logger": "vesti",
    }  # fmt: skip


def test_the_site_is_the_spiders_or_that_of_the_task() -> None:
    assert line("x", spider=Spider("vesti_kz"))["site"] == "vesti_kz"
    token = current_site.set("other_kz")
    try:
        assert line("x")["site"] == "other_kz"
        assert line("x", site="vesti_kz")["site"] == "vesti_kz"
    finally:
        current_site.reset(token)
    assert "site" not in line("x")


def test_a_message_of_many_lines_is_one_line_of_the_file() -> None:
    record = logging.getLogger("vesti").makeRecord("vesti", logging.INFO, "", 1, "a\nb\u2028c", (), None)
    assert JsonLines().format(record).count("\n") == 0


CLEANED = [
    ("get http://user:word@proxy.example:80/x", "get http://***@proxy.example:80/x"),
    (
        "see https://tok3n@h.example and https://b.example/@name",
        "see https://***@h.example and https://b.example/@name",
    ),
    ("mail a@b.example, http://h.example/?to=a@b.example", "mail a@b.example, http://h.example/?to=a@b.example"),
    ("the word hush-hush is out", "the word *** is out"),
]


@pytest.mark.parametrize(("said", "told"), CLEANED)
def test_no_password_is_told(said: str, told: str) -> None:
    assert line(said, secrets=("hush-hush", ""))["message"] == told


def test_a_secret_in_a_traceback_or_address_is_hidden_too() -> None:
    try:
        raise ValueError("no route to http://me:hush-hush@h.example/")
    except ValueError:
        told = line("failed", error=True, url="http://me:word@h.example/")
    assert "ValueError" in told["error"]
    assert "hush-hush" not in told["error"]
    assert told["url"] == "http://***@h.example/"


def test_a_page_does_not_get_in() -> None:
    assert len(line("<p>" * 100_000)["message"]) < LONGEST_MESSAGE + 100


def test_the_terminals_form_is_as_clean() -> None:
    record = logging.getLogger("vesti").makeRecord(
        "vesti", logging.INFO, "", 1, "http://a:b@h/", (), None, extra={"site": "v"}
    )
    assert PlainLines().format(record).endswith(" INFO v: http://***@h/")


def test_the_file_keeps_to_the_level_and_hides_what_settings_and_environment_keep_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:pr0xyword@proxy.example:3128")
    monkeypatch.setenv("SOME_TOKEN", "t0kentoken")
    settings = Settings({"LOG_LEVEL": "INFO", "NEWSCRAWL_LOG_DAYS": 30})
    settings.set("MAIL_PASS", "m4ilword", priority="cmdline")
    path = add_log_file(tmp_path, settings, NOW, "run", hidden="https://hc.example/my-check")
    assert path == tmp_path / "logs" / "20240502T120000Z-run.log"
    logger = logging.getLogger("vesti")
    logger.debug("too much")
    logger.info("pr0xyword t0kentoken m4ilword https://hc.example/my-check guest")
    logging.getLogger("scrapy.crawler").info("Overridden settings:\n{'MAIL_HOST': 'h'}")
    told = [json.loads(text)["message"] for text in path.read_text(encoding="utf-8").splitlines()]
    assert told == ["*** *** *** *** guest"], "Scrapy's own default for FTP_PASSWORD is a word like any other"


def test_logs_that_are_older_than_they_are_kept_go_and_nothing_else(tmp_path: Path) -> None:
    names = {
        "20240401T115959Z-run.log": False, "20240402T120000Z-run.log": True, "20240101T000000Z.log": False,
        "20240101T000000Z-vesti_kz.log": False, "20240502T110000Z-vesti_kz.log": True, "notes.log": True,
        "20240101T000000Z-run.log.gz": True, "20240101.log": True,
    }  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    assert prune_logs(tmp_path, NOW, 0) == []
    deleted = prune_logs(tmp_path, NOW, 30)
    assert {path.name for path in tmp_path.iterdir()} == {name for name, kept in names.items() if kept}
    assert len(deleted) == 3


def test_a_folder_that_cannot_be_written_is_said_and_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file is in the way")
    assert add_log_file(tmp_path, Settings(), NOW, "run") is None
    assert "the log cannot be written" in capsys.readouterr().err
