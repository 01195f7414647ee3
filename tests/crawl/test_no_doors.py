"""A crawl listens on no port, so that nobody on its machine can talk to it, and keeps no cookie."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, command, environment
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, TIMEZONE, news_site

pytestmark = pytest.mark.timeout(120)
LISTENING = "0A"  # of the states in /proc/net/tcp


def listening_sockets(process: int) -> list[str]:
    """The local addresses, in hexadecimal, on which the process waits for connections."""
    links = (os.readlink(link) for link in Path(f"/proc/{process}/fd").iterdir() if link.is_symlink())
    own = {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}
    lines = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()]
    return [fields[1] for fields in lines if fields[3] == LISTENING and fields[9] in own]


class Cookies(LocalSite):
    """Sets a cookie with every answer, and notes what it is sent of them."""

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        """As the site's, with a cookie."""
        COOKIES.append(headers.get("Cookie"))
        told = super().answer(path, headers)
        return Answer(body=told.body, content_type=told.content_type, headers=(("Set-Cookie", "visitor=7; Path=/"),))


COOKIES: list[str | None] = []


def test_the_sockets_of_a_process_that_listens_are_seen() -> None:
    with LocalSite() as site:
        port = f"{int(site.origin.rpartition(':')[2]):04X}"
        assert any(address.endswith(f":{port}") for address in listening_sockets(os.getpid()))


def test_a_crawl_listens_on_no_port_and_sends_no_cookie_back(tmp_path: Path) -> None:
    with news_site() as plain, Cookies() as site:
        site.pages |= {path: answer for path, answer in plain.pages.items() if path != "/feed.xml"}
        found: list[list[str]] = []
        given = ("-a", f"url={site.url('/')}", "-a", f"timezone={TIMEZONE}")
        with subprocess.Popen(command(tmp_path / "data", *given), cwd=REPOSITORY, env=environment()) as crawling:
            site.pages[STORIES[0].path] = looks_at(crawling.pid, found)
            crawling.communicate(timeout=LIMIT_S)
    assert found
    assert found[0] == []
    assert len(COOKIES) > len(STORIES)
    assert set(COOKIES) == {None}


def looks_at(process: int, found: list[list[str]]) -> Callable[[int], Answer]:
    """An answer that notes, when it is asked for, on what the process listens."""

    def answer(_: int) -> Answer:
        found.append(listening_sockets(process))
        return Answer(body=STORIES[0].page)

    return answer
