"""`newscrawl why URL`: the story of one address in plain words."""

import sys
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import data_option, database_path, project_option, reading_database
from newscrawl.cli.show import plain
from newscrawl.site import Site


@click.command(name="why", short_help="What became of an address, and why.")
@click.argument("url")
@data_option
@project_option
def command(url: str, data: Path | None, project: Path | None) -> None:
    """Tell what became of an address: found where and when, what came back, what was decided and why, what happens next.

    Exit code 1 when the address was never seen.

    \b
    newscrawl why https://tengrinews.kz/news/some-article-123/
    newscrawl why https://tengrinews.kz/news/some-article-123/ --data /srv/news
    """
    from newscrawl.store.frontier import tell_url
    from newscrawl.store.sites import stored_site

    with reading_database(project, data) as connection:
        # People leave the scheme out.
        story = tell_url(connection, url) or tell_url(connection, f"https://{url}")
        site = stored_site(connection, story.row["site"]) if story and story.row["site"] else None
    if story is None:
        click.echo(f"newscrawl: {plain(url)} was never seen: no source listed it and nobody asked for it", err=True)
        sys.exit(1)
    for line in [*told(story), *_evidence(story, site, database_path(project, data).parent / "archive")]:
        click.echo(plain(line))


def told(story: Any) -> list[str]:
    """The lines of an address's story, oldest first."""
    from newscrawl.cli.what_next import next_for_row
    from newscrawl.page import Fate

    row, candidate = story.row, story.candidate
    lines = [row["url"], f"found      {row['found_at']} in {row['found_in'] or 'no list'} (site {row['site'] or '-'})"]
    lines += [f"said       {e.role} {e.raw!r} by its {e.source}" for e in candidate.evidence]
    lines += [f"tried      {e['at']} {e['fate']}{_because(e['detail'])}" for e in story.events]
    lines += [f"archived   {c['fetched_at']} {c['file']} at {c['offset']}" for c in story.captures]
    if story.article:
        lines += _article_lines(story)
        lines += [_citation(c) for c in story.captures if c["id"] == story.article["capture_id"]]
    lines.append(f"fate       {row['fate']} since {row['fate_at']}{_because(row['detail'])}")
    lines.append(f"           {Fate(row['fate']).meaning}")
    lines.append(f"next       {next_for_row(row)}")
    return lines


def _evidence(story: Any, stored: Site | None, archive: Path) -> list[str]:
    """The dates found in the archived page and what became of each, as the page is read today."""
    if not story.article or not story.captures:
        return []
    from newscrawl.cli.explain import explained_dates
    from newscrawl.cli.sites import known_site
    from newscrawl.extraction.read import finish_draft, read_draft
    from newscrawl.store.archive import ArchiveError, read_capture

    capture = story.captures[-1]
    try:
        page = read_capture(archive, capture["file"], capture["offset"])
    except ArchiveError as error:
        return [f"dates found: the archived page cannot be read again: {error}"]
    # A site that spider `web` crawled has no file; its row remembers the zone that was typed then.
    site, at = known_site(page.final_url) or stored, page.fetched_at
    draft = read_draft(page.body, page.final_url, at, site, page.header("Content-Type"))
    return explained_dates(finish_draft(draft, at, site, page.evidence))


def _citation(capture: dict[str, Any]) -> str:
    """By what an article can be cited so that anybody can find the very bytes it was read from."""
    place = f"{capture['file']} at {capture['offset']}, {capture['length']} bytes"
    return f"cite as    {capture['final_url']}, as seen at {capture['fetched_at']}, {capture['body_hash']} in {place}"


def _because(detail: str) -> str:
    return f": {plain(detail)}" if detail else ""


def _article_lines(story: Any) -> list[str]:
    article = story.article
    lines = [f"article    {plain(article['title']) or '(no title)'} [{article['language'] or '?'}] {article['url']}"]
    source = article["published_source"]
    said = f" from {source} ({plain(article['published_raw'])!r})" if source else ""
    lines.append(f"published  {article['published'] or 'unknown'}{said}")
    lines += [f"version {number:<3}{v['seen_at']}, {_change(v)}" for number, v in enumerate(story.versions, start=1)]
    lines += [f"also at    {url}" for url in story.other_urls]
    if article["copy_of"]:
        lines.append(f"copy of    {article['copy_of']}")
    if article["status"] == "gone":
        lines.append(f"withdrawn  between {article['last_seen_at']} and {article['gone_at']}")
    elif article["missing_since"]:
        lines.append(f"missing    since {article['missing_since']}, in {article['misses']} visits in a row")
    return lines


def _change(version: dict[str, Any]) -> str:
    if not version["changed"]:
        return "the first"
    by_us = ", read otherwise by a newer newscrawl" if version["kind"] == "re-read" else ""
    return f"changed: {', '.join(version['changed'])}{by_us}"
