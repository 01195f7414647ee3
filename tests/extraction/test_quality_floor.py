"""How well our own pages are read may only get better: the floor stands in quality_floor.json."""

import json
from pathlib import Path

import pytest

from tests.extraction.quality import f1, measure

FLOOR = Path(__file__).with_name("quality_floor.json")
UNSAID_GAIN = 0.002  # a better figure must be written down, else a later loss of as much goes unseen


def broken_floor(floor: dict[str, float], measured: dict[str, float]) -> list[str]:
    """What is below the floor, and what is above it without the floor having been raised."""
    lines = []
    for name in sorted({*floor, *measured}):
        least, is_now = floor.get(name, -1.0), measured.get(name, -1.0)
        if is_now < least:
            lines.append(f"{name} fell from {least} to {is_now}")
        elif is_now > least + UNSAID_GAIN:
            lines.append(f"{name} rose from {least} to {is_now}: raise it in {FLOOR.name}")
    return lines


def test_figures_are_at_the_floor() -> None:
    assert not broken_floor(json.loads(FLOOR.read_text(encoding="utf-8")), measure())


@pytest.mark.parametrize(
    ("measured", "is_red"),
    [
        ({"text": 0.95}, False),
        ({"text": 0.951}, False),
        ({"text": 0.949}, True),
        ({"text": 0.96}, True),
        ({}, True),
        ({"text": 0.95, "new": 0.5}, True),
    ],
)
def test_floor_only_rises(measured: dict[str, float], is_red: bool) -> None:
    assert bool(broken_floor({"text": 0.95}, measured)) is is_red


def test_f1_counts_what_is_common() -> None:
    assert f1([], []) == 1.0
    assert f1(["a", "b"], ["a"]) == pytest.approx(2 / 3)
    assert f1(["a"], []) == 0.0
