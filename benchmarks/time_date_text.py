"""How long parse_date() takes: microseconds a string over the tests' own tables, own patterns and junk apart.

python benchmarks/time_date_text.py
"""

import timeit
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.extraction.date_reading import read_text
from newscrawl.extraction.date_text import parse_date

TABLES = Path(__file__).parents[1] / "tests" / "extraction" / "written_dates"
FETCHED_AT = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
ROUNDS, CALLS = 7, 20


def main() -> None:
    """One line a table: the best of some rounds, so that a busy machine does not speak."""
    for table in sorted(TABLES.glob("*.txt")):
        lines = table.read_text(encoding="utf8").splitlines()
        zone = lines[0].removeprefix("zone ")
        dates = [line.partition(" => ")[0] for line in lines if " => " in line]
        dates = [text for text in dates if read_text(text)]  # the others are the second opinion's
        junk = [line for line in lines[1:] if line and " => " not in line]
        figures = []
        for texts, call in ((dates, lambda text, zone=zone: parse_date(text, FETCHED_AT, zone)), (junk, read_text)):
            best = min(timeit.repeat(lambda t=texts, c=call: [c(text) for text in t], number=CALLS, repeat=ROUNDS))
            figures.append(1e6 * best / CALLS / len(texts))
        print(f"{table.stem:<12} {len(dates):>3} dates {figures[0]:5.1f} us   {len(junk):>3} junk {figures[1]:5.1f} us")


if __name__ == "__main__":
    main()
