"""`newscrawl run` within its bounds: so many sites at a time, so many requests a site, so much time for all."""

import json
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

import pytest

from tests.crawl.crawls import LIMIT_S, REPOSITORY, Crawled, environment, frozen_copy
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW, STORIES, news_site
from tests.crawl.test_run import write_sites

pytestmark = pytest.mark.timeout(300)
LATER = "2024-05-02T13:10:00+00:00"


class Bounded(NamedTuple):
    """What the runs of this module left."""

    runs: dict[str, Crawled]
    told: list[tuple[str, str]]
    asked: dict[str, list[float]]


def run(folder: Path, *arguments: str, now: str = NOW) -> Crawled:
    settings = {"SPIDER_MODULES": "local_sites", "NEWSCRAWL_NOW": now, "NEWSCRAWL_READERS": "1"}
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    data = folder / "data"
    ended = subprocess.run(
        [sys.executable, "-m", "newscrawl", "run", *arguments, "--data", str(data), *given],
        cwd=REPOSITORY,
        env={
            **environment(),
            "PYTHONPATH": f"{folder}:{REPOSITORY}",
            "http_proxy": "http://user:s3cretword@127.0.0.1:9",
        }
        | {"no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return Crawled(exit_code=ended.returncode, lines=f"{ended.stdout}---\n{ended.stderr}", data=data)


def watchdog(told: list[tuple[str, str]]) -> ThreadingHTTPServer:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(500)  # a watchdog in trouble changes nothing
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def within_bounds(folder: Path) -> Bounded:
    told: list[tuple[str, str]] = []
    server = watchdog(told)
    with news_site() as one, news_site() as two, LocalSite(everything=Answer(gate=Event())) as slow:
        write_sites(folder, one=one, two=two)
        (folder / "local_sites" / "broken.py").unlink()
        address = f"http://127.0.0.1:{server.server_port}/check-1d"
        bounded = ("-v", "-s", "NEWSCRAWL_RUN_SITE_REQUESTS=5")
        runs = {"bounded": frozen_copy(run(folder, *bounded), folder / "bounded")}
        begun = {"one": len(one.requests), "two": len(two.requests)}
        whole = run(folder, "--jobs", "1", "--ping", address, now=LATER)
        runs["whole"] = frozen_copy(whole, folder / "whole")
        sites = {"one": one, "two": two}
        asked = {name: [a.at_s for a in site.requests[begun[name] :]] for name, site in sites.items()}
        write_sites(folder / "more", slow=slow, two=two)
        (folder / "more" / "local_sites" / "broken.py").unlink()
        runs["deadline"] = run(folder / "more", "--deadline", "1s", "--jobs", "1")
    server.shutdown()
    server.server_close()
    return Bounded(runs, told, asked)


@pytest.fixture(scope="session")
def bounded(once: Callable[[str, Callable[[Path], Bounded]], Bounded]) -> Bounded:
    return once("bounded", within_bounds)


def test_a_site_that_reaches_its_bound_says_so_and_is_well(bounded: Bounded) -> None:
    first = bounded.runs["bounded"]
    assert first.exit_code == 0, first.lines
    for name in ("one", "two"):
        assert f"{name}: new: " in first.lines
    assert first.lines.count("ended after 5 requests, which a run gives a site (NEWSCRAWL_RUN_SITE_REQUESTS)") == 2
    assert "---\n" in first.lines[-5:], "it is no trouble"
    fates = first.fates()
    assert "queued" in fates.values()
    assert "fetching" not in fates.values()


def test_the_next_run_fetches_what_a_bound_left_and_is_silent(bounded: Bounded) -> None:
    whole = bounded.runs["whole"]
    assert whole.lines == "---\n"
    assert whole.exit_code == 0
    count = whole.rows("SELECT site, count(*) AS n FROM articles GROUP BY site ORDER BY site")
    assert count == [{"site": "one", "n": len(STORIES)}, {"site": "two", "n": len(STORIES)}]


def test_with_one_site_at_a_time_the_next_begins_when_one_has_ended(bounded: Bounded) -> None:
    one, two = sorted(bounded.asked.values())
    assert one
    assert two
    assert one[-1] < two[0]


def test_the_watchdog_is_told_of_begin_and_end_and_its_trouble_changes_nothing(bounded: Bounded) -> None:
    assert [path for path, _ in bounded.told] == ["/check-1d/start", "/check-1d/0"]
    summary = bounded.told[-1][1]
    assert sorted(line.partition(": ")[0] for line in summary.splitlines()) == ["one", "two"]


def log_of(crawled: Crawled, number: int) -> list[dict[str, Any]]:
    path = sorted((crawled.data.parent / "data" / "logs").glob("*-run.log"))[number]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_log_is_one_object_a_line_with_site_address_and_fate(bounded: Bounded) -> None:
    lines = log_of(bounded.runs["whole"], 1)
    fates = {(line["site"], line["fate"]) for line in lines if "fate" in line}
    assert {site for site, fate in fates if fate in {"stored", "copy"}} == {"one", "two"}, "they have the same stories"
    assert all(line["url"].startswith("http://127.0.0.1") for line in lines if "fate" in line)
    of_a_site = [line for line in lines if line["logger"].startswith("scrapy.core.engine")]
    assert of_a_site
    assert {line["site"] for line in of_a_site} == {"one", "two"}


def test_no_secret_and_no_page_is_in_a_log(bounded: Bounded) -> None:
    text = "\n".join(path.read_text() for path in (bounded.runs["whole"].data.parent / "data" / "logs").glob("*.log"))
    assert "the ping 'start' to 127.0.0.1 failed (500)" in text
    for hidden in ("check-1d", "s3cretword", "<p>", "NEWSCRAWL_READERS"):
        assert hidden not in text, hidden


def test_a_deadline_ends_the_run_cleanly_and_is_said_not_failed(bounded: Bounded) -> None:
    ended = bounded.runs["deadline"]
    assert ended.exit_code == 0, ended.lines
    assert ended.lines == "---\nthe deadline of 1s ended the run; 2 sites have work left: slow, two\n"
    assert ended.rows("SELECT exit_code, ended_at IS NOT NULL AS ended FROM runs") == [{"exit_code": 0, "ended": 1}]
    assert ended.rows("SELECT count(*) AS n FROM urls WHERE fate = 'fetching'") == [{"n": 0}]
    visits = ended.rows("SELECT site, complete, problem FROM site_runs")
    assert visits == [{"site": "slow", "complete": 0, "problem": "the deadline of 1s ended the run"}]
