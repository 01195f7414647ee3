"""`newscrawl why URL`: the story of one address in plain words."""

import sys
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.table import plain


@click.command(name="why")
@click.argument("url")
@data_option
@project_option
def command(url: str, data: Path | None, project: Path | None) -> None:
    """Tell what became of an address: found where and when, what came back, what was decided and why, what happens next.

    Exit code 1 when the address was never seen.

    \b
    newscrawl why https://tengrinews.kz/news/some-article-123/
    """
    from newscrawl.store.database import open_readonly
    from newscrawl.store.frontier import tell_url

    connection = open_readonly(database_path(project, data))
    try:
        story = tell_url(connection, url)
    finally:
        connection.close()
    if story is None:
        click.echo(f"newscrawl: {url} was never seen: no source listed it and nobody asked for it", err=True)
        sys.exit(1)
    for line in told(story):
        click.echo(plain(line))


def told(story: Any) -> list[str]:
    """The lines of an address's story, oldest first."""
    row, candidate = story.row, story.candidate
    lines = [row["url"], f"found      {row['found_at']} in {row['found_in'] or 'no list'} (site {row['site'] or '-'})"]
    lines += [f"said       {e.role} {e.raw!r} by its {e.source}" for e in candidate.evidence]
    lines += [
        f"{'tried':<10} {event['at']} {event['fate']}" + (f": {event['detail']}" if event["detail"] else "")
        for event in story.events
    ]
    lines += [f"archived   {c['fetched_at']} {c['file']} at {c['offset']}" for c in story.captures]
    lines.append(f"fate       {row['fate']} since {row['fate_at']}" + (f": {row['detail']}" if row["detail"] else ""))
    if story.article:
        lines += _article_lines(story)
    lines.append(f"next       {_next(row)}")
    return lines


def _article_lines(story: Any) -> list[str]:
    article = story.article
    lines = [f"article    {article['title'] or '(no title)'} [{article['language'] or '?'}] {article['url']}"]
    source = article["published_source"]
    said = f" from {source} ({article['published_raw']!r})" if source else ""
    lines.append(f"published  {article['published'] or 'unknown'}{said}")
    lines += [
        f"version    {v['seen_at']}" + (f", changed: {', '.join(v['changed'])}" if v["changed"] else ", the first")
        for v in story.versions
    ]
    lines += [f"also at    {url}" for url in story.other_urls]
    return lines


def _next(row: dict[str, Any]) -> str:
    if row["fate"] in {"queued", "found", "fetching"}:
        return "it is fetched in the site's next visit"
    if row["due_at"]:
        return f"it is asked for again from {row['due_at']} on"
    if row["kind"] == "source":
        return "it is asked in each visit"
    return "nothing: it is not asked for again by itself (crawl it with -a urls=FILE)"
