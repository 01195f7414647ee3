"""What a right crawl makes of a demo site: the articles field by field, and the fates of what is no article."""

from dataclasses import dataclass
from datetime import datetime

from newscrawl.article import DateSource, Precision, Script
from newscrawl.page import Fate

EDGE_WORDS = 5


@dataclass(frozen=True, kw_only=True)
class ExpectedArticle:
    """What must be stored of one article. first_words and last_words: the text's two ends; published: None when no place
    says it; modified: None when the page says nothing of it, or nothing that is to be relied on."""

    title: str
    language: str
    script: Script
    published: datetime | None
    published_source: DateSource | None
    published_precision: Precision | None
    first_words: str
    last_words: str
    modified: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectedPage:
    """One address. fates: what it may end as after the first visit, the best one first; article: None for what must
    leave no row; trap: in a few words, what this page tempts a crawler to do wrong."""

    url: str
    fates: tuple[Fate, ...] = (Fate.STORED,)
    article: ExpectedArticle | None = None
    trap: str = ""


def first_words(texts: tuple[str, ...]) -> str:
    """The first words of the first paragraph."""
    return " ".join(texts[0].split()[:EDGE_WORDS])


def last_words(texts: tuple[str, ...]) -> str:
    """The last words of the last paragraph."""
    return " ".join(texts[-1].split()[-EDGE_WORDS:])
