"""Where the project is, and what a broken site file costs: its own site."""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings

import newscrawl
from newscrawl.crawl.project import NoProjectError, SiteLoader, data_folder, enter_project, find_project

GOOD = """
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Site


class Good(NewsSpider):
    name = {name!r}
    site = Site(name={name!r}, home="https://{host}/")
"""

Load = Callable[[dict[str, str]], SiteLoader]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Write site files into a package of their own and load it."""
    package = "sites_of_this_test"
    monkeypatch.syspath_prepend(str(tmp_path))

    def write_and_load(files: dict[str, str]) -> SiteLoader:
        folder = tmp_path / package
        folder.mkdir()
        (folder / "__init__.py").write_text('"""Sites."""\n')
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        return SiteLoader.from_settings(Settings({"SPIDER_MODULES": [package]}))

    yield write_and_load
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


def good(name: str, host: str) -> str:
    return GOOD.format(name=name, host=host)


BROKEN = [
    ("a module that is not there", "\n\nimport no_such_module\n", "line 3", "no_such_module"),
    ("a name that is not there", "from newscrawl.site import Sight\n", "line 1", "Sight"),
    ("no Python", "\nclass Broken(:\n", "line 2", "SyntaxError"),
    ("not UTF-8 as it says", "# coding: no-such-coding\n", "", "SyntaxError"),
    ("an error of its own", "\n\n\n1 / 0\n", "line 4", "ZeroDivisionError"),
    ("words in many lines", "raise ValueError('one\\ntwo')\n", "line 1", "one two"),
    ("a way out of the process", "import sys\nsys.exit(3)\n", "line 2", "SystemExit"),
    ("another spider's name", good("another", "broken.example"), "", "one spider named 'broken', it holds 'another'"),
    ("no spider", "x = 1\n", "", "one spider named 'broken', it holds none"),
    (
        "a site of another name",
        good("broken", "broken.example").replace("Site(name='broken'", "Site(name='other'"),
        "",
        "the Site must be named 'broken' like the file, it is named 'other'",
    ),
    (
        "a site that cannot be",
        good("broken", "broken.example").replace('home="https', 'timezone="Asia/Atlantis", home="https'),
        "line 8",
        "timezone: 'Asia/Atlantis'",
    ),
    ("a host that another site has", good("broken", "good.example"), "", "host good.example belongs to site 'a_good'"),
]


@pytest.mark.parametrize(("text", "line", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_file_costs_only_its_own_site_and_is_told_in_one_line(
    load: Load, caplog: pytest.LogCaptureFixture, text: str, line: str, words: str
) -> None:
    with caplog.at_level(logging.ERROR, logger="newscrawl"):
        loader = load({"a_good": good("a_good", "good.example"), "broken": text, "z_good": good("z_good", "z.example")})
    assert sorted(loader.list()) == ["a_good", "z_good"]
    assert [site.name for site in loader.sites()] == ["a_good", "z_good"]
    [(name, said)] = loader.broken.items()
    assert name == "broken"
    assert said.startswith("sites_of_this_test/broken.py")
    assert line in said
    assert words in said
    assert "\n" not in said
    [logged] = [r.getMessage() for r in caplog.records if r.name.startswith("newscrawl")]
    assert said in logged


def test_a_broken_site_is_asked_for_by_name_in_vain_and_says_why(load: Load) -> None:
    loader = load({"broken": "import no_such_module\n"})
    with pytest.raises(KeyError, match=r"broken\.py, line 1: ModuleNotFoundError"):
        loader.load("broken")


def test_a_name_that_nobody_has_names_the_way_to_all(load: Load) -> None:
    with pytest.raises(KeyError, match=r"no site 'tengri'; `scrapy list`"):
        load({"a_good": good("a_good", "good.example")}).load("tengri")


def test_a_site_is_found_by_the_host_of_an_address(load: Load) -> None:
    files = {"a_good": good("a_good", "good.example"), "z_good": good("z_good", "24.kz")}
    loader = load(files)
    found = loader.site_at("https://24.kz/ru/news/1")
    assert found is not None
    assert found.name == "z_good"
    assert loader.site_at("https://other.example/") is None
    assert loader.site_at("http://[::1") is None
    assert loader.find_by_request(Request("https://good.example/1")) == ["a_good"]
    assert loader.find_by_request(Request("https://other.example/1")) == []


def test_sites_come_by_name_and_a_spider_without_one_is_not_among_them(load: Load) -> None:
    plain = "import scrapy\n\n\nclass Plain(scrapy.Spider):\n    name = 'plain'\n"
    loader = load({"z_good": good("z_good", "z.example"), "plain": plain, "a_good": good("a_good", "a.example")})
    assert [site.name for site in loader.sites()] == ["a_good", "z_good"]
    assert loader.load("plain").name == "plain"
    assert loader.broken == {}


# --- the project's folder --------------------------------------------------------------------------------------------

CONFIG = "[settings]\ndefault = newscrawl.settings\n"


def test_a_project_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text(CONFIG)
    below = tmp_path / "spiders" / "deep"
    below.mkdir(parents=True)
    assert find_project(below) == tmp_path.resolve()
    assert find_project(tmp_path) == tmp_path.resolve()


OTHERS = [b"[settings]\ndefault = quotes.settings\n", b"no config at all", b"\xff\xfe\x00", b"[settings\n", b""]


@pytest.mark.parametrize("config", OTHERS)
def test_from_a_home_folder_the_checkout_itself_is_found(tmp_path: Path, repository: Path, config: bytes) -> None:
    # cron starts in $HOME, and another program's scrapy.cfg may lie there.
    (tmp_path / "scrapy.cfg").write_bytes(config)
    assert find_project(tmp_path) == repository


def test_without_a_project_the_line_says_where_was_looked_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newscrawl, "__file__", str(tmp_path / "site-packages" / "newscrawl" / "__init__.py"))
    with pytest.raises(NoProjectError) as raised:
        find_project(tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "--project DIR" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_where_the_data_are_can_be_chosen(tmp_path: Path) -> None:
    assert data_folder(Settings({"NEWSCRAWL_DATA": str(tmp_path)})) == tmp_path.resolve()
    assert data_folder(Settings({"NEWSCRAWL_PROJECT": str(tmp_path)})) == tmp_path / "data"


def test_a_home_folder_is_spelt_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder(Settings({"NEWSCRAWL_DATA": "~/news"})) == tmp_path.resolve() / "news"


def test_a_project_that_is_entered_is_importable_and_known_to_scrapy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scrapy.cfg").write_text(CONFIG)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "")
    settings = enter_project(tmp_path)
    assert sys.path[0] == str(tmp_path.resolve())
    assert settings.get("BOT_NAME") == "newscrawl"
    assert settings.get("NEWSCRAWL_PROJECT") == str(tmp_path.resolve())
