"""`newscrawl prune`: old logs, old runs and old captures make room."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from newscrawl.cli.durations import Duration
from newscrawl.cli.options import data_option, database_path, project_option
from newscrawl.cli.show import plain


@click.command(name="prune", short_help="Delete old logs and old captures.")
@click.option("--logs", "keep_logs", type=Duration(), default="30d", show_default=True, help="Keep logs so long.")
@click.option(
    "--runs",
    "keep_runs",
    type=Duration(),
    default="400d",
    show_default=True,
    help="Keep the history of visits so long: by it a site's normal is judged.",
)
@click.option(
    "--captures",
    "keep_captures",
    type=Duration(),
    help="Keep archived pages so long. Without it all are kept: what is deleted can never be read again by later code.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would go, and delete nothing.")
@data_option
@project_option
def command(
    keep_logs: timedelta,
    keep_runs: timedelta,
    keep_captures: timedelta | None,
    dry_run: bool,
    data: Path | None,
    project: Path | None,
) -> None:
    """Delete logs, the history of visits and archived pages that are older than told. Articles and their versions stay.

    The archive goes file by file: a file goes when all its captures are old enough. Exit code 75 while a run is under way.

    \b
    newscrawl prune --dry-run
    newscrawl prune --captures 730d
    """
    from newscrawl.crawl.locks import run_lock
    from newscrawl.store.database import checkpoint, open_database, open_readonly
    from newscrawl.store.pruning import old_files, prune_files, prune_runs

    path, now = database_path(project, data), datetime.now(UTC)
    open_readonly(path).close()  # a mistyped folder must not become a new database
    folder = path.parent / "archive"
    with ExitStack() as locks:
        if not dry_run:
            locks.enter_context(run_lock(path.parent))
        connection = open_database(path)
        locks.callback(connection.close)
        logs = _old_logs(path.parent / "logs", now - keep_logs)
        _told("logs", len(logs), sum(log.stat().st_size for log in logs), dry_run)
        files = old_files(connection, folder, now - keep_captures) if keep_captures is not None else []
        _told(
            f"archive files with {sum(f.captures for f in files):,} captures",
            len(files),
            sum(f.size for f in files),
            dry_run,
        )
        runs = prune_runs(connection, path, now - keep_runs, dry=dry_run)
        click.echo(f"runs: {runs:,} {'would go' if dry_run else 'deleted'}")
        if dry_run:
            return
        for log in logs:
            log.unlink(missing_ok=True)
        prune_files(connection, path, folder, files)
        checkpoint(connection)


def _old_logs(folder: Path, before: datetime) -> list[Path]:
    return [path for path in sorted(folder.glob("*.log*")) if path.stat().st_mtime < before.timestamp()]


def _told(what: str, count: int, size: int, dry_run: bool) -> None:
    click.echo(plain(f"{what}: {count:,}, {size:,} bytes {'would go' if dry_run else 'deleted'}"))
