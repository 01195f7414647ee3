"""`newscrawl diff URL`: what a site changed in an article, word by word."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from newscrawl.cli.options import data_option, project_option, reading_database
from newscrawl.cli.show import json_text, plain, plain_text
from newscrawl.cli.word_diff import Piece, word_diff

MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
_PARAGRAPH_END = re.compile(r"\n+")


@click.command(name="diff", short_help="What changed in an article, word by word.")
@click.argument("url")
@click.option(
    "--from", "earlier", metavar="N", type=click.IntRange(1), help="The earlier version. [default: the one before]"
)
@click.option(
    "--to", "later", metavar="N", type=click.IntRange(1), help="The later version. [default: the last change]"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@data_option
@project_option
def command(
    url: str, earlier: int | None, later: int | None, as_json: bool, data: Path | None, project: Path | None
) -> None:
    """Show what changed between two versions of an article: [-taken out-] and {+put in+}, in colours on a terminal.

    Versions are counted from 1, the first that was seen; `newscrawl why URL` lists them. Exit code 1 when there is no such
    article, or only one version of it.

    \b
    newscrawl diff https://tengrinews.kz/news/some-article-123/
    newscrawl diff https://tengrinews.kz/news/some-article-123/ --from 1 --to 3 --json
    """
    from newscrawl.store.records import find_article, version_records

    with reading_database(project, data) as connection:
        row = find_article(connection, url) or find_article(connection, f"https://{url}")
        versions = version_records(connection, row["id"]) if row else ()
    if row is None:
        _end(f"{plain(url)} is no stored article; `newscrawl why` tells what became of an address")
    if len(versions) == 1:
        _end(f"{plain(row['url'])} has one version: nothing has changed since it was first seen")
    first, second = _chosen(versions, earlier, later)
    if as_json:
        click.echo(json_text(_record(row["url"], versions, first, second)))
        return
    for line in _told(row["url"], versions, first, second):
        click.echo(line)


def _end(line: str) -> NoReturn:
    click.echo(f"newscrawl: {line}", err=True)
    sys.exit(1)


def _chosen(versions: tuple[dict[str, Any], ...], earlier: int | None, later: int | None) -> tuple[int, int]:
    """The two versions' places. By default the last change of content: a withdrawal changes no word."""
    last = max((n for n, v in enumerate(versions) if v["changed"] != ["status"]), default=0)
    second = (later or max(last, 1) + 1) - 1
    first = earlier - 1 if earlier else max(second - 1, 0)
    highest = max(first, second) + 1
    if highest > len(versions):
        raise click.UsageError(f"there is no version {highest}: the article has {len(versions)}")
    return first, second


def _record(url: str, versions: tuple[dict[str, Any], ...], first: int, second: int) -> dict[str, Any]:
    before, after = versions[first], versions[second]
    kept = (
        "seen_at",
        "kind",
        "changed",
        "announced",
        "title",
        "published",
        "authors",
        "modified",
        "text_hash",
        "extractor",
    )
    return {
        "url": url,
        "from": {"version": first + 1} | {name: before[name] for name in kept},
        "to": {"version": second + 1} | {name: after[name] for name in kept},
        "text": [piece._asdict() for piece in word_diff(before["text"], after["text"])],
    }


def _told(url: str, versions: tuple[dict[str, Any], ...], first: int, second: int) -> Iterator[str]:
    before, after = versions[first], versions[second]
    yield plain(url)
    yield f"version {first + 1}  {before['seen_at']}  {_what(before)}"
    yield f"version {second + 1}  {after['seen_at']}  {_what(after)}"
    if before["title"] != after["title"]:
        yield "title      " + _marked(word_diff(plain(before["title"]), plain(after["title"])))
    for name in ("published", "authors"):
        if before[name] != after[name]:
            yield f"{name:<10} " + _marked(
                [Piece("removed", _value(before[name])), Piece("added", _value(after[name]))]
            )
    yield ""
    yield from _paragraphs(word_diff(before["text"], after["text"]))


def _what(version: dict[str, Any]) -> str:
    announced = {1: ", announced", 0: ", not announced", None: ""}[version["announced"]]
    changed = f" of {', '.join(version['changed'])}" if version["changed"] else ""
    return f"{version['kind']}{changed}{announced if version['kind'] == 'edit' else ''}"


def _value(value: Any) -> str:
    return plain(", ".join(value) if isinstance(value, list) else value) or "unknown"


def _marked(pieces: list[Piece]) -> str:
    return " ".join("".join(_shown(piece) for piece in pieces).split(" "))


def _shown(piece: Piece) -> str:
    if piece.kind == "same":
        return plain_text(piece.text)
    begin, end, colour = MARKS[piece.kind]
    words = plain_text(piece.text)
    kept = words.rstrip()
    return click.style(begin + kept + end, fg=colour) + words[len(kept) :]


def _paragraphs(pieces: list[Piece]) -> Iterator[str]:
    """The paragraphs that changed, each on a line; how many between them did not."""
    unchanged = 0
    for paragraph in _by_paragraph(pieces):
        if all(piece.kind == "same" for piece in paragraph):
            unchanged += 1
            continue
        if unchanged:
            yield _left_out(unchanged)
        unchanged = 0
        yield "".join(_shown(piece) for piece in paragraph).strip()
    if unchanged:
        yield _left_out(unchanged)


def _left_out(count: int) -> str:
    return f"... {count} paragraph{'s' if count > 1 else ''} as before"


def _by_paragraph(pieces: list[Piece]) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for piece in pieces:
        parts = _PARAGRAPH_END.split(piece.text)
        for place, part in enumerate(parts):
            if place and paragraph:
                yield paragraph
                paragraph = []
            paragraph += [Piece(piece.kind, part)] if part.strip() else []
    if paragraph:
        yield paragraph
