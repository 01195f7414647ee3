"""News sites -> one SQLite file of clean, dated, language-tagged articles.

The public names load on first use: `import newscrawl` alone costs nothing, since every reading process imports it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.article import Article as Article
    from newscrawl.article import DateEvidence as DateEvidence
    from newscrawl.extraction.date_text import parse_date as parse_date
    from newscrawl.extraction.language import identify_language as identify_language
    from newscrawl.extraction.read import extract as extract
    from newscrawl.page import Candidate as Candidate
    from newscrawl.page import Page as Page
    from newscrawl.site import Site as Site

__version__ = "0.1.0"

_HOMES = {
    "Article": "newscrawl.article",
    "Candidate": "newscrawl.page",
    "DateEvidence": "newscrawl.article",
    "Page": "newscrawl.page",
    "Site": "newscrawl.site",
    "extract": "newscrawl.extraction.read",
    "identify_language": "newscrawl.extraction.language",
    "parse_date": "newscrawl.extraction.date_text",
}

__all__ = [
    "Article",
    "Candidate",
    "DateEvidence",
    "Page",
    "Site",
    "__version__",
    "extract",
    "identify_language",
    "parse_date",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
