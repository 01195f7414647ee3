"""Every saved source gives exactly what stands beside it."""

import pytest

from tests.discovery.saved_sources import expectations, read_saved


@pytest.mark.parametrize("expectation", expectations(), ids=lambda path: path.name.partition(".")[0])
def test_saved_source_gives_its_candidates(expectation):
    expected, found = read_saved(expectation)

    assert found == expected
