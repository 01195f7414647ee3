"""`newscrawl demo`: the built-in demo sites, crawled by the machinery that real sites use."""

import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import click

from newscrawl.cli.options import project_option, project_settings

LATER = timedelta(hours=5)


@click.command(name="demo")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the demo's data. [default: demo-data/ of the project]",
)
@project_option
@click.option("--fresh", is_flag=True, help="Forget earlier demo runs and begin again.")
def command(data: Path | None, project: Path | None, fresh: bool) -> None:
    """Serve small news sites on this machine, crawl them, and show what came of it.

    The first call stores every article. The second one comes some hours later on the demo's own clock: nothing new, a few
    conditional requests, one edited article. The data lies in a folder of its own, never in the project's data/.

    \b
    newscrawl demo
    newscrawl demo          # again: an incremental run
    newscrawl demo --fresh
    """
    from newscrawl.cli.demo_report import print_report
    from newscrawl.crawl.logs import log_to_file
    from newscrawl.crawl.project import find_project
    from newscrawl.crawl.runner import run_spiders, spider_for
    from newscrawl.demo.visits import BASE, next_visit

    folder = (data or find_project(project) / "demo-data").expanduser().resolve()
    if fresh and (folder / "newscrawl.db").exists():
        shutil.rmtree(folder)
    visit = next_visit(folder)
    now = BASE + LATER * visit
    settings = project_settings(project, folder)
    settings.set("NEWSCRAWL_NOW", now.isoformat(), priority="cmdline")
    os.environ["NEWSCRAWL_NOW"] = now.isoformat()
    log_to_file(folder, settings, now)
    from newscrawl.demo.server import DemoServer

    with DemoServer(now, later=visit > 0) as server:
        outcome = run_spiders(settings, [spider_for(site) for site in server.sites], "demo")
        print_report(folder, outcome, server, visit)
    sys.exit(outcome.exit_code)
