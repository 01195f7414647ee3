"""`newscrawl status`: how each site is doing, from the database."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.options import data_option, project_option, reading_database
from newscrawl.cli.show import json_text, plain
from newscrawl.cli.table import print_table

if TYPE_CHECKING:
    from newscrawl.cli.site_state import SiteState

COLUMNS = ("site", "verdict", "since", "worked", "today", "normal", "articles", "queue", "problem")


@click.command(name="status", short_help="How each site is doing.")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@data_option
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site, for programs.")
def command(names: tuple[str, ...], data: Path | None, project: Path | None, as_json: bool) -> None:
    """Show each site's verdict and since when it holds, when a visit last stored something, today's new articles and how many are
    normal on this weekday, all articles, what waits in the queue, and what is wrong.

    Below the table: sites that are being visited now, hosts that want to be left alone, what was different before, and what a
    person can do. Instants are in UTC; a day is one of the site's own calendar.

    \b
    newscrawl status
    newscrawl status tengrinews_kz --json
    newscrawl status --data /srv/news
    """
    from newscrawl.cli.site_state import now, site_states

    with reading_database(project, data) as connection:
        states = site_states(connection, names, now())
    missing = sorted(set(names) - {state["site"] for state in states})
    if missing:
        raise click.UsageError(f"{missing[0]!r} was never visited; `scrapy list` names the sites there are")
    if as_json:
        for state in states:
            click.echo(json_text(state))
        return
    if not states:
        click.echo("no site was visited yet")
        return
    print_table(COLUMNS, [_cells(state) for state in states])
    for line in _notes(states):
        click.echo(plain(line))


def _cells(state: "SiteState") -> tuple[Any, ...]:
    normal = "" if state["normal"] is None else f"{state['normal']:g}"
    return (
        state["site"],
        state["verdict"] or ("visiting" if state["visiting"] else "never visited"),
        _minute(state["since"]),
        _minute(state["worked_at"]),
        *(state["today"], normal, state["articles"], state["waiting"], state["problem"]),
    )


def _notes(states: "list[SiteState]") -> Iterator[str]:
    for state in states:
        name = state["site"]
        if state["visiting"]:
            yield f"{name}: visiting now, since {_minute(state['visiting']['since'])} (process {state['visiting']['pid']})"
        for host in state["paused"]:
            yield (
                f"{name}: {host['host']} {host['paused_why']}: left alone until {_minute(host['paused_until'])};"
                f" to ask it before: newscrawl unpause {host['host']}"
            )
        if state["next"]:
            changed = f"was {state['before']} before {_minute(state['since'])}. " if state["before"] else ""
            yield f"{name}: {changed}{state['next']}"


def _minute(instant: str | None) -> str:
    return (instant or "").replace("T", " ")[:16]
