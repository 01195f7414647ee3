"""`newscrawl add-site`: an address -> the site's file, saved pages and goldens, ready to be looked at and committed."""

import os
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.checks import checked_zone
from newscrawl.cli.options import data_option, project_option, project_settings, setting_option
from newscrawl.cli.show import plain
from newscrawl.cli.site_text import site_text
from newscrawl.site import NAME_PATTERN, Site, host_of

if TYPE_CHECKING:
    from newscrawl.crawl.survey import Survey

LANGUAGES = {"kk": "Kazakh", "ru": "Russian", "en": "English", "ky": "Kyrgyz", "uz": "Uzbek", "tg": "Tajik"}


@click.command(name="add-site", short_help="Write a site's file, saved pages and goldens from its address.")
@click.argument("url")
@click.option("--timezone", metavar="ZONE", callback=checked_zone, help="The zone that the site writes its clocks in.")
@click.option("--name", metavar="NAME", help="The file's name. [default: the host with underscores]")
@data_option
@project_option
@setting_option
@click.option("-v", "--verbose", is_flag=True, help="Log each question to standard error.")
def command(
    url: str,
    timezone: str | None,
    name: str | None,
    data: Path | None,
    project: Path | None,
    overrides: tuple[str, ...],
    verbose: bool,
) -> None:
    """Survey the site at URL as `newscrawl doctor URL` does, and write spiders/NAME.py with saved pages, saved sources and what
    was read off them under tests/fixtures/NAME/. All of it or nothing; no file is overwritten.

    The time zone cannot be seen from outside: it is asked for on a terminal, else --timezone is needed. Look at what was
    written before it is committed: docs/sites.md says how, in ten minutes.

    Exit code 1 when the site gives no article that could be read whole: nothing is written then.

    \b
    newscrawl add-site https://example.kz/ --timezone Asia/Almaty
    """
    settings = project_settings(project, data, overrides)
    from newscrawl.cli.doctor_site import quiet_settings, survey_address
    from newscrawl.crawl.clock import Clock
    from newscrawl.crawl.project import SiteLoader
    from newscrawl.crawl.web import site_of

    site = site_of(url)
    if name is not None and not NAME_PATTERN.match(name):
        raise click.BadParameter(f"{plain(name)!r} is not of the form host_with_underscores", param_hint="--name")
    name = name or site.name.removeprefix("www_")
    target = Target(Path(settings["NEWSCRAWL_PROJECT"]), name)
    target.refuse_what_is_there()
    claimed = SiteLoader.from_settings(settings).site_at(site.home)
    if claimed is not None:
        raise click.UsageError(f"{plain(url)} belongs to site {claimed.name} already: spiders/{claimed.name}.py")
    zone = timezone or _asked_zone(host_of(site.home))
    survey = survey_address(quiet_settings(settings, verbose), url, zone)
    if not survey.works:
        _tell_why_not(survey)
        sys.exit(1)
    files = site_files(survey, name, Clock.from_settings(settings).now().date())
    target.write(files)
    for path in files:
        click.echo(plain(target.project / path))
    click.echo(plain(f"look at them, then: scrapy crawl {name} -a limit=5"), err=True)


def file_text(survey: "Survey", name: str | None, verified_on: date | None = None) -> str:
    """The text of the site's file as the survey says that it should be."""
    found = survey.site
    # What differs from the home's host by "www." alone needs no mention.
    own = host_of(found.home).removeprefix("www.")
    hosts = tuple(host for host in found.hosts if host.removeprefix("www.") != own)
    site = replace(found, name=name or found.name.removeprefix("www_"), hosts=hosts, verified_on=verified_on)
    written_in = " and ".join(LANGUAGES.get(code, code) for code in site.languages) or "a language that was not told"
    host = host_of(site.home)
    kinds = ", ".join(dict.fromkeys(source.kind for source in site.sources))
    whole = sum(article.is_article for article in survey.articles)
    when = f" on {verified_on}" if verified_on else ""
    seen = f"Seen{when} by newscrawl doctor: sources ({kinds}), {whole} articles. Unverified: all else; older pages may be built otherwise."
    return site_text(site, f"{host}: news in {written_in}.", seen)


def site_files(survey: "Survey", name: str, today: date) -> dict[str, bytes]:
    """Path in the project -> content, of everything that the new site brings."""
    from newscrawl.cli.site_fixtures import fixture_files

    text = file_text(survey, name, today)
    site = _site_in(text)
    folder = f"tests/fixtures/{name}"
    fixtures = fixture_files(survey, site)
    return {f"spiders/{name}.py": text.encode(), **{f"{folder}/{path}": body for path, body in fixtures.items()}}


def _site_in(text: str) -> Site:
    """The Site that the file declares: what is written is what is tried."""
    names: dict[str, object] = {"__name__": "new_site"}
    exec(compile(text, "<new site>", "exec"), names)  # noqa: S102 - the text that this command has just written itself
    return next(found for value in names.values() if isinstance(found := getattr(value, "site", None), Site))


class Target:
    """Where a new site's files go: all of them or none."""

    def __init__(self, project: Path, name: str) -> None:
        self.project = project
        self._file = project / "spiders" / f"{name}.py"
        self._fixtures = project / "tests" / "fixtures" / name

    def refuse_what_is_there(self) -> None:
        """Raises a usage error when anything would be overwritten."""
        for path in (self._file, self._fixtures):
            if path.exists():
                raise click.UsageError(f"{plain(path)} is there already; nothing was written")

    def write(self, files: dict[str, bytes]) -> None:
        """Write everything beside its place, then move the folder and, last, the file: only with it there is a site."""
        self.refuse_what_is_there()
        with tempfile.TemporaryDirectory(prefix=".new-site-", dir=self.project) as folder:
            for path, body in files.items():
                new = Path(folder) / path
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(body)
            self._fixtures.parent.mkdir(parents=True, exist_ok=True)
            os.rename(Path(folder) / self._fixtures.relative_to(self.project), self._fixtures)
            try:
                os.link(Path(folder) / self._file.relative_to(self.project), self._file)  # never over another file
            except OSError:
                shutil.rmtree(self._fixtures)
                raise


def _asked_zone(host: str) -> str:
    from newscrawl.cli.zones import likely_zones

    zones = likely_zones(host)
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"the time zone of {plain(host)} cannot be seen from outside: give --timezone ZONE, likely {', '.join(zones)}"
        )
    click.echo(f"Likely zones of {plain(host)}: {', '.join(zones)}", err=True)
    answer: str = click.prompt("Time zone that the site writes its clocks in", default=zones[0], err=True)
    zone = checked_zone(click.get_current_context(), click.Option(["--timezone"]), answer)
    assert zone is not None
    return zone


def _tell_why_not(survey: "Survey") -> None:
    from newscrawl.cli.survey_report import survey_lines

    for line in survey_lines(survey):
        click.echo(plain(line, longest=2000), err=True)
    why = "no source lists articles" if not any(f.works for f in survey.findings) else "no article could be read whole"
    click.echo(plain(f"newscrawl: {survey.home.url}: nothing was written, since {why}"), err=True)
