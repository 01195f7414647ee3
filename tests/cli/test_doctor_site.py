"""`newscrawl doctor URL` and `doctor SITE --online`: each bad answer has a word, the next source is tried, a good one is verified."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Child, Project
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import STORIES, feed, listing, news_site

pytestmark = pytest.mark.timeout(300)
QUICK = ("-s", "DOWNLOAD_DELAY=0.01", "-s", "RETRY_TIMES=0", "-s", "NEWSCRAWL_NOW=2024-05-02T12:00:00+00:00")
CHALLENGE = "<html><head><title>Just a moment...</title></head><body><form id='challenge-form'></form></body></html>"
SHELL = '<html><head><title>x</title></head><body><div id="root"></div><script src="/a.js"></script></body></html>'
XML = "application/xml"


def broken_site() -> LocalSite:
    """Whatever can be wrong with a source, and one list that works."""
    site = LocalSite()
    many = "".join(f"<url><loc>{site.origin}/news/{n}-a-b-c</loc></url>" for n in range(60_000))
    good = feed(site.origin, STORIES[:2]).encode()
    named = ("html", "empty", "cut", "many", "401", "foreign", "laughs", "broken-gzip", "moved-away", "challenge")
    robots = "User-agent: *\nDisallow: /kept/\n" + "".join(
        f"Sitemap: {site.origin}/{n}.xml\n" for n in (*named, "kept/x")
    )
    head = f'<link rel="https://api.w.org/" href="{site.origin}/wp-json/"><link rel="alternate" type="application/rss+xml" href="/f.rss">'
    site.pages |= {story.path: Answer(body=story.page) for story in STORIES}
    site.pages |= {
        "/robots.txt": Answer(body=robots, content_type="text/plain"),
        "/": Answer(body=listing(STORIES[:3]).replace("<head>", f"<head>{head}").replace('href="/feed.xml"', 'href="/f.rss"')),
        "/news/": Answer(body=listing(STORIES[3:6], "/news/", dated=True)),
        "/html.xml": Answer(body=listing(())),
        "/empty.xml": Answer(body="", content_type=XML),
        "/cut.xml": Answer(body=f"<urlset><url><loc>{site.origin}/news/1-a-b-c", content_type=XML),
        "/many.xml": Answer(body=f"<urlset>{many}</urlset>", content_type=XML),
        "/401.xml": Answer(status=401),
        "/foreign.xml": Answer(body="<urlset><url><loc>https://o.example/news/1-a-b-c</loc></url></urlset>", content_type=XML),
        "/laughs.xml": Answer(body='<!DOCTYPE x [<!ENTITY a "ha">]><urlset><url><loc>&a;</loc></url></urlset>', content_type=XML),
        "/broken-gzip.xml": Answer(body=gzip.compress(good)[:40], content_type=XML),
        "/moved-away.xml": Answer(status=302, headers=(("Location", "http://169.254.169.254/x.xml"),)),
        "/challenge.xml": Answer(body=CHALLENGE, status=503),
        "/kept/x.xml": Answer(body=good, content_type=XML),
        "/f.rss": Answer(body=good[:-200], content_type=XML),
    }  # fmt: skip
    return site


WORDS = {
    "/html.xml": ("bad_response", "This is no sitemap: the answer is an HTML page"),
    "/empty.xml": ("empty", "empty body"),
    "/cut.xml": ("bad_response", "cut off or broken"),
    "/401.xml": ("blocked", "401"),
    "/foreign.xml": ("empty", "no address that has the form of an article's"),
    "/laughs.xml": ("bad_response", "declares XML entities"),
    "/broken-gzip.xml": ("bad_response", "gzip data is"),
    "/moved-away.xml": ("unsafe", "169.254.169.254"),
    "/challenge.xml": ("challenge", "challenge"),
    "/kept/x.xml": ("robots", "forbids"),
    "/many.xml": ("listing", "Only the first 50000 entries were taken."),
    "/f.rss": ("listing", "cut off or broken"),
    "/news/": ("listing", ""),
    "/wp-json/": ("gone", "404"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, Any]:
    import subprocess
    import sys

    from tests.cli.conftest import child_environment

    folder = tmp_path_factory.mktemp("doctor")
    with broken_site() as site:
        arguments = [
            "doctor",
            site.url("/"),
            "--timezone",
            "Asia/Almaty",
            "--json",
            "--data",
            str(folder / "data"),
            *QUICK,
        ]
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", *arguments],
            cwd=repository, env=child_environment(), capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        assert ended.stdout, ended.stderr
        found = json.loads(ended.stdout)
        found["by_path"] = {s["url"].removeprefix(site.origin): s for s in found["sources"]}
        found["code"] = ended.returncode
        found["left"] = sorted(p.name for p in (folder / "data").iterdir())
    return found


@pytest.mark.parametrize(("path", "expected"), WORDS.items(), ids=WORDS)
def test_each_source_has_its_fate_and_a_sentence(broken: dict[str, Any], path: str, expected: tuple[str, str]) -> None:
    told = broken["by_path"][path]
    assert (told["fate"], expected[1] in told["detail"]) == (expected[0], True), told


def test_the_next_source_is_tried_until_articles_are_found(broken: dict[str, Any]) -> None:
    assert broken["code"] == 0
    assert broken["works"]
    assert broken["by_path"]["/news/"]["works"]
    assert {a["fate"] for a in broken["articles"]} >= {"article"}
    assert "Listing(" in broken["site_file"]


def test_nothing_is_stored(broken: dict[str, Any]) -> None:
    assert broken["left"] == ["locks"]


def test_a_home_behind_a_challenge_is_called_that(child: Child, tmp_path: Path) -> None:
    with LocalSite(everything=Answer(body=CHALLENGE, status=403)) as site:
        ended = child("doctor", site.url("/"), "--data", tmp_path / "data", *QUICK, cwd=tmp_path)
    assert ended.returncode == 1
    assert f"home: {site.url('/')} challenge: the server answered 403; few words" in ended.stdout
    assert "sources that work, the best first: none" in ended.stdout


def test_a_site_that_needs_javascript_is_called_that(child: Child, tmp_path: Path) -> None:
    with LocalSite() as site:
        site.pages |= {story.path: Answer(body=SHELL) for story in STORIES}
        site.pages |= {"/": Answer(body=SHELL), "/rss": Answer(body=feed(site.origin, STORIES), content_type=XML)}
        ended = child("doctor", site.url("/"), "--data", tmp_path / "data", *QUICK, cwd=tmp_path)
    assert ended.returncode == 1
    assert "its articles need JavaScript" in ended.stdout
    assert "/rss (a usual place): 8 articles, 8 dated" in ended.stdout


SITE_FILE = '''"""Vesti."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class Vesti(NewsSpider):
    """Vesti."""

    name = "vesti_example"
    site = Site(
        name="vesti_example",
        home="{origin}/",
        timezone="Asia/Almaty",
        sources=(Feed(url="{origin}/{feed}"),),
        private=True,
    )
'''


@pytest.mark.parametrize(("path", "code"), [("feed.xml", 0), ("no-feed.xml", 1)])
def test_a_site_that_works_is_verified_in_its_file_and_another_is_not(
    project: Project, child: Child, path: str, code: int
) -> None:
    with news_site() as site:
        text = SITE_FILE.replace("{origin}", site.origin).replace("{feed}", path)
        folder = project(vesti_example=text)
        ended = child("doctor", "vesti_example", "--online", "--write", *QUICK, cwd=folder)
    written = (folder / "spiders" / "vesti_example.py").read_text(encoding="utf-8")
    assert ended.returncode == code, ended.stderr
    assert ("verified_on=date(2024, 5, 2)," in written) is (code == 0)
    if code:
        assert written == text
        assert f"not written, since {site.origin}/no-feed.xml does not work" in ended.stderr


WRONG = [
    (["vlast_kz"], "only --online can tell"),
    (["no_such_site", "--online"], "there is no site 'no_such_site'"),
    (["web", "--online"], "has no site of its own"),
    (["https://vesti.example/", "--write"], "--write belongs to SITE --online"),
    (["--write"], "are about a site"),
    (["ftp://vesti.example/"], "no http or https address"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_wrong_use_is_told_in_words(child: Child, repository: Path, arguments: list[str], words: str) -> None:
    ended = child("doctor", *arguments, cwd=repository)
    assert ended.returncode == 2, ended.stdout
    assert words in " ".join(ended.stderr.split())
