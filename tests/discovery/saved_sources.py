"""A saved source and its `.expected.json` -> what its reader made of it, in the same form."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.listings import read_listing
from newscrawl.discovery.sitemaps import read_sitemap
from newscrawl.discovery.wordpress import read_posts
from newscrawl.page import Discovery
from newscrawl.site import DayPages, Listing, Site

SOURCES = Path(__file__).parents[1] / "fixtures" / "sources"


def expectations() -> list[Path]:
    return sorted(SOURCES.glob("*.expected.json"))


def read_saved(expectation: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what was expected, what was read)."""
    case = json.loads(expectation.read_text(encoding="utf-8"))
    body = (SOURCES / case["file"]).read_bytes()
    return case["expected"], as_record(_read(case["reader"], body, case["url"], case.get("options", {})))


def _read(reader: str, body: bytes, url: str, options: dict[str, Any]) -> Discovery:
    if reader == "feed":
        return read_feed(body, url, **options)
    if reader == "sitemap":
        days = {name: date.fromisoformat(options[name]) for name in ("since", "until") if name in options}
        return read_sitemap(body, url, **{**options, **days})
    if reader == "wordpress":
        return read_posts(body, url, options["headers"])
    kind = {"listing": Listing, "day-page": DayPages}[reader]
    return read_listing(body, url, kind(**options["source"]), Site(**options["site"]), options.get("page", 1))


def as_record(found: Discovery) -> dict[str, Any]:
    """A discovery as JSON would give it back, without what is empty."""
    record = _without_empty(asdict(found))
    for candidate in record.get("candidates", []):
        del candidate["found_in"], candidate["kind"]
    return json.loads(json.dumps(record))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in (None, (), [], "")}
    if isinstance(value, (list, tuple)):
        return [_without_empty(inner) for inner in value]
    return value
