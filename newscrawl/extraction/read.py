"""One page -> one Article: `read_page()` is the heavy step, `extract()` runs all of them."""

from collections.abc import Iterable
from datetime import datetime

from newscrawl.article import Article, DateEvidence
from newscrawl.extraction.draft import Draft
from newscrawl.page import Candidate
from newscrawl.site import Site


def read_page(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    content_type: str | None = None,
) -> Draft:
    """The heavy step: what stands in the page, dates as raw strings. Runs in a reading process; may raise on hostile input."""
    raise NotImplementedError


def extract(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    evidence: Iterable[DateEvidence | Candidate] = (),
) -> Article:
    """One page -> its Article. Never raises on any input."""
    raise NotImplementedError
