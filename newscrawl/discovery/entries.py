"""What a source says of one article, as it wrote it -> a `Candidate`: whole address, plain title, language code, raw dates."""

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from newscrawl.article import DateEvidence
from newscrawl.page import Candidate
from newscrawl.urls import absolute_url

MAX_URL_CHARS = 2_000
MAX_TITLE_CHARS = 500
MAX_DATE_CHARS = 200

_DROPPED_CONTENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
# What news sitemaps write besides ISO 639-1: the three letters of ISO 639-2, and the country's code for the language.
_LANGUAGE_CODES = {
    "kaz": "kk", "kz": "kk", "rus": "ru", "eng": "en", "kir": "ky", "uzb": "uz", "tgk": "tg", "ukr": "uk", "deu": "de",
    "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "tur": "tr", "zho": "zh", "chi": "zh", "ara": "ar", "uig": "ug",
}  # fmt: skip
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*\Z")


def article_link(base: str, href: str | None) -> str | None:
    """The whole address that a source's link means, without its fragment; None when it is none that can be fetched."""
    if not href or len(href) > MAX_URL_CHARS:
        return None
    url = absolute_url(base, href)
    return url.partition("#")[0] if url and len(url) <= MAX_URL_CHARS else None


def plain_title(text: str | None) -> str | None:
    """A title in one line without markup: feeds escape it once or twice and leave scripts in it."""
    if not text:
        return None
    text = html.unescape(text[: 4 * MAX_TITLE_CHARS])
    if "<" in text:
        text = _TAG.sub("", _DROPPED_CONTENT.sub("", text))
    return " ".join(html.unescape(text).split())[:MAX_TITLE_CHARS].strip() or None


def language_code(text: str | None) -> str | None:
    """ISO 639-1 of a language as sources write it: `ru-RU`, `kaz`, `kz`; None when it says none."""
    match = _LANGUAGE.match(text or "")
    if not match:
        return None
    code = match.group(1).lower()
    return _LANGUAGE_CODES.get(code, code if len(code) == 2 else None)


def date_text(text: str | None) -> str | None:
    """A date's string in one line, otherwise as it was written; None when there is none (or a whole text in its place)."""
    line = " ".join((text or "").split())
    return line if line and len(line) <= MAX_DATE_CHARS else None


def fold(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """One candidate an address, at its first place and never the source itself; what the first entry did not say is filled from the later ones.

    By the address as written: the queue knows a page by its canonical form, which would cost 2 s on a full sitemap here.
    """
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.url == candidate.found_in:
            continue  # an empty or broken link leads to the source itself
        known = found.get(candidate.url)
        found[candidate.url] = _filled(known, candidate) if known else candidate
    return tuple(found.values())


def _filled(known: Candidate, other: Candidate) -> Candidate:
    roles = {evidence.role for evidence in known.evidence}
    added: tuple[DateEvidence, ...] = tuple(e for e in other.evidence if e.role not in roles)
    return replace(
        known,
        title=known.title or other.title,
        language=known.language or other.language,
        evidence=known.evidence + added,
        alternates=known.alternates or other.alternates,
    )


def sentence(text: str | None) -> str | None:
    """A fault or a bound as the plain sentence that a person reads."""
    return f"{text[0].upper()}{text[1:]}." if text else None
