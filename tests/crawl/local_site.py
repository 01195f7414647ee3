"""A small site on loopback: answers as told, conditional requests included, and notes every request."""

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import monotonic
from typing import Any, NamedTuple

PATIENCE_S = 20
"""How long an answer waits at its gate: a test that forgets to open it ends all the same."""


class Asked(NamedTuple):
    """One request: its path with the query, when it came (monotonic), whether it asked for changes only, who asked, whom."""

    path: str
    at_s: float
    conditional: bool
    user_agent: str
    host: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one address sends.

    validated: it has an ETag, and is 304 for who knows it; raw: the bytes on the wire instead of all else; announced:
    the Content-Length that is told, None for the true one; gate: the answer is held back until it is set; delay_s:
    it is held back that long; drip_s: the body comes a byte at a time, with such a wait before each.
    """

    body: str | bytes = ""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    validated: bool = False
    raw: bytes | None = None
    announced: int | None = None
    gate: Event | None = None
    delay_s: float = 0.0
    drip_s: float = 0.0

    @property
    def content(self) -> bytes:
        """The body's bytes."""
        return self.body.encode() if isinstance(self.body, str) else self.body

    @property
    def etag(self) -> str:
        """Changes with the bytes."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


Reply = Answer | Callable[[int], Answer]
"""An answer, or one by the number of the visit (0, 1, ...)."""


@dataclass
class LocalSite:
    """Use in a `with` block. `pages` may be changed while it answers; what is not there is 404."""

    pages: dict[str, Reply] = field(default_factory=dict)
    everything: Answer | None = None
    requests: list[Asked] = field(default_factory=list)
    _waited_for: dict[str, Event] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Visit)
        self._server.site = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def name(self) -> str:
        """How the spider `web` names it."""
        return f"127_0_0_1_{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """The whole address."""
        return self.origin + path

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.requests]

    def when_asked(self, path: str) -> Event:
        """Set as soon as somebody asks for the path."""
        return self._waited_for.setdefault(path, Event())

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Note the request and choose the answer."""
        visits = self.paths().count(path)
        conditional = "If-None-Match" in headers or "If-Modified-Since" in headers
        self.requests.append(
            Asked(path, monotonic(), conditional, headers.get("User-Agent", ""), headers.get("Host", ""))
        )
        self.when_asked(path).set()
        if self.everything is not None:
            return self.everything
        reply = self.pages.get(path, Answer(status=404, body="<h1>404</h1>"))
        answer = reply(visits) if callable(reply) else reply
        if answer.gate is not None:
            answer.gate.wait(PATIENCE_S)
        if answer.delay_s:
            Event().wait(answer.delay_s)
        return answer

    def __enter__(self) -> "LocalSite":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        for reply in self.pages.values():
            if isinstance(reply, Answer) and reply.gate is not None:
                reply.gate.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: LocalSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawl that hangs up in mid-answer is no error of this server."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = PATIENCE_S

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The site's own list is the log."""

    def do_GET(self) -> None:
        answer = self.server.site.answer(self.path, self.headers)
        if answer.raw is not None:
            self.wfile.write(answer.raw)
            self.close_connection = True
            return
        known = answer.validated and self.headers.get("If-None-Match") == answer.etag
        self.send_response(304 if known else answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.validated:
            self.send_header("ETag", answer.etag)
        if known:
            self.end_headers()
            return
        if answer.content_type is not None:
            self.send_header("Content-Type", answer.content_type)
        length = len(answer.content) if answer.announced is None else answer.announced
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if answer.drip_s:
            self._drip(answer)
        else:
            self.wfile.write(answer.content)
        self.close_connection = answer.announced is not None

    def _drip(self, answer: Answer) -> None:
        for place in range(len(answer.content)):
            Event().wait(answer.drip_s)
            self.wfile.write(answer.content[place : place + 1])
