"""A URL or a site's name -> what works there: an address is surveyed, a site's file is checked against the live site."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.show import json_text, plain

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newscrawl.crawl.survey import Survey


def examine(
    settings: "Settings", subject: str, *, online: bool, write: bool, timezone: str | None, as_json: bool
) -> int:
    """Ask, print the answers, and with `write` note the day in the site's file. The exit code."""
    is_name = "." not in subject and "/" not in subject
    if write and not (is_name and online):
        raise click.UsageError("--write belongs to SITE --online: only a site's file can be written")
    survey, text = _check_site(settings, subject, online) if is_name else _survey_url(settings, subject, timezone)
    _tell(survey, text, as_json)
    if write:
        _write_day(settings, subject, survey)
    return 0 if survey.works else 1


def quiet_settings(settings: "Settings", verbose: bool) -> "Settings":
    """The command's own lines are the log; an error of ours is shown all the same."""
    settings.set("LOG_LEVEL", "INFO" if verbose else "ERROR", priority="cmdline")
    return settings


def survey_address(settings: "Settings", url: str, timezone: str | None, languages: tuple[str, ...] = ()) -> "Survey":
    """Survey the site at an address, under its lock. A host that a site's file claims is refused."""
    from newscrawl.crawl.finding import survey_home
    from newscrawl.crawl.locks import site_lock
    from newscrawl.crawl.probe import bound, run_probe
    from newscrawl.crawl.project import SiteLoader, data_folder
    from newscrawl.crawl.web import site_of

    site = site_of(url, timezone, ",".join(languages))
    claimed = SiteLoader.from_settings(settings).site_at(site.home)
    if claimed is not None:
        raise click.UsageError(f"{plain(url)} belongs to site {claimed.name}: newscrawl doctor {claimed.name} --online")
    with site_lock(data_folder(settings), site.name):
        return run_probe(settings, site, bound(survey_home, site.home))


def _survey_url(settings: "Settings", url: str, timezone: str | None) -> "tuple[Survey, str | None]":
    from newscrawl.cli.add_site import file_text

    survey = survey_address(settings, url, timezone)
    return survey, file_text(survey, None) if any(f.works for f in survey.findings) else None


def _check_site(settings: "Settings", name: str, online: bool) -> "tuple[Survey, str | None]":
    from newscrawl.crawl.locks import site_lock
    from newscrawl.crawl.probe import bound, run_probe
    from newscrawl.crawl.project import SiteLoader, data_folder
    from newscrawl.crawl.survey import check_site
    from newscrawl.site import Site

    try:
        site = getattr(SiteLoader.from_settings(settings).load(name), "site", None)
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
    if not isinstance(site, Site):
        raise click.UsageError(f"{name!r} has no site of its own; newscrawl doctor takes an address, too")
    if not online:
        raise click.UsageError(f"the file of {name} is sound; whether the site is as it says, only --online can tell")
    with site_lock(data_folder(settings), site.name):
        return run_probe(settings, site, bound(check_site, site)), None


def _tell(survey: "Survey", text: str | None, as_json: bool) -> None:
    from newscrawl.cli.survey_report import survey_lines, survey_record

    if as_json:
        click.echo(json_text(survey_record(survey, text), indent=2))
        return
    for line in survey_lines(survey):
        click.echo(plain(line, longest=2000))
    if text:
        click.echo(f"\nspiders/{survey.site.name}.py should be (newscrawl add-site writes it):\n\n{text}", nl=False)


def _write_day(settings: "Settings", name: str, survey: "Survey") -> None:
    """Write `verified_on` into the site's file: whole or not at all."""
    from newscrawl.cli.site_text import with_verified_on
    from newscrawl.crawl.clock import Clock

    path = Path(settings["NEWSCRAWL_PROJECT"]) / "spiders" / f"{name}.py"
    broken = [f.source.url for f in survey.findings if not f.works]
    if not survey.works or broken:
        why = f"{broken[0]} does not work" if broken else "no article was read whole"
        click.echo(plain(f"newscrawl: {path}: not written, since {why}"), err=True)
        sys.exit(1)
    day: date = Clock.from_settings(settings).now().date()
    try:
        text = with_verified_on(path.read_text(encoding="utf-8"), day)
    except (ValueError, SyntaxError) as error:
        raise click.UsageError(f"{path}: {error}; write verified_on={day!r} by hand") from None
    beside = path.with_suffix(".py.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)
    click.echo(plain(f"{path}: verified_on is {day}"), err=True)
