"""`newscrawl doctor --online`: each enabled site is asked for its robots.txt once, and is told in a finding."""

import json
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from newscrawl.crawl.locks import site_lock
from tests.cli.conftest import Child, Project
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW

pytestmark = pytest.mark.timeout(200)
QUICK = ("-s", f"NEWSCRAWL_NOW={NOW}", "-s", "DOWNLOAD_DELAY=0.01", "--json")
SITE_FILE = '''"""Vesti."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Site


class Vesti(NewsSpider):
    """Vesti."""

    name = "{name}"
    site = Site(
        name="{name}",
        home="{origin}/",
        sources=(Feed(url="{origin}/feed.xml"), Listing(url="{origin}/news/")),
        private=True,
        delay_s=0.01,
        enabled={enabled},
    )
'''


def robots(text: str = "", status: int = 200) -> LocalSite:
    site = LocalSite()
    site.pages["/robots.txt"] = Answer(body=text, status=status, content_type="text/plain")
    return site


# The site -> (what it answers, level, what is said).
SITES = {
    "allows": (robots("User-agent: *\nDisallow: /admin/\n"), "ok", "answers; robots.txt allows its sources"),
    "slow": (robots("User-agent: *\nCrawl-delay: 20\n"), "ok", "asks for 20 s between requests"),
    "has_none": (robots("", 404), "ok", "answers; no robots.txt (the server answered 404)"),
    "forbids_all": (robots("User-agent: *\nDisallow: /\n"), "fault", "forbids 2 of its 2 sources here"),
    "forbids_one": (robots("User-agent: newscrawl\nDisallow: /news/\n"), "advice", "forbids 1 of its 2 sources here"),
    "refuses": (robots("", 403), "advice", "the server answered 403: no rules, but perhaps this machine is refused"),
    "in_trouble": (robots("", 500), "fault", "robots.txt answered 500"),
    "asleep": (robots(), "ok", ""),
    "busy": (robots(), "ok", "not asked: a crawl of busy is under way already"),
}


def closed_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def test_each_site_is_told_in_a_finding(project: Project, child: Child, tmp_path: Path) -> None:
    texts = {
        name: SITE_FILE.format(name=name, origin=site.origin, enabled=name != "asleep")
        for name, (site, _, _) in SITES.items()
    }
    gone = f"http://127.0.0.1:{closed_port()}"
    folder = project(**texts, is_gone=SITE_FILE.format(name="is_gone", origin=gone, enabled=True))
    data = tmp_path / "data"
    data.mkdir()
    with ExitStack() as open_sites:
        for site, _, _ in SITES.values():
            open_sites.enter_context(site)
        open_sites.enter_context(site_lock(data, "busy"))
        ended = child("doctor", "--online", "--data", data, *QUICK, cwd=folder)
    assert ended.stdout, ended.stderr
    told = {f["what"].removeprefix("site "): f for f in json.loads(ended.stdout) if f["what"].startswith("site ")}
    assert ended.returncode == 1, "there are faults"
    assert told["is_gone"]["level"] == "fault"
    assert f"{gone}/robots.txt cannot be had (connect_error: the connection was refused" in told["is_gone"]["said"]
    for name, (site, level, said) in SITES.items():
        if name == "asleep":
            assert name not in told
            continue
        assert (told[name]["level"], said in told[name]["said"]) == (level, True), told[name]
        assert set(site.paths()) <= {"/robots.txt"}
        assert len(site.paths()) == (0 if name == "busy" else 2 if name == "in_trouble" else 1), name


def test_a_machine_without_a_network_is_one_fault(project: Project, child: Child, tmp_path: Path) -> None:
    origins = {name: f"http://127.0.0.1:{closed_port()}" for name in ("first", "second")}
    folder = project(**{n: SITE_FILE.format(name=n, origin=o, enabled=True) for n, o in origins.items()})
    ended = child("doctor", "--online", "--data", tmp_path / "none", *QUICK, cwd=folder)
    told = json.loads(ended.stdout)
    assert [f["said"][:39] for f in told if f["what"] == "network"] == ["none of 2 sites can be reached, first f"]
    assert not [f for f in told if f["what"] in {"site first", "site second"}]
    assert not (tmp_path / "none").exists(), "nothing is kept"
