"""The code's own lists and comments -> Markdown: what the cog blocks of the pages beside this file print."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from click.testing import CliRunner
from scrapy.settings import default_settings

from newscrawl import settings
from newscrawl.cli import COMMANDS, group
from newscrawl.cli.what_next import next_for_fate, next_for_verdict
from newscrawl.crawl.arguments import COMMON_ARGUMENTS
from newscrawl.crawl.health import TROUBLE_FATES, WELL, Verdict
from newscrawl.crawl.thresholds import thresholds
from newscrawl.crawl.web import WEB_ARGUMENTS
from newscrawl.page import Fate
from newscrawl.store.schema import Table, todays_schema

HELP_WIDTH = 110
GROUP_WIDTH = 14  # of the names of groups in the docstring of Fate


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# --- settings ---------------------------------------------------------------------------------------------------


def own_settings() -> str:
    """The NEWSCRAWL_ settings: name, default, meaning."""
    rows = [(f"`{n}`", value, why) for n, value, why in stated_settings(settings) if n.startswith("NEWSCRAWL_")]
    return table(["setting", "default", "meaning"], rows)


def changed_settings() -> str:
    """Scrapy's settings that newscrawl states: name, value, Scrapy's own default, reason."""
    rows = [
        (f"`{name}`", value, _scrapys_default(name), why)
        for name, value, why in stated_settings(settings)
        if not name.startswith("NEWSCRAWL_")
    ]
    return table(["setting", "here", "in Scrapy", "why"], rows)


def stated_settings(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """Each setting of the module with its value and the comment behind or above it."""
    assert module.__file__
    source = Path(module.__file__).read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
            yield node.targets[0].id, _value(node.value), _comment(lines, node)


def _comment(lines: list[str], node: ast.Assign) -> str:
    behind = lines[node.lineno - 1].rpartition("  # ")
    if node.lineno == node.end_lineno and behind[1]:
        return _sentence(behind[2])
    above: list[str] = []
    for line in reversed(lines[: node.lineno - 1]):
        if not line.startswith("# ") or line.startswith("# ---"):
            break
        above.insert(0, line.removeprefix("# "))
    return _sentence(" ".join(above))


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("." if text and text[-1] not in ".!?" else "")


def _value(node: ast.expr) -> str:
    text = ast.unparse(node)
    environment = re.fullmatch(r"os\.environ\.get\('(\w+)'\) or (.+)", text)
    if environment:
        return f"`${environment[1]}`, else `{environment[2]}`"
    if isinstance(node, ast.Dict):
        return "see newscrawl/settings.py"
    return "`" + text.removeprefix("f").replace("{__version__}", "VERSION") + "`"


def _scrapys_default(name: str) -> str:
    default: Any = getattr(default_settings, name)
    return (
        "a list of its own"
        if isinstance(default, dict)
        else f"`{re.sub(r'Scrapy/[0-9.]+', 'Scrapy/VERSION', repr(default))}`"
    )


# --- fates and verdicts -----------------------------------------------------------------------------------------


def fates() -> str:
    """All fates by their groups: meaning, and what happens next to an article's address."""
    return "\n\n".join(
        f"## {name[0].upper()}{name[1:]}\n\n"
        + table(
            ["fate", "meaning", "what happens next"],
            [(f"`{fate}`", fate.meaning, _sentence(next_for_fate(fate))) for fate in members],
        )
        for name, members in fate_groups()
    )


def fate_groups() -> list[tuple[str, list[Fate]]]:
    """The groups as the docstring of `Fate` draws them."""
    lines = [line for line in cleandoc(Fate.__doc__ or "").splitlines()[1:] if line.strip()]
    return [(line[:GROUP_WIDTH].strip(), [Fate(word) for word in line[GROUP_WIDTH:].split(", ")]) for line in lines]


def verdicts() -> str:
    """All verdicts: whether the site counts as healthy, the meaning, when it is given, and the fates that speak for it."""
    when = thresholds()
    speaking = {verdict: ", ".join(f"`{fate}`" for fate in Fate if fate in spoken) for verdict, spoken in TROUBLE_FATES}
    rows = [
        (
            *(f"`{verdict}`", "healthy" if verdict in WELL else "not healthy", verdict.meaning, when[verdict]),
            *(speaking.get(verdict, ""), next_for_verdict(verdict)),
        )
        for verdict in Verdict
    ]
    head = ["verdict", "the site counts as", "meaning", "given when", "fates that speak for it", "what a person can do"]
    return table(head, rows)


# --- tables -----------------------------------------------------------------------------------------------------


def tables() -> str:
    """Every table of the database with its columns."""
    return "\n\n".join(_described(t) for t in todays_schema() if t.kind == "table")


def views() -> str:
    """Every view with its columns."""
    return "\n\n".join(_described(t) for t in todays_schema() if t.kind == "view")


def _described(table_or_view: Table) -> str:
    return f"### {table_or_view.name}\n\n{_sentence(table_or_view.meaning)}\n\n{_columns(table_or_view)}"


def _columns(described: Table) -> str:
    named = any(c.schema_org for c in described.columns) and described.kind == "table"
    rows = [
        (
            f"`{c.name}`",
            c.type + ("" if c.required or described.kind == "view" else " or NULL"),
            c.unit,
            c.meaning + (f" (`{c.refers_to}`)" if c.refers_to else ""),
            *([f"`{c.schema_org}`" if c.schema_org else ""] if named else []),
        )
        for c in described.columns
    ]
    return table(["column", "type", "unit", "meaning", *(["schema.org"] if named else [])], rows)


# --- commands ---------------------------------------------------------------------------------------------------


def commands() -> str:
    """The help of every command."""
    return "\n\n".join(f"## newscrawl {name}\n\n```\n{_help(name)}\n```" for name in command_names())


def command_names() -> Iterator[str]:
    """All commands in order, those of a group (`archive verify`) behind their group."""
    with click.Context(group) as context:
        for name in sorted(COMMANDS):
            yield name
            found = group.get_command(context, name)
            if isinstance(found, click.Group):
                yield from (f"{name} {inner}" for inner in sorted(found.commands))


def _help(name: str) -> str:
    result = CliRunner().invoke(group, [*name.split(), "--help"], prog_name="newscrawl", terminal_width=HELP_WIDTH)
    if result.exit_code:
        raise click.ClickException(f"newscrawl {name} --help ended with {result.exit_code}")
    return "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())


def crawl_arguments() -> str:
    """The `-a` arguments of `scrapy crawl`."""
    rows = [(f"`-a {form}`", _sentence(meaning), "every site") for form, meaning in _split(COMMON_ARGUMENTS)]
    own = {name: text for name, text in WEB_ARGUMENTS.items() if name not in COMMON_ARGUMENTS}
    rows += [(f"`-a {form}`", _sentence(meaning), "`web` only") for form, meaning in _split(own)]
    return table(["argument", "meaning", "of"], rows)


def _split(arguments: dict[str, str]) -> Iterator[tuple[str, str]]:
    for text in arguments.values():
        form, _, meaning = text.partition(": ")
        yield form, meaning
