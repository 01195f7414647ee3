"""Every question of the documentation reads an index, also when the tables are full."""

import re
from pathlib import Path

import pytest

from newscrawl.store.frontier import set_fate
from tests.store.conftest import Opened
from tests.store.samples import after, article, store

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUERIES = BLOCK.findall((DOCS / "schema.md").read_text(encoding="utf-8"))
# A scan along an index in its order ends at the LIMIT; one of what json_each or the full-text index answers is no table.
INDEXED = re.compile(r"SCAN \S+ (?:USING|VIRTUAL TABLE)|SEARCH ")


@pytest.mark.parametrize(
    "query", QUERIES, ids=[query.split("FROM")[1].split()[0] + str(n) for n, query in enumerate(QUERIES)]
)
def test_a_documented_question_reads_no_whole_table(db: Opened, query: str) -> None:
    with db.writing():
        for number in range(40):
            url = f"https://vesti.example/{number}"
            fate = store(db.connection, article(url=url, text=f"Текст {number}."), after(hours=number))
            set_fate(db.connection, url, fate, after(hours=number), site="tengrinews_kz")
        db.connection.execute("ANALYZE")
    steps = [str(row[3]) for row in db.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    reading = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    inner = [step for step in reading if not re.fullmatch(r"SCAN (?:recent|edits|gone|fates|coverage)", step)]
    assert inner
    assert [step for step in inner if not INDEXED.match(step)] == []


def test_there_are_questions() -> None:
    assert len(QUERIES) >= 12
