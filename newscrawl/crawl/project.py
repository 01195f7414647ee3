"""Where the project is, and its site files loaded one by one: a broken file costs only its own site."""

import builtins
import importlib
import logging
import os
import pkgutil
import sys
import traceback
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path

from scrapy import Request, Spider
from scrapy.settings import BaseSettings, Settings
from scrapy.utils.spider import iter_spider_classes

import newscrawl
from newscrawl.crawl.import_limit import ImportTimeout, import_limit
from newscrawl.site import Site, host_of

logger = logging.getLogger(__name__)
SETTINGS_MODULE = "newscrawl.settings"


class NoProjectError(Exception):
    """No newscrawl project can be found: the message says where was looked and what to do."""


def find_project(start: Path | None = None) -> Path:
    """The folder with newscrawl's scrapy.cfg: from `start` (or the current folder) upwards, else the checkout this package lies in."""
    here = (start or _current_folder()).resolve()
    for folder in (here, *here.parents, Path(newscrawl.__file__).resolve().parents[1]):
        if _is_project(folder / "scrapy.cfg"):
            return folder
    raise NoProjectError(
        f"no newscrawl project in {here} or above it (a folder with newscrawl's scrapy.cfg and spiders/): "
        "change into the checkout, or give it with --project DIR"
    )


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the shell stands in a folder that was deleted: the checkout can still be found
        return Path("/")


def _is_project(config: Path) -> bool:
    if not config.is_file():
        return False
    parser = ConfigParser()
    try:
        parser.read(config, encoding="utf-8")
    except (ConfigError, UnicodeDecodeError):
        return False
    return parser.get("settings", "default", fallback="") == SETTINGS_MODULE


def enter_project(folder: Path | None = None) -> Settings:
    """Make the project's `spiders` and `pipelines` importable from wherever the command was started; its Scrapy settings."""
    project = find_project(folder)
    if str(project) not in sys.path:
        sys.path.insert(0, str(project))
    settings = Settings()
    settings.setmodule(SETTINGS_MODULE, priority="project")
    settings.set("NEWSCRAWL_PROJECT", str(project), priority="project")
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS_MODULE
    return settings


def data_folder(settings: BaseSettings) -> Path:
    """The folder of the database, the archive and the logs: `NEWSCRAWL_DATA`, else data/ of the project."""
    chosen = settings.get("NEWSCRAWL_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    project = settings.get("NEWSCRAWL_PROJECT")
    return (Path(project) if project else find_project()) / "data"


class SiteLoader:
    """Scrapy's spider loader over site files. `broken`: name of a file -> one line that says what is wrong with it."""

    def __init__(self, settings: BaseSettings) -> None:
        self.broken: dict[str, str] = {}
        self._spiders: dict[str, type[Spider]] = {}
        self._hosts: dict[str, str] = {}
        for package in settings.getlist("SPIDER_MODULES"):
            self._load_package(package)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "SiteLoader":
        """As Scrapy makes it."""
        return cls(settings)

    def _load_package(self, package: str) -> None:
        folder = importlib.import_module(package)
        for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda m: m.name):
            try:
                with import_limit():
                    self._load_file(f"{package}.{module.name}", module.name)
            except (Exception, SystemExit, ImportTimeout) as error:  # noqa: BLE001 - a site's file may raise anything; it costs that site only
                place = f"{package}/{module.name}.py{_line_of(error, module.name)}"
                self.broken[module.name] = f"{place}: {type(error).__name__}: {' '.join(str(error).split())}"
                logger.error("site %s is left out: %s", module.name, self.broken[module.name])

    def _load_file(self, module_name: str, file_name: str) -> None:
        module = importlib.import_module(module_name)
        classes = list(iter_spider_classes(module))
        if [c.name for c in classes] != [file_name]:
            names = ", ".join(repr(c.name) for c in classes) or "none"
            raise ValueError(f"the file must hold one spider named {file_name!r}, it holds {names}")
        site = getattr(classes[0], "site", None)
        if isinstance(site, Site):
            if site.name != file_name:
                raise ValueError(f"the Site must be named {file_name!r} like the file, it is named {site.name!r}")
            self._claim_hosts(site)
        self._spiders[file_name] = classes[0]

    def _claim_hosts(self, site: Site) -> None:
        for host in sorted(site.all_hosts):
            if host in self._hosts:
                raise ValueError(f"host {host} belongs to site {self._hosts[host]!r} already")
        self._hosts.update(dict.fromkeys(site.all_hosts, site.name))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name. KeyError: there is none, or its file is broken; the message says which."""
        if spider_name in self.broken:
            raise KeyError(f"site {spider_name!r} cannot be used: {self.broken[spider_name]}")
        if spider_name not in self._spiders:
            raise KeyError(f"there is no site {spider_name!r}; `scrapy list` names them all")
        return self._spiders[spider_name]

    def list(self) -> builtins.list[str]:
        """The names of all spiders, broken ones left out."""
        return list(self._spiders)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The spiders whose site the request's host belongs to."""
        name = self._hosts.get(host_of(request.url))
        return [name] if name else []

    def sites(self) -> builtins.list[Site]:
        """Every site, by name."""
        sites = (getattr(self._spiders[name], "site", None) for name in sorted(self._spiders))
        return [site for site in sites if isinstance(site, Site)]

    def site_at(self, url: str) -> Site | None:
        """The site that the address belongs to."""
        name = self._hosts.get(host_of(url))
        return getattr(self._spiders[name], "site", None) if name else None


def _line_of(error: BaseException, file_name: str) -> str:
    if isinstance(error, SyntaxError):
        return f", line {error.lineno}" if error.lineno else ""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).stem == file_name]
    return f", line {frames[-1].lineno}" if frames else ""
