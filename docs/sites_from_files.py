"""The files under spiders/ -> the Markdown table of sites: what the cog block of sites.md prints."""

import sys
from collections import Counter
from pathlib import Path

from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.site import Site

REPOSITORY = Path(__file__).resolve().parents[1]
NOBODY_YET = "nobody yet"


def sites() -> list[Site]:
    """Every site that has a file, by name."""
    if str(REPOSITORY) not in sys.path:
        sys.path.insert(0, str(REPOSITORY))
    return SiteLoader(Settings({"SPIDER_MODULES": ["spiders"]})).sites()


def sites_table() -> str:
    """One row a site: host and file, languages, zone, sources in order of preference, who last saw it work."""
    head = ["site", "file", "languages", "time zone", "sources", "visited by `run`", "seen to work"]
    rows = [head, ["---"] * len(head), *map(_row, sites())]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def sites_summary() -> str:
    """How many there are, and how many were verified."""
    found = sites()
    verified = sum(site.verified_on is not None for site in found)
    languages = Counter(language for site in found for language in site.languages)
    spoken = ", ".join(f"{language} {count}" for language, count in languages.most_common())
    return f"{len(found)} sites, {verified} of them seen to work on the live site. Languages: {spoken}."


def _row(site: Site) -> list[str]:
    host = site.home.partition("://")[2].rstrip("/")
    return [
        host,
        f"[{site.name}](../spiders/{site.name}.py)",
        ", ".join(site.languages),
        site.timezone or "not known",
        _sources(site) or "none",
        "yes" if site.enabled else "no",
        f"on {site.verified_on}" if site.verified_on else NOBODY_YET,
    ]


def _sources(site: Site) -> str:
    """`feed (ru), 2 listings, sitemap (archive)`: in order, neighbours of one kind together."""
    words: list[str] = []
    for source in site.sources:
        stated = [word for word in (source.language, "archive" if source.archive else None) if word]
        words.append(source.kind + (f" ({', '.join(stated)})" if stated else ""))
    counted = Counter(words)
    return ", ".join(f"{count} x {word}" if count > 1 else word for word, count in counted.items())
