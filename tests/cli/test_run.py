"""`newscrawl run`: exit codes and lines, in projects of its own."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.crawl.locks import run_lock
from newscrawl.store.database import open_readonly
from tests.cli.conftest import PAGE, Child, Invoke, LoopbackSite, Project, child_environment

GOOD = '''"""A site on loopback."""

from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Site


class GoodKz(NewsSpider):
    """Two articles."""

    name = "good_kz"
    site = Site(
        name="good_kz", home="{origin}/", private=True, delay_s=0, languages=("ru",), timezone="Asia/Almaty",
        sources=(Feed(url="{origin}/feed"),),
    )
'''
ITEM = "<item><title>Мост {n}</title><link>{origin}/news/{n}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"


def serve_two_articles(loopback: LoopbackSite) -> None:
    """A feed with two articles, and no robots.txt."""
    at = datetime(2024, 5, 2, 4, 5, tzinfo=UTC)
    items = "".join(ITEM.format(n=n, origin=loopback.origin, at=at) for n in (1, 2))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Вести</title>{items}</channel></rss>'
    loopback.serve("/feed", feed, Content_Type="application/rss+xml")
    loopback.serve("/news/1", PAGE)
    loopback.serve("/news/2", PAGE.replace("мосту", "тоннелю").replace("Мост", "Тоннель").replace("завода", "школы"))


def test_a_broken_site_file_costs_only_its_site(child: Child, project: Project, loopback: LoopbackSite) -> None:
    serve_two_articles(loopback)
    folder = project(
        good_kz=GOOD.format(origin=loopback.origin), broken_kz='"""Broken."""\n\nraise OSError("\x1b[31mno")\n'
    )
    first = child("run", "-v", cwd=folder)
    assert first.stdout.startswith("good_kz: new: ")
    assert first.stdout.count("\n") == 1
    assert first.stderr == "broken_kz: left out: spiders/broken_kz.py, line 3: OSError:  [31mno\n"
    assert first.returncode == 3
    connection = open_readonly(folder / "data" / "newscrawl.db")
    assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 2
    assert connection.execute("SELECT command FROM runs").fetchone()[0] == "run"
    connection.close()
    again = child("run", "-v", cwd=folder)
    assert (again.returncode, again.stdout) == (3, "no site is due\n"), "it was visited just now"
    named = child("run", "broken_kz", cwd=folder)
    assert (named.returncode, named.stdout) == (4, ""), "a named site whose file is broken is no reason to visit others"
    assert named.stderr == first.stderr


def test_no_site_is_due(child: Child, project: Project) -> None:
    result = child("run", "-v", cwd=project())
    assert (result.returncode, result.stdout, result.stderr) == (0, "no site is due\n", "")


def test_a_reader_that_goes_away_does_not_change_the_exit_code(project: Project) -> None:
    """`newscrawl run | true`"""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "newscrawl", "run"],
            cwd=project(broken_kz="1 / 0"), env=child_environment(), stdout=writing, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert ended.returncode == 4, "no site file is whole"
    assert ended.stderr == "broken_kz: left out: spiders/broken_kz.py, line 1: ZeroDivisionError: division by zero\n"


def test_an_unknown_site_is_a_usage_error(child: Child, project: Project) -> None:
    result = child("run", "nowhere_kz", cwd=project())
    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no site 'nowhere_kz'; `scrapy list` names them all" in result.stderr


def test_a_setting_that_cannot_be_used_is_a_usage_error(child: Child, project: Project) -> None:
    result = child("run", "-s", "LOG_LEVEL=loud", cwd=project())
    assert (result.returncode, result.stdout) == (2, "")
    assert "a setting cannot be used: Unknown level: 'loud'" in result.stderr


def test_another_run_holds_the_lock(child: Child, project: Project, tmp_path: Path) -> None:
    folder = project(good_kz=GOOD.format(origin="http://127.0.0.1:9"))
    with run_lock(tmp_path / "news"):
        result = child("run", "good_kz", cwd=folder, environment={"NEWSCRAWL_DATA": str(tmp_path / "news")})
    assert (result.returncode, result.stdout) == (75, "")
    assert result.stderr.startswith(
        f"newscrawl: a run on {tmp_path / 'news'} is under way already (process {os.getpid()}"
    )
    assert result.stderr.count("\n") == 1


def test_cron_starts_in_home_where_no_project_is(child: Child, tmp_path: Path, installed: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {"PYTHONPATH": str(installed), "HOME": str(home)}
    result = child("run", cwd=home, environment=environment)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"newscrawl: no newscrawl project in {home} or above it")
    assert "--project DIR" in result.stderr
    assert result.stderr.count("\n") == 1


def test_cron_finds_the_checkout_that_newscrawl_is_installed_from(child: Child, tmp_path: Path) -> None:
    result = child("run", "nowhere_kz", "--data", tmp_path / "news", cwd=tmp_path, environment={"HOME": str(tmp_path)})
    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no site 'nowhere_kz'" in result.stderr, "a project was found, and its sites read"


def test_a_project_is_named_from_anywhere(child: Child, project: Project, tmp_path: Path, installed: Path) -> None:
    folder = project()
    environment = {"PYTHONPATH": str(installed), "HOME": str(tmp_path)}
    result = child("run", "-v", "--project", folder, "--data", tmp_path / "news", cwd=tmp_path, environment=environment)
    assert (result.returncode, result.stdout) == (0, "no site is due\n")
    assert (tmp_path / "news" / "newscrawl.db").exists()
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--project", "."], "is no newscrawl project"),
        (["-s", "LOG_LEVEL"], "'LOG_LEVEL' is not of the form NAME=VALUE"),
        (["-s", "NEWSCRAWL_NOW=tomorrow"], "a setting cannot be used: Invalid isoformat string: 'tomorrow'"),
    ],
)
def test_wrong_use_is_a_usage_error(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("run", "--data", tmp_path / "news", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "news" / "newscrawl.db").exists()


def test_it_runs_from_nowhere_with_an_empty_environment(project: Project, tmp_path: Path, repository: Path) -> None:
    """cron: no HOME, no PATH, no LANG, another folder."""
    code = f"import sys; sys.path.insert(0, {str(repository)!r}); from newscrawl.cli import main; main()"
    arguments = ["run", "--project", str(project()), "--data", str(tmp_path / "news")]
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd="/", env={}, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", ""), "all is well: nothing is said"
    assert (tmp_path / "news" / "newscrawl.db").exists()
    assert list((tmp_path / "news" / "logs").glob("*-run.log"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--deadline", "soon"], "'soon' is no length of time: write it like 50m, 1h30m or 90s"),
        (["--deadline", "0m"], "'0m' leaves no time at all"),
        (["--jobs", "0"], "0 is not in the range x>=1"),
        (["--ping", "ftp://hc.example/x"], "only an address of http:// or https:// can be pinged"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    invoke: Invoke, tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = invoke("run", "--data", tmp_path / "news", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "news").exists()
