"""`newscrawl demo`: the built-in demo sites, crawled by the machinery that real sites use."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawl.cli.demo_state import DemoState, read_state, write_state
from newscrawl.cli.options import project_option, project_settings
from newscrawl.cli.show import plain

DATA_FOLDER = "demo-data"


@click.command(name="demo", short_help="Crawl the built-in demo sites: nothing to set up.")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder of the demo's own data; $NEWSCRAWL_DATA is left alone. [default: {DATA_FOLDER}/ of the project]",
)
@project_option
@click.option("--fresh", is_flag=True, help="Forget earlier demo runs and begin again.")
def command(data: Path | None, project: Path | None, fresh: bool) -> None:
    """Serve small news sites on this machine, crawl them, and show what came of it.

    The first call stores every article. The next one comes some hours later on the demo's own clock: nothing new, a few
    conditional requests, one edited article. The data lies in a folder of its own, never in the project's data/.

    Exit code 1 when something differs from what the demo's pages are known to say.

    \b
    newscrawl demo
    newscrawl demo          # again: an incremental run
    newscrawl demo --fresh
    newscrawl demo --data /tmp/newscrawl-demo
    """
    from newscrawl.cli.demo_report import print_report
    from newscrawl.crawl.logs import log_to_file
    from newscrawl.crawl.project import find_project
    from newscrawl.crawl.runner import RunPlan, run_spiders, spider_for
    from newscrawl.demo.server import DemoServer, PortTaken

    folder = (data or find_project(project) / DATA_FOLDER).expanduser().resolve()
    state = read_state(folder)
    if state is None and (folder / "newscrawl.db").exists():
        raise click.UsageError(f"{folder} holds a database that is not the demo's; give the demo a folder of its own")
    if fresh and state is not None:
        shutil.rmtree(folder)
        state = None
    base = datetime.fromisoformat(state.base) if state else datetime.now(UTC).replace(microsecond=0)
    now = state.now if state else base
    settings = project_settings(project, folder)
    settings.set("NEWSCRAWL_NOW", now.isoformat(), priority="cmdline")
    log = log_to_file(folder, settings, now, "demo")
    try:
        server = DemoServer(base, state.ports if state else None, now=now, later=state is not None)
    except PortTaken as error:
        raise click.UsageError(f"{error}; stop the other program, or begin again with --fresh") from None
    with server:
        # Written first: a demo that is killed goes on, next time, where its database stands.
        write_state(folder, DemoState(base.isoformat(), server.ports, (state.visits if state else 0) + 1))
        outcome = run_spiders(settings, [spider_for(site) for site in server.sites], RunPlan(command="demo"))
    if outcome.exit_code:
        for site in outcome.sites:
            click.echo(plain(site.line), err=True)
        sys.exit(outcome.exit_code)
    problems = print_report(folder, outcome, server, log, first=state is None)
    sys.exit(1 if problems else 0)
