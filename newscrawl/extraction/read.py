"""One page -> one Article: `read_page()` is the heavy step, `extract()` runs all of them."""

import logging
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime

from newscrawl.article import Article, DateEvidence
from newscrawl.extraction.body import read_body
from newscrawl.extraction.dates import choose_dates, find_date_evidence
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.language import identify_draft_language
from newscrawl.extraction.metadata import Metadata, read_metadata
from newscrawl.extraction.outlet import outlet_names
from newscrawl.extraction.page_type import identify_page_type
from newscrawl.extraction.tree import UnreadablePage, read_tree
from newscrawl.page import Candidate
from newscrawl.site import Site

logger = logging.getLogger(__name__)


def read_page(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    content_type: str | None = None,
) -> Draft:
    """The heavy step: what stands in the page, dates as raw strings. Runs in a reading process; may raise on hostile input."""
    tree = read_tree(html, url, content_type)
    override = site.override_at(fetched_at) if site else None
    metadata = read_metadata(tree, site, override)
    stated = {f.name: getattr(metadata, f.name) for f in fields(Metadata)}
    draft = Draft(url=url, **stated)
    body = read_body(tree, metadata.title, outlet_names(tree, site), override)
    sign = identify_page_type(tree, body)
    if sign.page_type != "article":
        return replace(draft, page_type=sign.page_type, reason=sign.reason)
    dates = find_date_evidence(tree, url, override)
    return replace(draft, reason=sign.reason, text=body.text, markdown=body.markdown, dates=dates)


def read_draft(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    content_type: str | None = None,
) -> Draft:
    """`read_page()` that raises nothing but MemoryError: of a page that cannot be read, the draft says why in `page_type`
    and `reason`."""
    try:
        return read_page(html, url, fetched_at, site, content_type)
    except UnreadablePage as refusal:
        return Draft(url=url, page_type=refusal.fate, reason=str(refusal))
    except MemoryError:
        raise  # the reading pool's cap: it says so itself, and its process is not to be trusted any more
    except Exception as error:
        logger.exception("reading failed: %s", url)
        return Draft(url=url, page_type="read_error", reason=f"reading failed: {type(error).__name__}: {error}")


def out_of_memory(url: str) -> Draft:
    """The draft of a page that took more memory than there was."""
    logger.error("reading needed too much memory: %s", url)
    return Draft(url=url, page_type="read_error", reason="reading needed too much memory")


def finish_draft(
    draft: Draft,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    evidence: Iterable[DateEvidence | Candidate] = (),
) -> Draft:
    """The light steps: dates are chosen, joined by what a source said of them, and the language is identified."""
    if draft.page_type != "article":
        return draft
    dated = choose_dates(draft, fetched_at, site, flat_evidence(evidence))
    return identify_draft_language(dated, site)


def extract(
    html: str | bytes,
    url: str,
    fetched_at: datetime | None = None,
    site: Site | None = None,
    evidence: Iterable[DateEvidence | Candidate] = (),
) -> Article:
    """One page -> its Article. Never raises on any input; of a page that holds no article the text is ""."""
    try:
        draft = read_draft(html, url, fetched_at, site)
    except MemoryError:
        draft = out_of_memory(url)
    try:
        return finish_draft(draft, fetched_at, site, evidence).to_article()
    except Exception:
        logger.exception("dating or language failed: %s", url)
        return draft.to_article()


def flat_evidence(evidence: Iterable[DateEvidence | Candidate]) -> tuple[DateEvidence, ...]:
    """Date evidence as it is, and that of each candidate."""
    return tuple(
        piece for given in evidence for piece in (given.evidence if isinstance(given, Candidate) else (given,))
    )
