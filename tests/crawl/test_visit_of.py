"""A crawl that never began has failed; it is not quiet."""

from types import SimpleNamespace
from typing import Any

from newscrawl.crawl.fates import NOT_STARTED, visit_of
from newscrawl.crawl.health import Visit


def crawler_with(extension: Any) -> Any:
    return SimpleNamespace(get_extension=lambda _: extension)


def test_a_visit_that_did_not_begin_is_an_internal_error() -> None:
    visit = visit_of(crawler_with(SimpleNamespace(visit=Visit(site="vesti_example"))), "vesti_example")
    assert (visit.site, visit.problem, visit.internal_error) == ("vesti_example", NOT_STARTED, True)


def test_a_visit_without_its_recorder_is_an_internal_error() -> None:
    assert visit_of(crawler_with(None), "vesti_example").internal_error


def test_a_crawler_whose_extensions_were_not_made_is_an_internal_error() -> None:
    def not_yet(_: Any) -> Any:
        raise RuntimeError("get_extension() can only be called after the extension manager has been created")

    assert visit_of(SimpleNamespace(get_extension=not_yet), "vesti_example").internal_error  # type: ignore[arg-type]


def test_a_visit_that_began_stays_as_it_is() -> None:
    begun = Visit(site="vesti_example", begun=True)
    assert visit_of(crawler_with(SimpleNamespace(visit=begun)), "vesti_example") is begun
    assert not begun.internal_error


def test_the_store_that_could_not_be_opened_keeps_its_own_words() -> None:
    failed = Visit(site="vesti_example", problem="news.db: the disk is full", internal_error=True)
    assert visit_of(crawler_with(SimpleNamespace(visit=failed)), "x").problem == "news.db: the disk is full"
