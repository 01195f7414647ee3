"""`newscrawl extract`: one page -> its article, as JSON or Markdown, with the evidence on demand."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.fetch import FetchError, fetch_page
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.read import finish_draft, read_draft
from newscrawl.page import Page
from newscrawl.site import Site

UNKNOWN_ADDRESS = "https://unknown.invalid/"


@click.command(name="extract")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--url", help="The page's address, where it is read from a file: dates and links are judged by it.")
@click.option("--format", "form", type=click.Choice(["json", "markdown", "text"]), default="json", show_default=True)
@click.option(
    "--explain",
    is_flag=True,
    help="Print the evidence instead: kind of page, every date found, what was chosen and why.",
)
@click.option(
    "--timezone", metavar="ZONE", help="The site's time zone, for example Asia/Almaty, where no site file tells it."
)
@click.option(
    "--fetched-at",
    metavar="INSTANT",
    help="When the page was fetched (ISO 8601); today's instant for a URL, unknown for a file.",
)
def command(
    source: str, url: str | None, form: str, explain: bool, timezone: str | None, fetched_at: str | None
) -> None:
    """Read one page: a saved FILE, a URL, or - for standard input.

    Exit code 0 when the page holds an article, 1 when it does not (the reason is on standard error), 2 for wrong usage.

    \b
    newscrawl extract page.html --url https://tengrinews.kz/news/some-article-123/
    newscrawl extract https://vlast.kz/novosti/34245-name.html --explain
    curl -s https://24.kg/... | newscrawl extract - --format markdown
    """
    page = _page_of(source, url, _instant(fetched_at))
    site = _site_of(page.final_url, timezone)
    at = page.fetched_at if fetched_at or "://" in source else None
    draft = finish_draft(read_draft(page.body, page.final_url, at, site, page.header("Content-Type")), at, site)
    if draft.page_type != "article":
        click.echo(f"newscrawl: {source} holds no article: {draft.page_type}: {draft.reason}", err=True)
        if not explain:
            sys.exit(1)
    if explain:
        click.echo("\n".join(explained(draft, site)))
        sys.exit(0 if draft.page_type == "article" else 1)
    click.echo(_written(draft, form))


def _written(draft: Draft, form: str) -> str:
    article = draft.to_article()
    if form == "json":
        return json.dumps(article.to_record(), ensure_ascii=False, indent=2)
    if form == "text":
        return "\n\n".join(part for part in (article.title, article.text) if part)
    return "\n\n".join(part for part in (f"# {article.title}" if article.title else "", article.markdown) if part)


def explained(draft: Draft, site: Site | None) -> list[str]:
    """The lines of `--explain`."""
    lines = [f"page       {draft.page_type}" + (f" ({draft.reason})" if draft.reason else "")]
    lines.append(f"site       {site.name if site else 'no site file: general rules only'}")
    lines.append(f"title      {draft.title or '-'}")
    lines.append(
        f"language   {_or_dash(draft.language)} {_or_dash(draft.script)} confidence {_or_dash(draft.language_confidence)}"
    )
    lines.append(f"html lang  {_or_dash(draft.html_language)} (no evidence by itself)")
    lines.append(
        f"published  {_or_dash(draft.published)} from {_or_dash(draft.published_source)}, {_or_dash(draft.published_precision)}"
    )
    lines.append(f"modified   {_or_dash(draft.modified)}")
    lines.append("dates found:" if draft.judged else "dates found: none")
    for judged in draft.judged:
        where = judged.evidence.where or judged.evidence.source
        lines.append(f"  {judged.evidence.role:<9} {judged.evidence.raw!r}  [{where}]")
        lines.append(f"            {judged.instant or judged.day or 'no date'}: {judged.verdict}")
    return lines


def _or_dash(value: Any) -> str:
    return "-" if value is None else str(value)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no ISO 8601 instant such as 2024-05-02T09:05:00Z", param_hint="--fetched-at"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _page_of(source: str, url: str | None, fetched_at: datetime | None) -> Page:
    now = fetched_at or datetime.now(UTC)
    if source.startswith(("http://", "https://")):
        try:
            return fetch_page(source, now)
        except FetchError as error:
            click.echo(f"newscrawl: {error}", err=True)
            sys.exit(1)
    try:
        body = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{source} cannot be read: {error.strerror}") from None
    address = url or UNKNOWN_ADDRESS
    return Page(url=address, final_url=address, status=200, body=body, fetched_at=now)


def _site_of(url: str, timezone: str | None) -> Site | None:
    """The site's file when this is a project, a bare site when only a zone is known, else None."""
    from newscrawl.cli.sites import known_site

    site = known_site(url)
    if site is None and timezone is None:
        return None
    if site is None:
        return Site(name="unknown", home=url, timezone=timezone)
    return site
