"""What `why` says of the time to come agrees with what the store does."""

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.cli.what_next import NEXT_VISIT, NOTHING, next_for_fate, next_for_row
from newscrawl.page import OPEN_FATES, Fate
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.frontier import add_candidates, set_fate
from tests.store.samples import NOON, SITE, URL, candidate


def row(fate: Fate, **fields: str | None) -> dict[str, str | None]:
    return {"fate": fate, "kind": "article", "due_at": None, "tries": "5", **fields}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (row(Fate.QUEUED), NEXT_VISIT),
        (row(Fate.QUEUED, due_at="2024-05-02T14:00:00+00:00"), f"{NEXT_VISIT} from 2024-05-02T14:00:00+00:00 on"),
        (row(Fate.FETCHING, due_at="2024-05-02T12:00:00+00:00"), NEXT_VISIT),
        (row(Fate.FOUND, kind="source"), "it is asked in each visit"),
        (row(Fate.GONE, kind="source"), "it is asked in each visit"),
        (
            row(Fate.STORED, due_at="2024-05-02T12:00:00+00:00"),
            "it is asked for again from 2024-05-02T12:00:00+00:00 on",
        ),
        (row(Fate.STORED), "nothing: it is old enough to be left alone (30 days)"),
        (row(Fate.TIMEOUT), f"{NOTHING}; it failed 5 times in a row"),
        (row(Fate.PAYWALL), NOTHING),
    ],
)
def test_a_row_says_when_its_address_is_asked_for_again(given: dict[str, str | None], said: str) -> None:
    assert next_for_row(given) == said


def test_the_rule_for_a_fate_is_what_the_store_does(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.db"
    connection = open_database(path)
    final = [fate for fate in Fate if fate not in OPEN_FATES]
    with write_transaction(connection, path):
        add_candidates(connection, SITE, [candidate(f"{URL}-{fate}") for fate in final], NOON)
        for fate in final:
            set_fate(connection, f"{URL}-{fate}", fate, NOON)
    due = dict(connection.execute("SELECT fate, due_at FROM urls").fetchall())
    connection.close()
    in_an_hour = (NOON + timedelta(hours=1)).isoformat()
    comes_back = {fate: "after 1 h" in next_for_fate(fate) or "age of 1 h" in next_for_fate(fate) for fate in final}
    assert due == {fate: in_an_hour if back else None for fate, back in comes_back.items()}
