"""Session ids that no list of names knows."""

from collections.abc import Callable

import pytest

from newscrawl.page import Fate
from newscrawl.store.articles import store_article
from newscrawl.store.siblings import meaningless_parameter
from tests.store.conftest import Opened
from tests.store.queue_samples import decide, find, page
from tests.store.samples import NOON, SITE, article, candidate


@pytest.fixture
def read(db: Opened) -> Callable[[str, str], None]:
    """Store what an address showed: `read("a?zz=1", "one")`; the same word is the same article."""
    originals: dict[str, str] = {}

    def read_page(name: str, text: str) -> None:
        url = page(name)
        find(db, candidate(url))
        with db.writing():
            store_article(
                db.connection,
                article(url=url, text=text),
                site=SITE,
                fetched_at=NOON,
                capture_id=None,
                text_hash=text,
                near_signature=None,
                extractor="test",
                copy_of=originals.get(text),
            )
        originals.setdefault(text, url)
        decide(db, url, Fate.STORED)

    return read_page


Read = Callable[[str, str], None]


def asked(db: Opened, name: str, least: int = 3) -> str | None:
    return meaningless_parameter(db.connection, page(name), least)


def test_a_parameter_that_never_changes_the_article_is_found(db: Opened, read: Read) -> None:
    for session in ("8f3a", "c01d"):
        read(f"a?zz={session}", "one")
    assert asked(db, "a?zz=77") is None
    read("a?zz=aaaa", "one")
    assert asked(db, "a?zz=77") == "zz"
    assert asked(db, "a?zz=77", least=4) is None


def test_a_parameter_that_chooses_the_article_is_left_alone(db: Opened, read: Read) -> None:
    for number in range(3):
        read(f"a?id={number}", "one")
    read("a?id=99", "another")
    assert asked(db, "a?id=7") is None


def test_beside_a_number_that_means_something_the_session_is_found(db: Opened, read: Read) -> None:
    for session in ("8f3a", "c01d", "77aa"):
        read(f"a?id=7&zz={session}", "seven")
    read("a?id=8&zz=8f3a", "eight")
    assert asked(db, "a?id=7&zz=new") == "zz"
    assert asked(db, "a?id=9&zz=new") is None
    assert asked(db, "a?id=8&zz=new") is None


@pytest.mark.parametrize("name", ["a", "b?zz=1", "ab?zz=1", "a?yy=1", "a?zz=1&page=2", "a/b?zz=1"])
def test_only_addresses_with_the_same_path_and_names_are_compared(db: Opened, read: Read, name: str) -> None:
    for session in ("8f3a", "c01d", "77aa"):
        read(f"a?zz={session}", "one")
    assert asked(db, name) is None


def test_what_was_not_read_says_nothing(db: Opened) -> None:
    find(db, *(candidate(page(f"a?zz={n}")) for n in range(9)))
    assert asked(db, "a?zz=77") is None
