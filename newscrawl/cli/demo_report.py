"""A demo run -> the table and the next steps that are printed."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.show import plain
from newscrawl.cli.table import print_table
from newscrawl.crawl.outcome import RunOutcome, SiteOutcome
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.server import DemoServer
from newscrawl.page import Fate
from newscrawl.store.articles import article_record
from newscrawl.store.database import open_readonly
from newscrawl.store.story import tell_url

COLUMNS = ("site", "found", "stored", "updated", "dates by source", "languages", "requests", "not modified", "problems")


def print_report(folder: Path, outcome: RunOutcome, server: DemoServer, log: Path | None, *, first: bool) -> int:
    """Print a line a site, what differs from what is known to be right, and three commands to try; the number of problems."""
    database = folder / "newscrawl.db"
    connection = open_readonly(database)
    try:
        rows = [_row(connection, site, server) for site in outcome.sites]
        problems = [
            line for site in outcome.sites for line in _problems(connection, server.expected.get(site.name, ()))
        ]
    finally:
        connection.close()
    title = "First visit" if first else f"A later visit: {server.world.now:%Y-%m-%d %H:%M} UTC on the demo's clock"
    print_table(COLUMNS, rows, title)
    for line in problems:
        click.echo(plain(line))
    click.echo(f"\nEverything is in {database}; every fetched page in {folder / 'archive'}; the log: {log or 'none'}\n")
    click.echo("Try next:")
    for line in _next_steps(folder, server, first):
        click.echo(f"  {line}")
    return len(problems)


def _row(connection: Any, site: SiteOutcome, server: DemoServer) -> tuple[Any, ...]:
    articles = connection.execute(
        "SELECT published_source, language, script FROM articles WHERE site = ?", (site.name,)
    ).fetchall()
    (found,) = connection.execute(
        "SELECT count(*) FROM urls WHERE site = ? AND kind = 'article'", (site.name,)
    ).fetchone()
    sources = Counter(row["published_source"] or "none" for row in articles)
    languages = Counter(
        f"{row['language']}-{row['script']}" if row["language"] == "kk" else row["language"] or "none"
        for row in articles
    )
    asked = [record for record in server.requests if record.site == site.name]
    visit = site.visit
    return (
        site.name,
        found,
        visit.articles[Fate.STORED] + visit.articles[Fate.COPY] if visit else 0,
        visit.articles[Fate.UPDATED] if visit else 0,
        _told(sources),
        _told(languages),
        len(asked),
        sum(record.status == 304 for record in asked),
        len(_problems(connection, server.expected.get(site.name, ()))) or "",
    )


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _problems(connection: Any, expected: tuple[ExpectedPage, ...]) -> list[str]:
    return [f"  {page.url}: {problem}" for page in expected for problem in _page_problems(connection, page)]


def _page_problems(connection: Any, page: ExpectedPage) -> list[str]:
    """What differs from what the page is known to say."""
    record = article_record(connection, page.url)
    if page.article is None:
        story = tell_url(connection, page.url)
        fate = story.row["fate"] if story else "never seen"
        found = [f"stored, but it is no article ({page.trap})"] if record and record["url"] == page.url else []
        return found + ([f"fate {fate} instead of {page.fates[0]}"] if fate not in page.fates else [])
    if record is None:
        return ["not stored"]
    wanted = page.article
    pairs = [
        ("title", wanted.title, record["title"]),
        ("language", wanted.language, record["language"]),
        ("script", wanted.script, record["script"]),
        ("published", wanted.published.isoformat() if wanted.published else None, record["published"]),
        ("published_source", wanted.published_source, record["published_source"]),
        ("first words", wanted.first_words, " ".join(record["text"].split()[: len(wanted.first_words.split())])),
        ("last words", wanted.last_words, " ".join(record["text"].split()[-len(wanted.last_words.split()) :])),
    ]
    return [f"{name} is {got!r} instead of {want!r}" for name, want, got in pairs if got != want]


def _next_steps(folder: Path, server: DemoServer, first: bool) -> list[str]:
    example = next(page.url for pages in server.expected.values() for page in pages if page.article)
    again = "make demo                                   # again: an incremental run, some hours later"
    return [
        *([again] if first else []),
        f".venv/bin/newscrawl why {example} --data {folder}",
        f".venv/bin/newscrawl status --data {folder}",
        f'.venv/bin/sqlite-utils {folder / "newscrawl.db"} "SELECT published, language, title FROM articles ORDER BY published DESC" --table',  # noqa: S608 - a line to print
    ][:3]
