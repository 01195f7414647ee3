"""Every page under `tests/fixtures/<site>/` is read as the file beside it says.

A golden is `<page>.json`: url, fetched_at, why, the expected fields of `article`, and where they are needed `site` (the
arguments of a `Site`), `evidence` (of `DateEvidence`) and `html` (another golden's page).
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article import DateEvidence
from newscrawl.extraction.read import extract
from newscrawl.site import Override, Site

FIXTURES = Path(__file__).parents[1] / "fixtures"


def goldens() -> list[Path]:
    return [path for path in sorted(FIXTURES.glob("*/*.json")) if "article" in json.loads(path.read_text())]


def site_of(stated: dict[str, Any] | None) -> Site | None:
    if stated is None:
        return None
    lists = {key: tuple(value) for key, value in stated.items() if isinstance(value, list) and key != "overrides"}
    overrides = tuple(Override(**{**o, "drop": tuple(o.get("drop", ()))}) for o in stated.get("overrides", ()))
    return Site(**{**stated, **lists, "overrides": overrides})


@pytest.mark.parametrize("path", goldens(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page_is_read_as_its_golden_says(path: Path) -> None:
    golden = json.loads(path.read_text())
    page = path.with_name(golden.get("html", path.stem + ".html")).read_bytes()
    fetched_at = datetime.fromisoformat(golden["fetched_at"]) if golden.get("fetched_at") else None
    evidence = [DateEvidence(**piece) for piece in golden.get("evidence", ())]
    article = extract(page, golden["url"], fetched_at, site_of(golden.get("site")), evidence)
    record = article.to_record()
    assert {field: record[field] for field in golden["article"]} == golden["article"], golden["why"]


def test_there_are_goldens() -> None:
    assert len(goldens()) >= 2
