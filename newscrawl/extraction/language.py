"""A text or a read page -> the language that it is written in, its script, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newscrawl.article import Script
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.letters import cut_signs, plain_words, script_of
from newscrawl.site import Site


@dataclass(frozen=True, slots=True)
class Language:
    """code: ISO 639-1 (639-3 where that has none), None when the text says nothing; confidence: 0..1, None without a code."""

    code: str | None
    script: Script | None
    confidence: float | None


UNKNOWN = Language(None, None, None)


def identify_language(text: str, languages: Iterable[str] | None = None) -> Language:
    """The language of a text. `languages`: those that are expected; they win ties, other languages can still be found."""
    from newscrawl.extraction.witness import witness

    signs = cut_signs(text)
    script = script_of(signs)
    words = plain_words(signs)
    if len(words) < 5:
        return UNKNOWN
    code = witness(script).classify(words)[0]
    return Language(code, script, 0.5)


def identify_draft_language(draft: Draft, site: Site | None) -> Draft:
    """The draft with language, script and language_confidence, judged by its title, lead and text."""
    whole = "\n\n".join(part for part in (draft.title, draft.lead, draft.text) if part)
    found = identify_language(whole, site.languages if site else None)
    return replace(draft, language=found.code, script=found.script, language_confidence=found.confidence)
