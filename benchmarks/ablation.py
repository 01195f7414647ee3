"""Saved pages and our own fixtures, read with each rule of extraction switched off in turn -> what each rule is good for.

    python -m benchmarks.ablation FOLDER [--pages 0]      # FOLDER holds pages.jsonl.gz

The rules are the members of the tuples below; a rule is off when the tuple is without it. Printed for each: pages and fixtures
that are read differently, and the change of text F1 (authors F1 for places of authors) that the rule brings. A rule that
changes fewer than three pages and no fixture has nothing to do: the exit code is 1.
"""

import argparse
import importlib
import logging
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.extraction_cost import load_pages
from benchmarks.real_pages import plain, text_f1
from newscrawl.extraction import read as reading
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.tree import read_tree
from newscrawl.site import Site

REGISTRIES = (
    ("selection", "RULES"),
    ("boilerplate", "CUTS"),
    ("boilerplate", "SIGNS"),
    ("container", "NARROWINGS"),
    ("container", "LEADS"),
    ("body", "SECOND_OPINIONS"),
    ("page_type", "LOOKS"),
    ("authors", "PLACES"),
    ("titles", "PLACES"),
    ("topics", "TAG_PLACES"),
)
LEAST_PAGES = 3
FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures"


@dataclass(frozen=True, slots=True)
class Rule:
    """One member of a tuple of rules."""

    module: ModuleType
    registry: str
    number: int

    @property
    def name(self) -> str:
        """As the table shows it."""
        rule = getattr(self.module, self.registry)[self.number]
        return f"{self.module.__name__.rsplit('.', 1)[-1]}.{rule.__name__.lstrip('_')}"

    @contextmanager
    def off(self) -> Iterator[None]:
        """The reading without this rule."""
        rules = getattr(self.module, self.registry)
        setattr(self.module, self.registry, (*rules[: self.number], *rules[self.number + 1 :]))
        try:
            yield
        finally:
            setattr(self.module, self.registry, rules)


@dataclass(slots=True)
class Tally:
    """What a rule changed: pages, fixtures, the fields, and the scores of labelled pages with and without it by set."""

    pages: int = 0
    fixtures: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    gains: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def all_rules() -> list[Rule]:
    """Every rule of every registry."""
    modules = [(importlib.import_module(f"newscrawl.extraction.{name}"), registry) for name, registry in REGISTRIES]
    return [Rule(m, registry, i) for m, registry in modules for i in range(len(getattr(m, registry)))]


def fixture_pages() -> list[tuple[Callable[[], Draft], None]]:
    """The saved pages of the tests, each once as its golden reads it, or without a Site where it has none."""
    from tests.extraction.layouts import laid_out_pages
    from tests.goldens import goldens

    known = {g.html for g in goldens()}
    bare = [path.read_bytes() for path in sorted(FIXTURES.glob("pages/*.html"))]
    readings = [_reading(g.html, g.url, g.fetched_at, g.site) for g in goldens()]
    readings += [_reading(html, "https://courier.example/a/") for html in bare if html not in known]
    readings += [_reading(page.html, page.url) for page in laid_out_pages()]
    return [(reading, None) for reading in readings]


def _reading(
    html: str | bytes, url: str, fetched_at: datetime | None = None, site: Site | None = None
) -> Callable[[], Draft]:
    return lambda: reading.read_draft(html, url, fetched_at, site)


def scores(page: dict[str, Any], draft: Draft) -> dict[str, float]:
    """Text F1 and authors F1 of a labelled page."""
    found = {}
    if page.get("text"):
        found[f"text {page['set']}"] = text_f1(page["text"], draft.text)
    if "authors" in page:
        wanted, got = ({plain(a) for a in people or ()} - {""} for people in (page["authors"], draft.authors))
        found["authors"] = 2 * len(wanted & got) / (len(wanted) + len(got)) if wanted or got else 1.0
    return found


def tally(pages: list[dict[str, Any]], rules: list[Rule]) -> dict[Rule, Tally]:
    """Read every page with all rules and without each."""
    tallies = {rule: Tally() for rule in rules}
    readings: list[tuple[Callable[[], Draft], dict[str, Any] | None]] = [
        (_reading(page["html"], page["url"] or "https://example.org/"), page) for page in pages
    ]
    for read, page in [*readings, *fixture_pages()]:
        whole = read()
        before = scores(page, whole) if page else {}
        for rule, found in tallies.items():
            with rule.off():
                draft = read()
            changed = [name for name in Draft.__dataclass_fields__ if getattr(draft, name) != getattr(whole, name)]
            found.pages += bool(changed) and page is not None
            found.fixtures += bool(changed) and page is None
            found.changed.update(changed)
            after = scores(page, draft) if page and changed else before
            for label, score in before.items():
                found.gains[label].append(score - after[label])
    return tallies


def print_table(tallies: dict[Rule, Tally]) -> list[str]:
    """One line a rule; the names of those that do next to nothing."""
    labels = sorted({label for t in tallies.values() for label in t.gains})
    print(f"{'rule':<40}{'pages':>6}{'fixtures':>9}  " + "".join(f"{label[-16:]:>17}" for label in labels))
    idle = []
    for rule, found in tallies.items():
        gains = "".join(f"{statistics.mean(found.gains[label]):>+17.4f}" for label in labels)
        most = ", ".join(name for name, _ in found.changed.most_common(2))
        print(f"{rule.name:<40}{found.pages:>6}{found.fixtures:>9}  {gains}  {most}")
        if found.pages < LEAST_PAGES and not found.fixtures:
            idle.append(rule.name)
    return idle


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=0, help="how many, evenly taken (0: all)")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    reading.read_tree = lru_cache(maxsize=1)(
        read_tree
    )  # no rule changes the parsed page, and each is read some forty times
    idle = print_table(tally(load_pages(args.folder, args.pages), all_rules()))
    for name in idle:
        print(f"IDLE: {name} changes fewer than {LEAST_PAGES} pages and no fixture")
    return int(bool(idle))


if __name__ == "__main__":
    sys.exit(main())
