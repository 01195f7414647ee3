"""Pages by address -> a proxy on loopback that answers for their hosts: HTTP, and HTTPS through CONNECT.

TLS runs under a certificate authority of its own; whoever trusts `ca_file` (SSL_CERT_FILE) sees valid certificates. So a
crawl of real sites can be tried with certificates verified and without a network.
"""

import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Answer:
    """What the world says at an address."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived: `at` in seconds of the monotonic clock."""

    at: float
    url: str
    status: int
    headers: dict[str, str]


@dataclass(slots=True)
class World:
    """answers: by whole address; asked: the log."""

    answers: dict[str, Answer]
    asked: list[Asked] = field(default_factory=list)

    def answer(self, url: str, headers: dict[str, str]) -> Answer:
        """The answer to a request, which is logged; 404 for what is not there."""
        found = self.answers.get(url, Answer(b"not found", "text/plain", 404))
        self.asked.append(Asked(time.monotonic(), url, found.status, headers))
        return found


class Authority:
    """A certificate authority in a folder, with a certificate for each host on demand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "newscrawl benchmark authority")])
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        own = self._certificate(self._name, self._key.public_key(), x509.BasicConstraints(ca=True, path_length=0), None)
        self.ca_file = folder / "authority.pem"
        self.ca_file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def context_for(self, host: str) -> ssl.SSLContext:
        """A server's TLS context for the host."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._make_context(host)
            return self._contexts[host]

    def _make_context(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certificate(name, key.public_key(), x509.BasicConstraints(ca=False, path_length=None), host)
        file = self._folder / f"{host}.pem"
        plain = serialization.NoEncryption()
        file.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, name: x509.Name, key: ec.EllipticCurvePublicKey, constraints: x509.BasicConstraints, host: str | None
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=7))
            .add_extension(constraints, critical=True)
        )
        if host:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


class ProxyServer(socketserver.ThreadingTCPServer):
    """The proxy. `url` is what http_proxy and https_proxy are set to."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, world: World, authority: Authority) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.world = world
        self.authority = authority

    @property
    def url(self) -> str:
        """The proxy's own address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "ProxyServer":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed in the middle of an answer is what some checks are about."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ProxyServer
    tunnel = ""

    def do_CONNECT(self) -> None:
        """Become the host that was asked for."""
        host = self.path.rpartition(":")[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self.connection = self.server.authority.context_for(host).wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]  # noqa: SLF001
        self.tunnel = f"https://{host}"
        self.close_connection = False

    def do_GET(self) -> None:
        """Answer for the address, with 304 where the client has it already."""
        url = self.path if urlsplit(self.path).scheme else self.tunnel + self.path
        answer = self.server.world.answer(url, dict(self.headers.items()))
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """The world keeps its own log."""
