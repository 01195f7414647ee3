"""Every page under tests/fixtures/<site>/ is read as the golden beside it says."""

import pytest

from newscrawl.extraction.read import extract
from tests.goldens import Golden, goldens


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_page_is_read_as_its_golden_says(golden: Golden) -> None:
    record = extract(golden.html, golden.url, golden.fetched_at, golden.site, golden.evidence).to_record()
    assert {field: record[field] for field in golden.article} == golden.article, golden.why


def test_there_are_goldens() -> None:
    assert len(goldens()) >= 2
