"""`scrapy crawl SITE`: Scrapy's own command with plain errors for wrong arguments and an honest exit code."""

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newscrawl.crawl.arguments import ArgumentError
from newscrawl.crawl.clock import Clock
from newscrawl.crawl.fates import visit_of
from newscrawl.crawl.health import exit_code, judge
from newscrawl.crawl.locks import LOCK_HELD_EXIT_CODE, LockHeldError, site_lock
from newscrawl.crawl.logs import add_log_file
from newscrawl.crawl.project import SiteLoader, data_folder
from newscrawl.crawl.spider import NewsSpider
from newscrawl.crawl.stopping import StopSignal, say
from newscrawl.crawl.summary import visit_line
from newscrawl.crawl.web import WebSpider
from newscrawl.store.errors import StoreError


class Command(ScrapyCrawl):
    """Exit codes: 0 healthy, 1 an internal error, 2 usage, 4 the site is unhealthy, 75 another crawl of it runs, 130/143 stopped.

    The log is a file under logs/ of the data folder as well as on the terminal.
    """

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Crawl a site by its name; -a since= -a until= -a limit= -a again=1 -a urls=FILE"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what was typed before anything starts, then crawl."""
        if len(args) != 1:
            raise UsageError("one site's name is needed; `scrapy list` names them all", print_help=False)
        assert self.crawler_process is not None
        try:
            spider = self.crawler_process.spider_loader.load(args[0])
        except KeyError as error:
            raise UsageError(str(error.args[0]), print_help=False) from None
        if not issubclass(spider, NewsSpider):
            super().run(args, opts)
            return
        try:
            clock = Clock.from_settings(self.crawler_process.settings)
        except ValueError as error:
            raise UsageError(f"NEWSCRAWL_NOW cannot be used: {error}", print_help=False) from None
        try:
            site_name = spider(**opts.spargs).site.name
            self._refuse_claimed_host(spider, opts)
            data = data_folder(self.crawler_process.settings)
            with site_lock(data, site_name):
                add_log_file(data, self.crawler_process.settings, clock.now(), site_name)
                self._crawl(spider, opts)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except LockHeldError as error:
            say(str(error), error=True)
            self.exitcode = LOCK_HELD_EXIT_CODE
        except StoreError as error:
            say(str(error), error=True)
            self.exitcode = 1

    def _refuse_claimed_host(self, spider: type[NewsSpider], opts: argparse.Namespace) -> None:
        """Every host belongs to one site: its own file knows its zone, and its lock keeps two crawls apart."""
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        claimed = loader.site_at(opts.spargs.get("url") or "") if isinstance(loader, SiteLoader) else None
        if issubclass(spider, WebSpider) and claimed is not None:
            raise ArgumentError(f"{opts.spargs['url']} belongs to site {claimed.name}: scrapy crawl {claimed.name}")

    def _crawl(self, spider: type[NewsSpider], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        stop = StopSignal(self.crawler_process)
        crawler = self._create_crawler(spider)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        visit = visit_of(crawler, spider.name)
        verdict, why = judge(visit)
        say(visit_line(visit, verdict, why), error=True)
        self.exitcode = stop.exit_code or exit_code([verdict], visit.internal_error)
