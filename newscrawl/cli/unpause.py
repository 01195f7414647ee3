"""`newscrawl unpause`: ask a host again that wanted to be left alone."""

from contextlib import closing
from pathlib import Path

import click

from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.show import plain


@click.command(name="unpause", short_help="Ask a host again before its pause is over.")
@click.argument("host")
@data_option
@project_option
def command(host: str, data: Path | None, project: Path | None) -> None:
    """Forget that HOST wants to be left alone (429 or 503 with Retry-After); its queued addresses are asked for in the next visit.

    For a host whose answer was a mistake, ten years of Retry-After for example. `newscrawl status` names the hosts that are paused.
    One that goes on refusing is paused again by its next answer.

    \b
    newscrawl unpause news.example
    newscrawl unpause news.example:8080 --data /srv/news
    """
    from newscrawl.cli.site_state import now
    from newscrawl.store.database import open_database, write_transaction
    from newscrawl.store.errors import DatabaseMissing, explained
    from newscrawl.store.hosts import lift_pause

    path = database_path(project, data)
    if not path.is_file():
        raise explained(DatabaseMissing, path)
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        lifted = lift_pause(connection, host.strip().lower(), now())
    if lifted is None:
        raise click.UsageError(f"{plain(host)!r} is not paused; `newscrawl status` names the hosts that are")
    click.echo(f"{plain(host)} is asked again in its site's next visit; {lifted} of its addresses waited")
