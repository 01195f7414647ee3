"""A draft -> the lines of `newscrawl extract --explain`: what was found, what was chosen, and why."""

from typing import Any

from newscrawl.cli.show import plain
from newscrawl.extraction.draft import Draft
from newscrawl.site import Site


def explained(draft: Draft, site: Site | None) -> list[str]:
    """A line a fact, two a date: the string with its place, and what it was taken for with the verdict."""
    lines = [f"page       {draft.page_type}" + (f" ({draft.reason})" if draft.reason else "")]
    lines.append(f"site       {site.name if site else 'no site file: general rules only'}")
    lines.append(f"zone       {site.timezone if site and site.timezone else 'unknown: a bare clock is only a day'}")
    lines.append(f"title      {_or_dash(draft.title)}")
    sure = "" if draft.language_confidence is None else f" confidence {draft.language_confidence}"
    lines.append(f"language   {_or_dash(draft.language)} {_or_dash(draft.script)}{sure}")
    lines.append(f"html lang  {_or_dash(draft.html_language)} (no evidence by itself)")
    lines.append(f"published  {_published(draft)}")
    lines.append(f"modified   {_or_dash(draft.modified)}")
    return [*lines, *explained_dates(draft)]


def explained_dates(draft: Draft) -> list[str]:
    """Every piece of date evidence: the string with its place, and what became of it."""
    lines = ["dates found:" if draft.judged else "dates found: none"]
    for judged in draft.judged:
        where = judged.evidence.where or judged.evidence.source
        lines.append(f"  {judged.evidence.role:<9} {plain(judged.evidence.raw)!r}  [{where}]")
        lines.append(f"            {judged.instant or judged.day or 'no date'}: {judged.verdict}")
    return lines


def _published(draft: Draft) -> str:
    if draft.published is None:
        return "-"
    conflict = "; another trusted source differs" if draft.published_conflict else ""
    return f"{draft.published} from {draft.published_source}, to the {draft.published_precision}{conflict}"


def _or_dash(value: Any) -> str:
    return "-" if value is None else plain(value)
