"""The watchdog is told of a run, and never changes it."""

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from newscrawl.crawl import ping as ping_module
from newscrawl.crawl.ping import Ping, check_ping_address


class Watchdog:
    """Notes what it is told; answers with `status`, once `gate` is open."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.status = 200
        self.location = ""
        self.gate = threading.Event()
        self.gate.set()
        watchdog = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
                watchdog.told.append((self.path, body))
                watchdog.gate.wait(10)
                self.send_response(watchdog.status)
                if watchdog.location:
                    self.send_header("Location", watchdog.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing: the test looks at `told`."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_port}/ping/s3cret"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def watchdog(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watchdog]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    watching = Watchdog()
    yield watching
    watching.gate.set()
    watching.server.shutdown()
    watching.server.server_close()


def test_the_begin_and_the_end_are_told_with_the_summary(watchdog: Watchdog) -> None:
    ping = Ping(watchdog.url)
    ping.begins()
    ping.ends(3, "вести_kz: blocked")
    assert watchdog.told == [("/ping/s3cret/start", ""), ("/ping/s3cret/3", "вести_kz: blocked")]


def test_a_query_and_a_last_slash_stay_where_they_belong(watchdog: Watchdog) -> None:
    Ping(f"{watchdog.url}/?create=1").ends(0, "")
    assert watchdog.told == [("/ping/s3cret/0?create=1", "")]


@pytest.mark.parametrize(("status", "location"), [(404, ""), (500, ""), (302, "ftp://127.0.0.1/x"), (302, "file:///x")])
def test_a_failed_ping_is_logged_without_its_address(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture, status: int, location: str
) -> None:
    watchdog.status, watchdog.location = status, location
    with caplog.at_level(logging.WARNING):
        Ping(watchdog.url).begins()
    assert "the ping 'start' to 127.0.0.1 failed" in caplog.text
    assert "s3cret" not in caplog.text
    assert len(watchdog.told) == 1


def test_nobody_there_is_only_logged(watchdog: Watchdog, caplog: pytest.LogCaptureFixture) -> None:
    watchdog.server.shutdown()
    watchdog.server.server_close()
    Ping(watchdog.url).ends(0, "")
    assert "failed (URLError)" in caplog.text


def test_a_watchdog_that_hangs_is_not_waited_for(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ping_module, "PING_TIMEOUT_S", 0.1)
    watchdog.gate.clear()
    Ping(watchdog.url).begins()
    assert "had no answer in 0.1 s" in caplog.text


def test_the_proxy_of_the_environment_is_asked(watchdog: Watchdog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", watchdog.url.partition("/ping")[0])
    monkeypatch.delenv("no_proxy", raising=False)
    Ping("http://watchdog.example/s3cret").begins()
    assert watchdog.told == [("http://watchdog.example/s3cret/start", "")]


@pytest.mark.parametrize("url", ["", "hc-ping.com/x", "ftp://h/x", "file:///etc/passwd", "https:///x", "javascript:1"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"http:// or https://"):
        check_ping_address(url)
