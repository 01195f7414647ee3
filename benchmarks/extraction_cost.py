"""Saved pages, `extract()` and trafilatura on each in turn in one process -> the ratio of their CPU, and where ours goes.

    python -m benchmarks.extraction_cost FOLDER [--pages 200]      # FOLDER holds pages.jsonl.gz: one {"html", "url"} a line

Both read every page five times, one after the other; the figure is the ratio of the medians of five. Exits 1 above the bar.
"""

import argparse
import gzip
import json
import logging
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newscrawl.extraction import read

ROUNDS = 5
BAR = 0.85
STEPS = {
    "read_tree": "tree",
    "read_metadata": "metadata",
    "read_body": "body",
    "identify_page_type": "page type",
    "find_date_evidence": "dates, found",
    "choose_dates": "dates, chosen",
    "identify_draft_language": "language",
}

Reader = Callable[[str, str], object]


def load_pages(folder: Path, most: int) -> list[dict[str, Any]]:
    """The folder's pages, evenly taken from all of its sets."""
    with gzip.open(folder / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    return pages[:: max(1, len(pages) // most)] if most else pages


def read_with_newscrawl(html: str, url: str) -> object:
    """The whole way: text, metadata, dates and language."""
    return read.extract(html, url)


def read_with_trafilatura(html: str, url: str) -> object:
    """The same fields but for the language, as its users ask for them."""
    from trafilatura import bare_extraction

    return bare_extraction(html, url=url, with_metadata=True)


def cpu_seconds(reader: Reader, html: str, url: str) -> float:
    """The process's CPU time of one reading."""
    started = time.process_time()
    reader(html, url)
    return time.process_time() - started


def compare(pages: list[dict[str, Any]]) -> float:
    """Print both systems' milliseconds a page; the ratio."""
    readers = (read_with_newscrawl, read_with_trafilatura)
    for page in pages[:: max(1, len(pages) // 10)]:  # models, patterns and caches are loaded once a process
        for reader in readers:
            reader(page["html"], page["url"] or "https://example.org/")
    totals: dict[Reader, list[float]] = {reader: [0.0] * ROUNDS for reader in readers}
    for round_ in range(ROUNDS):
        for page in pages:
            for reader in readers:
                totals[reader][round_] += cpu_seconds(reader, page["html"], page["url"] or "https://example.org/")
    ours, theirs = (statistics.median(totals[reader]) for reader in readers)
    print(f"newscrawl   {1000 * ours / len(pages):6.2f} ms a page (median of {ROUNDS})")
    print(f"trafilatura {1000 * theirs / len(pages):6.2f} ms a page")
    print(f"ratio       {ours / theirs:6.3f}")
    return ours / theirs


def print_steps(pages: list[dict[str, Any]]) -> None:
    """Print how the time of `extract()` is divided among its steps."""
    spent: dict[str, float] = defaultdict(float)
    originals = {name: getattr(read, name) for name in STEPS}

    def timed(name: str) -> Callable[..., Any]:
        def step(*given: Any) -> Any:
            started = time.process_time()
            try:
                return originals[name](*given)
            finally:
                spent[name] += time.process_time() - started

        return step

    for name in STEPS:
        setattr(read, name, timed(name))
    try:
        whole = sum(cpu_seconds(read_with_newscrawl, p["html"], p["url"] or "https://example.org/") for p in pages)
    finally:
        for name, step in originals.items():
            setattr(read, name, step)
    for name, label in STEPS.items():
        print(f"  {label:<14}{1000 * spent[name] / len(pages):6.2f} ms {100 * spent[name] / whole:5.1f} %")


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=200, help="how many, evenly taken (0: all)")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = load_pages(args.folder, args.pages)
    print(f"{len(pages)} pages")
    ratio = compare(pages)
    print_steps(pages)
    if ratio > BAR:
        print(f"MISSED: the ratio is above {BAR}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main())
