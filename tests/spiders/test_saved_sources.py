"""Every site has saved pages and saved sources, and its own sources read them as the cases say.

A saved source is tests/fixtures/<site>/sources/<name>.json beside an .xml or .html file: `source` is the address of one of
the site's own sources, `url` where the answer came from, `wanted` its candidates in order, `refused` the others and their
fates, `more` what continues it.
"""

import gzip
import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.listed import sort_candidates
from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.sources import SourcePage, read_source
from newscrawl.page import Candidate
from newscrawl.site import Site
from tests.goldens import FIXTURES, Golden, goldens

SOURCES = sorted(FIXTURES.glob("*/sources/*.json"))


@pytest.fixture(scope="module")
def sites() -> dict[str, Site]:
    return {site.name: site for site in SiteLoader(Settings({"SPIDER_MODULES": ["spiders"]})).sites()}


def goldens_of(site: Site) -> list[Golden]:
    return [golden for golden in goldens() if golden.site == site]


def test_every_site_has_a_saved_page_and_a_saved_source(sites: dict[str, Site]) -> None:
    assert [name for name, site in sites.items() if not goldens_of(site)] == []
    assert {path.parents[1].name for path in SOURCES} == {name for name, site in sites.items() if site.sources}


def test_a_saved_page_has_an_articles_address(sites: dict[str, Site]) -> None:
    pages = [(site, golden) for site in sites.values() for golden in goldens_of(site)]
    assert [g.name for site, g in pages if not site.owns(g.url)] == []
    assert [g.name for site, g in pages if not site.is_article_url(g.url) and site.article_url] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_a_saved_source_gives_its_candidates(sites: dict[str, Site], path: Path) -> None:
    case, site = json.loads(path.read_text(encoding="utf-8")), sites[path.parents[1].name]
    arguments = CrawlArguments(since=day(case, "since"), until=day(case, "until"))
    [source] = [source for source in site.sources if source.url == case["source"]]
    url = case.get("url", source.url)
    answer = Response(url, body=saved_body(path, case, url))
    found = read_source(answer, SourcePage(source=source, url=url, page=case.get("page", 1)), site, arguments)
    listed = sort_candidates(found.candidates, site, arguments, datetime.fromisoformat(case["fetched_at"]))
    assert found.problem is None
    assert [record(candidate) for candidate in listed.wanted] == case["wanted"], case["why"]
    assert {c.url: str(fate) for c, fate, _ in listed.refused} == case.get("refused", {}), case["why"]
    assert list(found.more) == case.get("more", []), case["why"]


def test_a_golden_says_of_its_source_what_the_saved_source_says(sites: dict[str, Site]) -> None:
    said: dict[str, list[Any]] = {}
    for path in SOURCES:
        for wanted in json.loads(path.read_text(encoding="utf-8"))["wanted"]:
            said.setdefault(wanted["url"], []).append(wanted.get("evidence", []))
    told = [golden for site in sites.values() for golden in goldens_of(site) if golden.evidence]
    assert [g.name for g in told if [plain(asdict(e)) for e in g.evidence] not in said[g.url]] == []
    assert {golden.site.name for golden in told if golden.site} >= {"exclusive_kz", "rus_azattyq_org"}


def day(case: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(case[name]) if name in case else None


def saved_body(path: Path, case: dict[str, Any], url: str) -> bytes:
    """The file beside the case, packed where the source is."""
    beside = [path.with_name(case["file"])] if "file" in case else [path.with_suffix(s) for s in (".xml", ".html")]
    body = next(file for file in beside if file.exists()).read_bytes()
    return gzip.compress(body, mtime=0) if url.endswith(".gz") else body


def record(candidate: Candidate) -> dict[str, Any]:
    """A candidate as the cases write it: what says nothing is left out."""
    stated = {"url": candidate.url, "title": candidate.title, "language": candidate.language}
    return plain({**stated, "evidence": [plain(asdict(piece)) for piece in candidate.evidence]})


def plain(stated: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty, and without the role that is usual."""
    return {key: value for key, value in stated.items() if value and (key, value) != ("role", "published")}
