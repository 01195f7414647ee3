"""A server whose certificate nobody vouches for is not asked for anything."""

import subprocess
from pathlib import Path

import pytest

from benchmarks.proxy_world import Authority
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, command, environment
from tests.crawl.local_site import Answer, LocalSite

pytestmark = pytest.mark.timeout(120)


def crawl_over_tls(site: LocalSite, data: Path, **more: str) -> Crawled:
    """Crawl `https://localhost:PORT/`; more: of the environment."""
    address = site.origin.replace("http://127.0.0.1", "https://localhost")
    ended = subprocess.run(
        command(data, "-a", f"url={address}/", "-s", "RETRY_TIMES=0"),
        cwd=REPOSITORY, env={**environment(), **more}, capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    return Crawled(exit_code=ended.returncode, lines=ended.stderr, data=data)


@pytest.mark.parametrize("trusted", [True, False])
def test_only_a_server_with_a_valid_certificate_is_asked(tmp_path: Path, trusted: bool) -> None:
    authority = Authority(tmp_path)
    site = LocalSite(everything=Answer(body="<p>x</p>"))
    listening = site._server
    listening.socket = authority.context_for("localhost").wrap_socket(listening.socket, server_side=True)
    with site:
        ended = crawl_over_tls(
            site, tmp_path / "data", **({"SSL_CERT_FILE": str(authority.ca_file)} if trusted else {})
        )
    assert bool(site.requests) is trusted
    if not trusted:
        assert ended.exit_code == 4
        assert ": down: " in ended.lines
        assert "certificate" in ended.lines
