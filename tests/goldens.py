"""Saved pages of our own making and what is to be read off them: tests/fixtures/<site>/<page>.json beside <page>.html.

A golden is JSON: url, fetched_at, why, the expected fields of `article`, and where they are needed `site` (the name of a site
file, or the arguments of a `Site`), `evidence` (of `DateEvidence`) and `html` (another golden's page).
"""

import importlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from newscrawl.article import DateEvidence
from newscrawl.site import Override, Site

FIXTURES = Path(__file__).with_name("fixtures")


@dataclass(frozen=True, kw_only=True)
class Golden:
    """One golden; `article` holds the fields that it asserts, as an article's record has them."""

    name: str
    url: str
    html: bytes
    fetched_at: datetime | None
    why: str
    site: Site | None
    evidence: tuple[DateEvidence, ...]
    article: dict[str, Any]


@cache
def goldens() -> tuple[Golden, ...]:
    """All of them, by name."""
    paths = sorted(FIXTURES.glob("*/*.json"))
    said = {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    return tuple(_golden(path, golden) for path, golden in said.items() if "article" in golden)


def _golden(path: Path, said: dict[str, Any]) -> Golden:
    return Golden(
        name=f"{path.parent.name}/{path.stem}",
        url=said["url"],
        html=path.with_name(said.get("html", path.stem + ".html")).read_bytes(),
        fetched_at=datetime.fromisoformat(said["fetched_at"]) if said.get("fetched_at") else None,
        why=said["why"],
        site=_site(said.get("site")),
        evidence=tuple(DateEvidence(**piece) for piece in said.get("evidence", ())),
        article=said["article"],
    )


def _site(said: dict[str, Any] | str | None) -> Site | None:
    if said is None:
        return None
    if isinstance(said, str):
        return next(
            spider.site
            for spider in vars(importlib.import_module(f"spiders.{said}")).values()
            if getattr(spider, "name", None) == said
        )
    lists = {key: tuple(value) for key, value in said.items() if isinstance(value, list) and key != "overrides"}
    overrides = tuple(Override(**{**o, "drop": tuple(o.get("drop", ()))}) for o in said.get("overrides", ()))
    return Site(**{**said, **lists, "overrides": overrides})
