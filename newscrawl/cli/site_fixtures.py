"""A survey -> the saved pages and sources that tests of the new site's file run on, in the form that tests/fixtures has."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy.http import Response

from newscrawl.article import DateEvidence
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.listed import sort_candidates
from newscrawl.crawl.probe import Answered
from newscrawl.crawl.sources import SourcePage, read_source
from newscrawl.crawl.survey import Survey
from newscrawl.extraction.encoding import decode_page
from newscrawl.extraction.read import extract
from newscrawl.page import Candidate, Page
from newscrawl.site import DayPages, Listing, Site, WordPress

MOST_SOURCES = 3
LARGEST_SOURCE_BYTES = 400_000
MOST_ADDRESSES = 10
ASSERTED = ("title", "text", "published", "published_day", "published_source", "language")
GZIP_MAGIC = b"\x1f\x8b"


def fixture_files(survey: Survey, site: Site) -> dict[str, bytes]:
    """Path below tests/fixtures/<site>/ -> content: pages with their goldens, sources with their candidates, addresses."""
    files: dict[str, bytes] = {}
    told: dict[str, tuple[DateEvidence, ...]] = {}
    for number, (place, answered) in enumerate(_sources_to_save(survey, site)):
        case = _source_case(place, answered, site)
        if case is None:
            continue
        said, candidates, body = case
        stem = f"{place.source.kind}-{number + 1}"
        suffix = ".txt" if isinstance(place.source, WordPress) else ".html" if _is_html(place) else ".xml"
        said |= {"file": stem + suffix} if suffix == ".txt" else {}
        files |= {f"sources/{stem}{suffix}": body, f"sources/{stem}.json": _json(said)}
        for candidate in candidates:
            told.setdefault(candidate.url, candidate.evidence)
    for number, page in enumerate(survey.pages.values()):
        stem = f"{_slug(page.url)}-{number + 1}"
        body = _self_evident(page)
        golden = _golden(page, body, site, told.get(page.url, ()))
        files |= {f"{stem}.html": body, f"{stem}.json": _json(golden)}
    if site.article_url:
        files["addresses.json"] = _json(_addresses(survey, site))
    return files


def _sources_to_save(survey: Survey, site: Site) -> Iterator[tuple[SourcePage, Answered]]:
    """The answers of the sources that the file names, small ones, at most a few."""
    by_url = {source.url: source for source in site.sources}
    saved = 0
    for place, answered in survey.answers.values():
        source = by_url.get(place.source.url)
        if source and answered.response is not None and len(answered.response.body) <= LARGEST_SOURCE_BYTES:
            yield SourcePage(source=source, url=place.url, page=place.page), answered
            saved += 1
        if saved == MOST_SOURCES:
            return


def _source_case(
    place: SourcePage, answered: Answered, site: Site
) -> tuple[dict[str, Any], list[Candidate], bytes] | None:
    """(what the source is known to say, its candidates, its bytes); None for one that cannot be read without its headers."""
    assert answered.response is not None
    assert answered.page is not None
    body, now = answered.response.body, answered.page.fetched_at
    found = read_source(Response(place.url, body=body), place, site, CrawlArguments())
    if found.problem:
        return None
    listed = sort_candidates(found.candidates, site, CrawlArguments(), now)
    said: dict[str, Any] = {
        "why": "What the source sent when the site was added",
        "source": place.source.url,
        "url": place.url,
        "fetched_at": now.isoformat(),
        "page": place.page,
        "wanted": [_record(candidate) for candidate in listed.wanted],
        "refused": {candidate.url: str(fate) for candidate, fate, _ in listed.refused},
        "more": list(found.more),
    }
    packed = place.url.endswith(".gz") and body.startswith(GZIP_MAGIC)
    return said, listed.wanted, gzip.decompress(body) if packed else body


def _golden(page: Page, body: bytes, site: Site, evidence: tuple[DateEvidence, ...]) -> dict[str, Any]:
    record = extract(body, page.url, page.fetched_at, site, evidence).to_record()
    said: dict[str, Any] = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(),
        "why": "As the page was when the site was added, and as it was read then: look whether it was read right",
        "site": site.name,
    }
    if evidence:
        said["evidence"] = [_plain(asdict(piece)) for piece in evidence]
    return said | {"article": {name: record[name] for name in ASSERTED}}


def _addresses(survey: Survey, site: Site) -> dict[str, list[str]]:
    """Addresses that were seen: articles, and others that are none."""
    articles = [url for url in survey.candidates if site.owns(url) and site.is_article_url(url)]
    others = dict.fromkeys([site.home, *(finding.source.url for finding in survey.findings)])
    return {
        "articles": articles[:MOST_ADDRESSES],
        "no_articles": [url for url in others if site.is_article_url(url) is False][:MOST_ADDRESSES],
    }


def _record(candidate: Candidate) -> dict[str, Any]:
    stated = {"url": candidate.url, "title": candidate.title, "language": candidate.language}
    return _plain({**stated, "evidence": [_plain(asdict(piece)) for piece in candidate.evidence]})


def _plain(stated: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty, and without the role that is usual."""
    return {key: value for key, value in stated.items() if value and (key, value) != ("role", "published")}


def _self_evident(page: Page) -> bytes:
    """The page's bytes; in UTF-8 with its mark where only the header told the character set, since a file has no header."""
    text = decode_page(page.body, page.header("Content-Type"))
    return page.body if decode_page(page.body) == text else ("\ufeff" + text).encode("utf-8", "replace")


def _is_html(place: SourcePage) -> bool:
    return isinstance(place.source, Listing | DayPages)


def _slug(url: str) -> str:
    """A file's name from an address: letters, digits and hyphens of its last part."""
    last = [part for part in unquote(urlsplit(url).path).split("/") if part][-1:] or ["page"]
    return re.sub(r"[^a-z0-9]+", "-", last[0].lower()).strip("-")[:60].strip("-") or "page"


def _json(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
