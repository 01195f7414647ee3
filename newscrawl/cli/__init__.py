"""The command line: one group, a file a command, loaded when it is called."""

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

# Command -> its module under newscrawl.cli, which holds a click command named `command`.
COMMANDS = {
    "add-site": "add_site",
    "archive": "archive",
    "backup": "backup",
    "demo": "demo",
    "diff": "diff",
    "doctor": "doctor",
    "export": "export",
    "extract": "extract",
    "forget": "forget",
    "prune": "prune",
    "rebuild": "rebuild",
    "reextract": "reextract",
    "run": "run",
    "schema": "schema",
    "search": "search",
    "status": "status",
    "unpause": "unpause",
    "why": "why",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only for that command: reading processes and `--help` start without Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"newscrawl.cli.{COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever a person can mend is one line on standard error and an exit code, never a traceback."""
        from newscrawl.cli.errors import plain_errors

        with plain_errors():
            return super().invoke(ctx)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from newscrawl import __version__

    click.echo(f"newscrawl {__version__}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version and exit."
)
def group() -> None:
    """News sites -> one SQLite file of clean, dated, language-tagged articles.

    \b
    newscrawl demo                      crawl the built-in demo sites, nothing to set up
    newscrawl extract page.html         read one saved page
    newscrawl run                       visit every site that is due
    newscrawl status                    how each site is doing
    newscrawl why URL                   what became of an address
    newscrawl doctor URL                what works at a site that has no file yet; add-site writes one
    newscrawl search WORDS              stored articles that hold these words
    newscrawl diff URL                  what a site changed in an article
    scrapy crawl tengrinews_kz          crawl one site by hand
    """


def main(arguments: list[str] | None = None) -> Any:
    """The program: the exit code is the command's."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or cron with a narrow encoding gets `\u04d9` instead of a traceback.
            stream.reconfigure(errors="backslashreplace")
    return group.main(args=arguments, prog_name="newscrawl", standalone_mode=True)
