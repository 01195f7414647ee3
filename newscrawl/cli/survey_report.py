"""A survey -> lines for people, and a record for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from newscrawl.crawl.survey import Survey, is_whole
from newscrawl.discovery.survey import GUESSES, ArticleFinding, SourceFinding
from newscrawl.page import Fate


def survey_lines(survey: Survey) -> Iterator[str]:
    """What works in order of worth, then what does not, then the articles that were read."""
    home = survey.home
    yield f"home: {home.url} {'answers' if home.fate is None else f'{home.fate}: {home.detail}'}"
    yield from (f"robots.txt of {line}" for line in survey.robots)
    working = [f for f in survey.findings if f.works]
    yield f"sources that work, the best first: {len(working) or 'none'}"
    yield from (f"  {_working(finding)}" for finding in working)
    failed = [f for f in survey.findings if not f.works]
    missing = [f for f in failed if f.named_by in GUESSES and f.fate is Fate.GONE]
    told = [f for f in failed if f not in missing]
    if told:
        yield f"sources that do not work: {len(told)}"
        yield from (
            f"  {f.source.kind} {f.source.url} ({f.named_by}): {f.fate}: {f.detail or 'no reason given'}" for f in told
        )
    if missing:
        yield f"usual places where nothing is: {len(missing)}"
    yield f"articles that were read: {len(survey.articles) or 'none'}"
    yield from (f"  {line}" for a in survey.articles for line in _article(a))
    if survey.needs_javascript:
        yield "its articles need JavaScript: the pages are empty frames that scripts fill, and newscrawl runs none"
    yield f"languages: {', '.join(survey.site.languages) or 'unknown'}; time zone: {survey.site.timezone or 'not known, give it with --timezone'}"


def _working(finding: SourceFinding) -> str:
    source = finding.source
    dates = f"{finding.dated} dated" if finding.dated else "none dated"
    language = f", {source.language}" if source.language else ""
    words = f"{source.kind} {source.url} ({finding.named_by}{language}): {len(finding.articles)} articles, {dates}"
    words += "" if finding.whole else ", goes on"
    return f"{words}. {finding.detail}" if finding.detail else words


def _article(article: ArticleFinding) -> Iterator[str]:
    if not article.is_article:
        yield f"{article.url}: {article.fate}: {article.detail}"
        return
    day = f"{article.published_day} from {article.published_source}" if article.published_day else "no date"
    yield f"{article.url}: {'whole' if is_whole(article) else 'NOT whole'}: {day}, {article.language or 'language unknown'}, {article.characters} characters"
    yield f"  {article.title or 'no title'}"


def survey_record(survey: Survey, text: str | None) -> dict[str, Any]:
    """The survey as JSON has it. text: the site's file as it should be."""
    return {
        "home": {"url": survey.home.url, "fate": survey.home.fate, "detail": survey.home.detail},
        "robots": survey.robots,
        "sources": [_source_record(finding) for finding in survey.findings],
        "articles": [
            {k: None if v is None else v if isinstance(v, int) else str(v) for k, v in asdict(a).items()}
            for a in survey.articles
        ],
        "languages": list(survey.site.languages),
        "timezone": survey.site.timezone,
        "needs_javascript": survey.needs_javascript,
        "works": survey.works,
        "site_file": text,
    }


def _source_record(finding: SourceFinding) -> dict[str, Any]:
    return {
        "kind": finding.source.kind,
        "url": finding.source.url,
        "language": finding.source.language,
        "named_by": finding.named_by,
        "works": finding.works,
        "fate": finding.fate,
        "detail": finding.detail,
        "listed": finding.listed,
        "articles": len(finding.articles),
        "dated": finding.dated,
    }
