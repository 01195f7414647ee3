"""`newscrawl run` over two sites of its own: one is well, one forbids everything. Each run happens once and many tests look at it."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.crawl.locks import run_lock, site_lock
from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, environment, frozen_copy
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW, STORIES, TIMEZONE, news_site

pytestmark = pytest.mark.timeout(300)
Runs = dict[str, Crawled]
SOON = "2024-05-02T12:20:00+00:00"
SITE_FILE = """
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Feed, Listing, Site


class Local(NewsSpider):
    name = {name!r}
    site = Site(
        name={name!r}, home="{origin}/", timezone={timezone!r}, private=True, delay_s=0.01,
        sources=(Feed(url="{origin}/feed.xml"), Listing(url="{origin}/news/")),
    )
"""


def write_sites(folder: Path, **sites: LocalSite) -> None:
    """A package `local_sites` with a file a site, and one that is broken."""
    package = folder / "local_sites"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "broken.py").write_text("import no_such_module\n")
    for name, site in sites.items():
        (package / f"{name}.py").write_text(SITE_FILE.format(name=name, origin=site.origin, timezone=TIMEZONE))


def run(folder: Path, *names: str, now: str = NOW) -> Crawled:
    """`newscrawl run` on the sites of the folder; the lines are standard output, then standard error."""
    data = folder / "data"
    settings = {"SPIDER_MODULES": "local_sites", "NEWSCRAWL_NOW": now, "NEWSCRAWL_READERS": "1"}
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    ended = subprocess.run(
        [sys.executable, "-m", "newscrawl", "run", "-v", *names, "--data", str(data), *given],
        cwd=REPOSITORY,
        env={**environment(), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return Crawled(exit_code=ended.returncode, lines=f"{ended.stdout}---\n{ended.stderr}", data=data)


def run_again_and_again(folder: Path) -> Runs:
    with news_site() as good, LocalSite(everything=Answer(status=403)) as bad:
        write_sites(folder, good=good, bad=bad)
        runs = {"first": frozen_copy(run(folder), folder / "first")}
        asked = len(good.requests), len(bad.requests)
        runs["soon"] = frozen_copy(run(folder, now=SOON), folder / "soon")
        assert asked == (len(good.requests), len(bad.requests)), "a site that is not due is left alone"
        begun = len(good.requests)
        with site_lock(folder / "data", "bad"):
            runs["named"] = replace(run(folder, "good", "bad", now=SOON), requests=good.requests[begun:])
        with run_lock(folder / "data"):
            runs["locked"] = run(folder)
    return runs


@pytest.fixture(scope="session")
def runs(once: Callable[[str, Callable[[Path], Runs]], Runs]) -> Runs:
    return once("runs", run_again_and_again)


def test_some_sites_well_and_some_not_is_exit_code_3(runs: Runs) -> None:
    assert runs["first"].exit_code == 3, runs["first"].lines


def test_there_is_one_line_a_site_and_trouble_goes_to_standard_error(runs: Runs) -> None:
    out, _, trouble = runs["first"].lines.partition("---\n")
    assert out.splitlines() == [f"good: new: {len(STORIES)} stored"]
    assert sorted(line.partition(":")[0] for line in trouble.splitlines()) == ["bad", "broken"]
    assert "bad: blocked: " in trouble
    assert "broken.py, line 1: ModuleNotFoundError" in trouble


def test_one_run_holds_both_visits(runs: Runs) -> None:
    visits = runs["first"].rows(
        "SELECT site, verdict, run_id, ended_at IS NOT NULL AS ended FROM site_runs ORDER BY site"
    )
    assert [(v["site"], v["verdict"], v["ended"]) for v in visits] == [("bad", "blocked", 1), ("good", "new", 1)]
    assert len({v["run_id"] for v in visits}) == 1
    assert runs["first"].rows("SELECT command, exit_code FROM runs") == [{"command": "run", "exit_code": 3}]


def test_the_good_site_is_stored_whatever_the_bad_one_did(runs: Runs) -> None:
    assert runs["first"].rows("SELECT count(*) AS n FROM articles WHERE site = 'good'") == [{"n": len(STORIES)}]
    assert runs["first"].rows("SELECT count(*) AS n FROM articles WHERE site <> 'good'") == [{"n": 0}]


def test_a_run_writes_a_log_of_its_own(runs: Runs) -> None:
    logs = sorted((runs["named"].data / "logs").glob("*.log"))
    assert logs
    assert "stored" in logs[0].read_text(encoding="utf-8")


def test_a_run_soon_after_finds_nothing_due(runs: Runs) -> None:
    told = {line.partition(":")[0] for line in runs["soon"].lines.splitlines()} - {"---", "no site is due"}
    assert told == {"broken"}, "a broken file is said each time"
    assert runs["soon"].rows("SELECT count(*) AS n FROM site_runs") == [{"n": 2}]


def test_a_named_site_is_visited_though_not_due_and_one_that_is_being_crawled_is_left_out(runs: Runs) -> None:
    named = runs["named"]
    assert named.exit_code == 0, named.lines
    assert "good: quiet: " in named.lines
    assert "bad: left out: a crawl of bad is under way already (process " in named.lines


def test_a_quiet_visit_costs_a_few_conditional_requests(runs: Runs) -> None:
    asked = {a.path: a.conditional for a in runs["named"].requests}
    due = STORIES[0].path  # an hour old: looked at again
    assert asked == {"/feed.xml": True, "/news/": True, due: True}, "robots.txt is remembered for a day"


def test_two_runs_do_not_meet(runs: Runs) -> None:
    assert runs["locked"].exit_code == 75
    assert "is under way already (process " in runs["locked"].lines
    assert "Traceback" not in runs["locked"].lines
