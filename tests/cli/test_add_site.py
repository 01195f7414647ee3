"""`newscrawl add-site` on local sites of three shapes: what is written passes the tests, and its first crawl stores all articles."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.site_shapes import Shape, shapes
from newscrawl.store.database import open_readonly
from tests.cli.conftest import Child, Invoke, Project
from tests.crawl.crawls import environment
from tests.crawl.local_site import Answer, LocalSite

pytestmark = pytest.mark.timeout(300)
QUICK = ("-s", "DOWNLOAD_DELAY=0.01")
NOW = "2024-05-02T12:00:00+00:00"


def served(name: str) -> tuple[LocalSite, Shape]:
    site = LocalSite()
    shape = shapes()[name](site.origin)
    site.pages |= shape.pages
    return site, shape


def with_tests(folder: Path, repository: Path) -> None:
    """The tests that every site's file and fixtures have to pass, in a project that holds no other site."""
    for path in (
        "tests/__init__.py",
        "tests/goldens.py",
        "tests/spiders",
        "tests/extraction/__init__.py",
        "tests/extraction/test_goldens.py",
    ):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (repository / path).is_dir() else shutil.copy
        copy(repository / path, target)


GENERATED = (
    "tests/extraction/test_goldens.py::test_page_is_read_as_its_golden_says",
    "tests/spiders/test_saved_sources.py::test_every_site_has_a_saved_page_and_a_saved_source",
    "tests/spiders/test_saved_sources.py::test_a_saved_page_has_an_articles_address",
    "tests/spiders/test_saved_sources.py::test_a_saved_source_gives_its_candidates",
    "tests/spiders/test_saved_addresses.py",
    "tests/spiders/test_site_files.py::test_a_site_file_only_declares",
)


@pytest.mark.parametrize("name", ["wordpress", "plain", "bitrix"])
def test_what_is_written_passes_its_tests_and_its_first_crawl_stores_all(
    name: str, project: Project, child: Child, repository: Path
) -> None:
    folder = project()
    site, shape = served(name)
    with site:
        added = child(
            "add-site", site.url("/"), "--timezone", "Asia/Almaty", "-s", f"NEWSCRAWL_NOW={NOW}", *QUICK, cwd=folder
        )
        assert added.returncode == 0, added.stderr
        file = folder / "spiders" / f"{site.name}.py"
        assert f"{file}\n" in added.stdout
        check = [sys.executable, "-m", "ruff", "format", "--check", "--line-length=120", "--isolated", str(file)]
        assert subprocess.run(check, capture_output=True, check=False).returncode == 0, file.read_text(encoding="utf-8")
        with_tests(folder, repository)
        tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *GENERATED]
        passed = subprocess.run(tests, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
        assert passed.returncode == 0, passed.stdout
        assert f"{site.name}/" in str(list((folder / "tests" / "fixtures").glob("*/sources/*.json")))
        crawl = [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            site.name,
            "-s",
            f"NEWSCRAWL_NOW={NOW}",
            "-s",
            "NEWSCRAWL_READERS=1",
            *QUICK,
        ]
        subprocess.run(crawl, cwd=folder, env=environment(), capture_output=True, check=False, timeout=100)
    connection = open_readonly(folder / "data" / "newscrawl.db")
    stored = {row["title"] for row in connection.execute("SELECT title FROM articles")}
    connection.close()
    assert stored == set(shape.articles.values())


def test_a_site_without_a_whole_article_gives_no_file(project: Project, child: Child) -> None:
    folder = project()
    challenge = (
        "<html><head><title>Just a moment...</title></head><body><form id='challenge-form'></form></body></html>"
    )
    with LocalSite(everything=Answer(body=challenge, status=403)) as site:
        ended = child("add-site", site.url("/"), "--timezone", "Asia/Almaty", *QUICK, cwd=folder)
    assert ended.returncode == 1
    assert "challenge" in ended.stderr
    assert "nothing was written, since no source lists articles" in ended.stderr
    assert [p.name for p in (folder / "spiders").glob("*.py")] == ["__init__.py"]
    assert not (folder / "tests").exists()


ZONES = {
    "https://vesti.kz/": "Asia/Almaty, Asia/Qyzylorda",
    "https://vesti.kg/": "likely Asia/Bishkek",
    "https://vesti.example/": "Asia/Tashkent",
}


@pytest.mark.parametrize(("url", "zones"), ZONES.items())
def test_without_a_terminal_the_zone_has_to_be_given(invoke: Invoke, project: Project, url: str, zones: str) -> None:
    result = invoke("add-site", url, "--project", project())
    assert result.exit_code == 2
    assert "--timezone" in result.stderr
    assert zones in " ".join(result.stderr.split())


def test_a_host_that_a_site_claims_is_refused_before_anything_is_asked(child: Child, repository: Path) -> None:
    ended = child(
        "add-site", "https://www.vlast.kz/novosti/", "--timezone", "Asia/Almaty", "--name", "another", cwd=repository
    )
    assert ended.returncode == 2
    assert "belongs to site vlast_kz already: spiders/vlast_kz.py" in " ".join(ended.stderr.split())


def test_nothing_is_overwritten(invoke: Invoke, project: Project) -> None:
    folder = project(vesti_example='"""Mine."""\n')
    for name, path in (("vesti_example", "spiders/vesti_example.py"), ("other", "tests/fixtures/other")):
        if name == "other":
            (folder / path).mkdir(parents=True)
        result = invoke(
            "add-site", "https://vesti.example/", "--timezone", "Asia/Almaty", "--name", name, "--project", folder
        )
        assert result.exit_code == 2
        assert f"{path} is there already; nothing was written" in result.stderr.replace("\n", "")


@pytest.mark.parametrize("name", ["../x", "Vesti", "a-b", ""])
def test_a_name_that_is_no_files_is_refused(invoke: Invoke, project: Project, name: str) -> None:
    result = invoke(
        "add-site", "https://vesti.example/", "--timezone", "Asia/Almaty", "--name", name, "--project", project()
    )
    assert result.exit_code == 2
    assert "host_with_underscores" in result.stderr
