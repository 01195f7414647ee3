"""`newscrawl extract`: one page -> its article, as JSON or Markdown, with the evidence on demand."""

import logging
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.article import DateEvidence
from newscrawl.cli.checks import WEB_SCHEMES, checked_instant, checked_url, checked_zone
from newscrawl.cli.fetch import MAX_BODY_BYTES, FetchError, fetch_page
from newscrawl.cli.options import reading_database
from newscrawl.cli.show import json_text, plain, plain_text
from newscrawl.page import Page
from newscrawl.site import Site

if TYPE_CHECKING:
    from newscrawl.extraction.draft import Draft

UNKNOWN_ADDRESS = "https://unknown.invalid/"


@click.command(name="extract", short_help="Read one page: a file, a URL, or standard input.")
@click.argument("source", metavar="FILE|URL|-")
@click.option(
    "--url",
    callback=checked_url,
    help="The page's address, where it is read from a file: dates and links are judged by it.",
)
@click.option("--format", "form", type=click.Choice(["json", "markdown", "text"]), default="json", show_default=True)
@click.option(
    "--explain",
    is_flag=True,
    help="Print the evidence instead: kind of page, every date found, what was chosen and why.",
)
@click.option(
    "--timezone",
    metavar="ZONE",
    callback=checked_zone,
    help="The site's time zone, for example Asia/Almaty. [default: what the site's file says]",
)
@click.option(
    "--fetched-at",
    metavar="INSTANT",
    callback=checked_instant,
    help="When the page was fetched (ISO 8601); without it now for a URL, unknown for a file.",
)
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Join what feeds and lists said of the address, from the newscrawl.db in that folder. [default: the page alone]",
)
def command(
    source: str,
    url: str | None,
    form: str,
    explain: bool,
    timezone: str | None,
    fetched_at: datetime | None,
    data: Path | None,
) -> None:
    """Read one page: a saved FILE, a URL, or - for standard input.

    Exit code 0 when the page holds an article, 1 when it does not or cannot be had (the reason is on standard error), 2 for
    wrong usage.

    \b
    newscrawl extract page.html --url https://tengrinews.kz/news/some-article-123/
    newscrawl extract https://vlast.kz/novosti/34245-name.html --explain
    curl -s https://24.kg/... | newscrawl extract - --format markdown
    """
    from newscrawl.cli.explain import explained
    from newscrawl.extraction.read import finish_draft, out_of_memory, read_draft

    # What libraries log of a broken page would stand between the lines; the reason for a refusal is printed below.
    logging.getLogger().addHandler(logging.NullHandler())
    page = _page_of(source, url, fetched_at)
    site = _site_of(page.final_url, timezone)
    at = page.fetched_at if fetched_at or source.startswith(WEB_SCHEMES) else None
    evidence = _evidence_of(page.url, data)
    try:
        draft = read_draft(page.body, page.final_url, at, site, page.header("Content-Type"))
    except MemoryError:
        draft = out_of_memory(page.final_url)
    draft = finish_draft(draft, at, site, evidence)
    if draft.page_type != "article":
        click.echo(
            plain(f"newscrawl: {source} holds no article: {draft.page_type}: {draft.reason}", longest=2000), err=True
        )
    if explain:
        click.echo("\n".join(map(plain, explained(draft, site))))
    elif draft.page_type == "article":
        click.echo(_written(draft, form))
    sys.exit(0 if draft.page_type == "article" else 1)


def _written(draft: "Draft", form: str) -> str:
    article = draft.to_article()
    if form == "json":
        return json_text(article.to_record(), indent=2)
    title = f"# {article.title}" if article.title and form == "markdown" else article.title
    body = article.markdown if form == "markdown" else article.text
    return "\n\n".join(part for part in (plain(title, longest=len(title or "")), plain_text(body)) if part)


def _page_of(source: str, url: str | None, fetched_at: datetime | None) -> Page:
    now = fetched_at or datetime.now(UTC)
    if source.startswith(WEB_SCHEMES):
        try:
            return fetch_page(source, now)
        except FetchError as error:
            click.echo(f"newscrawl: {plain(error)}", err=True)
            sys.exit(1)
    try:
        body = _first_bytes(source)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or error
        hint = "; only http:// and https:// are fetched" if "://" in source else ""
        raise click.UsageError(f"{plain(source)} cannot be read: {why}{hint}") from None
    if len(body) > MAX_BODY_BYTES:
        click.echo(f"newscrawl: {plain(source)} is larger than {MAX_BODY_BYTES} bytes, which no page is", err=True)
        sys.exit(1)
    address = url or UNKNOWN_ADDRESS
    return Page(url=address, final_url=address, status=200, body=body, fetched_at=now)


def _first_bytes(source: str) -> bytes:
    """The file or standard input, one byte beyond the limit at most: it may be a device that never ends."""
    if source == "-":
        return sys.stdin.buffer.read(MAX_BODY_BYTES + 1)
    with Path(source).open("rb") as file:
        return file.read(MAX_BODY_BYTES + 1)


def _site_of(url: str, timezone: str | None) -> Site | None:
    """The site's file when this is a project, with the zone that was typed; a bare site when only a zone is known."""
    from newscrawl.cli.sites import known_site

    site = known_site(url)
    if timezone is None:
        return site
    return replace(site, timezone=timezone) if site else Site(name="unknown", home=url, timezone=timezone)


def _evidence_of(url: str, data: Path | None) -> tuple[DateEvidence, ...]:
    """What the sources that listed the address said of its dates."""
    if data is None:
        return ()
    from newscrawl.store.frontier import tell_url

    with reading_database(None, data) as connection:
        story: Any = tell_url(connection, url)
    return tuple(story.candidate.evidence) if story else ()
