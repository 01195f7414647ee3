"""Commands in this process and as child processes, a loopback server, and a database with a history."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawl.cli import group

Invoke = Callable[..., Result]
Project = Callable[..., Path]
Child = Callable[..., "subprocess.CompletedProcess[str]"]
# Controls other than tab and newline, bidirectional marks, line separators: what a terminal would obey.
STEERS_A_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
Answer = tuple[int, dict[str, str], bytes]

PAGE = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Мост через реку открыли | Вести</title>
<meta property="article:published_time" content="2024-05-02T09:05:00+05:00">
<meta property="og:title" content="Мост через реку открыли">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Мост через реку открыли", "datePublished": "2024-05-02T09:05:00+05:00"}</script></head>
<body><article><h1>Мост через реку открыли</h1>
<p>Движение по новому мосту началось утром, первым по нему проехал автобус с рабочими завода и музыкантами.</p>
<p>Строители говорят, что работали два года и закончили раньше, чем обещали жителям обоих берегов.</p>
<p>Старый мост останется для пешеходов: на нём поставят скамейки, а весной посадят цветы.</p></article></body></html>"""


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch) -> Iterator[Invoke]:
    """Run a command in this process. Whose project it entered is forgotten: the next test has site files of its own."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = dict(sys.modules)

    def run(*arguments: str | Path, **more: Any) -> Result:
        return CliRunner().invoke(group, [str(argument) for argument in arguments], prog_name="newscrawl", **more)

    yield run
    for name in [name for name in sys.modules if name.partition(".")[0] == "spiders"]:
        del sys.modules[name]
    sys.modules.update({name: module for name, module in before.items() if name.partition(".")[0] == "spiders"})


def child_environment(**more: str) -> dict[str, str]:
    """This process's environment without what would lead the command to a project or a data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSCRAWL", "SCRAPY", "LOG_LEVEL", "COV"))}
    return {**kept, **more}


@pytest.fixture
def child(repository: Path) -> Child:
    """Run a command as a process of its own, in the folder `cwd`."""

    def run(
        *arguments: str | Path, cwd: Path, environment: dict[str, str] | None = None, **more: Any
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "newscrawl", *map(str, arguments)],
            cwd=cwd,
            env=child_environment(**(environment or {})),
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
            **more,
        )

    return run


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    """A saved article."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


class LoopbackSite:
    """A server on loopback whose answers are filled in by the test: path -> (status, headers, body)."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("User-Agent", "")))
                status, headers, body = site.answers.get(self.path, (404, {}, b"no such page"))
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing: the test looks at `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def serve(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> str:
        """Answer so; the address."""
        whole = body.encode() if isinstance(body, str) else body
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, whole)
        return self.origin + path

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def loopback() -> Iterator[LoopbackSite]:
    """A server on loopback."""
    site = LoopbackSite()
    yield site
    site.close()


@pytest.fixture
def installed(tmp_path: Path, repository: Path) -> Path:
    """A folder for PYTHONPATH with the package alone, as pip would install it: no spiders, no scrapy.cfg."""
    folder = tmp_path / "installed"
    shutil.copytree(repository / "newscrawl", folder / "newscrawl", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def project(tmp_path: Path, repository: Path) -> Project:
    """Make a project with these site files."""

    def make(**files: str) -> Path:
        folder = tmp_path / "project"
        (folder / "spiders").mkdir(parents=True)
        (folder / "pipelines").symlink_to(repository / "pipelines")
        shutil.copy(repository / "scrapy.cfg", folder)
        for name, text in {"__init__": '"""Sites."""\n', **files}.items():
            (folder / "spiders" / f"{name}.py").write_text(text, encoding="utf-8")
        return folder

    return make
