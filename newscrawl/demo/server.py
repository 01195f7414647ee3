"""`World` -> HTTP on loopback, one port a site, conditional requests answered, every request noted."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from newscrawl.demo.answer import Answer, http_date
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.world import DEMO_SITES, World
from newscrawl.site import Site

HOST = "127.0.0.1"
IDLE_TIMEOUT_S = 30


class PortTaken(OSError):
    """A port that was asked for belongs to another program: the message names the port and the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One request that a demo site answered. after_s: seconds since the server was made; conditional: it asked for
    the page only if it had changed."""

    after_s: float
    site: str
    method: str
    path: str
    status: int
    conditional: bool


class DemoServer:
    """The demo sites on loopback, for a `with` block or between `start()` and `stop()`.

    base, now, later: as `World` takes them. ports: one a site in the order of `DEMO_SITES`, 0 for any free one, and
    `PortTaken` when one is not free; None: the usual ports, and a free one in place of each that is taken (`moved_ports`
    says which: site, usual port, port in use).
    """

    def __init__(
        self,
        base: datetime,
        ports: Sequence[int] | None = None,
        *,
        now: datetime | None = None,
        later: bool = False,
    ) -> None:
        self._begun_s = monotonic()
        self._threads: list[Thread] = []
        self.requests: list[RequestRecord] = []
        self._doors = _open_doors(ports)
        try:
            self.world = World(base, self.ports, now=now, later=later)
        except ValueError:
            self._close()
            raise
        for door, site in zip(self._doors, self.world.sites, strict=True):
            door.demo, door.site_name = self, site.name
        usual = zip(self.world.sites, DEMO_SITES, self.ports, strict=True)
        self.moved_ports = tuple(
            (site.name, demo.default_port, port)
            for site, demo, port in usual
            if ports is None and port != demo.default_port
        )

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports in use, in the order of the sites."""
        return tuple(door.server_port for door in self._doors)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites as a crawl needs them."""
        return self.world.sites

    @property
    def expected(self) -> dict[str, tuple[ExpectedPage, ...]]:
        """By site name, what a right crawl makes of every page."""
        return dict(self.world.expected)

    def start(self) -> "DemoServer":
        """Answer from now on, a thread a site."""
        self._threads = [Thread(target=door.serve_forever, args=(0.05,), daemon=True) for door in self._doors]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Answer no more and give the ports back."""
        for door in self._doors if self._threads else ():
            door.shutdown()
        for thread in self._threads:
            thread.join()
        self._threads = []
        self._close()

    def turn_to(self, *, now: datetime | None = None, later: bool = False) -> None:
        """Show the same world at another moment, on the same ports."""
        self.world = World(self.world.base, self.ports, now=now, later=later)

    def note(self, site: str, method: str, path: str, status: int, conditional: bool) -> None:
        """Write one request down."""
        record = RequestRecord(
            after_s=monotonic() - self._begun_s,
            site=site,
            method=method,
            path=path,
            status=status,
            conditional=conditional,
        )
        self.requests.append(record)

    def __enter__(self) -> "DemoServer":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _close(self) -> None:
        for door in self._doors:
            door.server_close()


class _Door(ThreadingHTTPServer):
    """One site's port."""

    daemon_threads = True
    demo: DemoServer
    site_name: str

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), _Visit)

    def server_bind(self) -> None:
        """Without the look-up of the host's own name, which can ask a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that hangs up in mid-answer (`kill -9`) is none of the server's errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Visit(BaseHTTPRequestHandler):
    """One connection."""

    server: _Door
    server_version = "newscrawl-demo"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = IDLE_TIMEOUT_S
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with the page."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the page's head."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class's name)
        """Nothing on the console: `DemoServer.requests` is the log."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header tells the world's own time."""
        return http_date(self.server.demo.world.now)

    def _answer(self, with_body: bool) -> None:
        parts = urlsplit(self.path)
        demo, site = self.server.demo, self.server.site_name
        answer = demo.world.answer(site, parts.path, dict(parse_qsl(parts.query)))
        known, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        unchanged = answer.is_known_to(known, since)
        status = 304 if unchanged else answer.status
        demo.note(site, self.command, self.path, status, conditional=known is not None or since is not None)
        self._send(answer, status, with_body and not unchanged)

    def _send(self, answer: Answer, status: int, with_body: bool) -> None:
        self.send_response(status)
        for name, value in (*answer.headers, *answer.validators):
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)


def _open_doors(ports: Sequence[int] | None) -> list[_Door]:
    wanted = list(ports) if ports is not None else [site.default_port for site in DEMO_SITES]
    doors: list[_Door] = []
    for demo, port in zip(DEMO_SITES, wanted, strict=True):
        try:
            doors.append(_open_door(port, elsewhere=ports is None))
        except OSError as error:
            for door in doors:
                door.server_close()
            raise PortTaken(f"port {port} of demo site {demo.folder} cannot be opened: {error}") from error
    return doors


def _open_door(port: int, elsewhere: bool) -> _Door:
    try:
        return _Door(port)
    except OSError:
        if not elsewhere:
            raise
        return _Door(0)
