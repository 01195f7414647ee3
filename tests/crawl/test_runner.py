"""Which sites a run visits, and the spider of a site that has no file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.project import SiteLoader
from newscrawl.crawl.runner import choose_spiders, spider_for
from newscrawl.crawl.spider import NewsSpider
from newscrawl.site import Site
from newscrawl.store import runs
from newscrawl.store.database import open_database, write_transaction

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)


class FewSites(SiteLoader):
    """Three sites that have no file."""

    def __init__(self) -> None:
        super().__init__(Settings({"SPIDER_MODULES": []}))
        for name, more in (("hourly", {}), ("daily", {"every": timedelta(days=1)}), ("off", {"enabled": False})):
            self._spiders[name] = spider_for(Site(name=name, home=f"https://{name}.example/", **more))  # type: ignore[arg-type]


def chosen(data: Path, *names: str, now: datetime = NOON) -> list[str]:
    return [spider.name for spider in choose_spiders(FewSites(), names, data, now)]


def visit(data: Path, site: str, ended_at: datetime) -> None:
    path = data / "newscrawl.db"
    connection = open_database(path)
    with write_transaction(connection, path):
        run = runs.start_run(connection, ended_at, "run", 1)
        site_run = runs.start_site_run(connection, run, site, ended_at)
        runs.finish_site_run(connection, site_run, ended_at, counts={}, verdict="healthy")
    connection.close()


def test_a_site_without_a_file_gets_a_spider_of_its_name() -> None:
    site = Site(name="vesti_example", home="https://vesti.example/", delay_s=2.5)
    spider = spider_for(site)
    settings = Settings()
    spider.update_settings(settings)
    assert issubclass(spider, NewsSpider)
    assert (spider.name, spider.site) == ("vesti_example", site)
    assert settings.getfloat("DOWNLOAD_DELAY") == 2.5


def test_without_names_every_enabled_site_that_was_never_visited_is_due(tmp_path: Path) -> None:
    assert chosen(tmp_path) == ["daily", "hourly"]


DUE = [
    ("just visited", timedelta(minutes=1), []),
    ("an hour ago, less what a visit takes", timedelta(minutes=52), ["hourly"]),
    ("hours ago", timedelta(hours=5), ["hourly"]),
    ("a day ago", timedelta(days=1), ["daily", "hourly"]),
    ("in the future: the clock was set back", timedelta(hours=-3), ["daily", "hourly"]),
]


@pytest.mark.parametrize(("ago", "due"), [d[1:] for d in DUE], ids=[d[0] for d in DUE])
def test_a_visited_site_is_due_when_its_time_has_come(tmp_path: Path, ago: timedelta, due: list[str]) -> None:
    for site in ("hourly", "daily"):
        visit(tmp_path, site, NOON - ago)
    assert chosen(tmp_path) == due


def test_named_sites_are_visited_whether_due_or_not_and_once(tmp_path: Path) -> None:
    visit(tmp_path, "hourly", NOON)
    assert chosen(tmp_path, "off", "hourly", "off") == ["off", "hourly"]


def test_an_unknown_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="there is no site 'weekly'"):
        chosen(tmp_path, "weekly")


def test_the_spider_of_any_address_cannot_be_run_by_its_name(tmp_path: Path) -> None:
    loader = FewSites()
    loader._spiders["web"] = type("Web", (NewsSpider,), {"name": "web"})
    with pytest.raises(KeyError, match="`scrapy crawl web` takes its address"):
        choose_spiders(loader, ["web"], tmp_path, NOON)
