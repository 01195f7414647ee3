"""Scrapy's settings as newscrawl needs them, each with the reason why it differs from Scrapy's default."""

import os

from scrapy.settings import default_settings

from newscrawl import __version__

# The project's name, as Scrapy shows it.
BOT_NAME = "newscrawl"
# Where the site files lie, one a site.
SPIDER_MODULES = ["spiders"]
# Where `scrapy genspider` puts a new one.
NEWSPIDER_MODULE = "spiders"
# Loads the site files one by one: a file that raises costs only its own site, two files of one name are an error.
SPIDER_LOADER_CLASS = "newscrawl.crawl.project.SiteLoader"
# `scrapy crawl` with plain errors for wrong arguments and an honest exit code (Scrapy's own exits 0 whatever happened).
COMMANDS_MODULE = "newscrawl.crawl.commands"

# --- where things are -------------------------------------------------------------------------------------------
# The folder of newscrawl.db, archive/ and logs/. None: data/ of the project.
NEWSCRAWL_DATA = os.environ.get("NEWSCRAWL_DATA") or None
# Who crawls: an address or a page where a site's owner can ask. Part of the User-Agent.
NEWSCRAWL_CONTACT = os.environ.get("NEWSCRAWL_CONTACT") or None
# An ISO instant that stands for now; only the demo and the tests set it, so that a crawl can be repeated exactly.
NEWSCRAWL_NOW = os.environ.get("NEWSCRAWL_NOW") or None
# Reading processes: None means one for each processor, at most four.
NEWSCRAWL_READERS = None
# Seconds that the reading of one page may take; some pages would take minutes.
NEWSCRAWL_READ_TIMEOUT_S = 20.0
# Megabytes that one page may need on top of an idle reading process (a page of 10 MB takes 127 MB): a page cannot take
# the machine's memory.
NEWSCRAWL_READ_MEMORY_MB = 512
# The longest Retry-After that is waited for inside a run; a longer one ends the host's turn.
NEWSCRAWL_RETRY_AFTER_MAX_S = 120.0
# The longest Crawl-delay that is kept; a longer one is cut to this, with a warning.
NEWSCRAWL_CRAWL_DELAY_MAX_S = 60.0
# Seconds and requests that `newscrawl run` gives one site; what is left waits in the queue. So an hourly run ends before the
# next one begins, and a site with ten thousand new addresses (three hours, at one a second) keeps no other site waiting.
# 0 means no bound; `scrapy crawl` has none.
NEWSCRAWL_RUN_SITE_S = 2400.0
NEWSCRAWL_RUN_SITE_REQUESTS = 3000  # more than fit in the time at one a second: for sites whose own delay is shorter
# Sites under way at a time in `newscrawl run`, unless --jobs says otherwise. Forty sites at a page a second are what two
# reading processes just manage (25 to 50 ms a page); with more, pages wait in memory.
NEWSCRAWL_RUN_JOBS = 40
# Days that the logs of runs are kept; 0 keeps them for ever. A month is enough to look back from a monthly report.
NEWSCRAWL_LOG_DAYS = 30

# --- how far a visit goes ----------------------------------------------------------------------------------------
# Requests to a site's sources in an hour without anything new: the first source, then those asked longest ago. Once one of them
# lists something new, all are asked. A visit with a window or `again`, the first one, and one after a broken one ask all.
NEWSCRAWL_QUIET_REQUESTS = 3
# A list or feed has ended when that many of its pages in a row list only what it had listed: some repeat their last page for
# ever. Two, since sites that count from 0 show their first page twice.
NEWSCRAWL_REPEATED_PAGES = 2
# Day pages have ended when that many days in a row list nothing that the days after them had not: a calendar has no end, and
# a paper that rests takes less than a month.
NEWSCRAWL_EMPTY_DAYS = 31
# Pages of sources that one visit asks for, all sources together.
NEWSCRAWL_SOURCE_PAGES = 5_000
# New addresses that a visit without a window queues, the newest first. An archive of years is fetched when `since` asks for it;
# without a bound the first visit to a site with whole sitemaps would queue hundreds of thousands.
NEWSCRAWL_NEW_ADDRESSES = 10_000
# Pages of one form of address (numbers and slugs folded) that in a row held no new article; the rest of that form is over_limit.
# Calendars, tags and searches hold none at all; of a site's real articles no hundred in a row are lists, empty or known already.
NEWSCRAWL_BARREN_PAGES = 100
# Addresses that differ by one parameter's value and were all one article: a further one is over_limit. That is how a session id
# looks whose name nobody knows; three, since two may be one article by a mistake.
NEWSCRAWL_SAME_PAGE_ADDRESSES = 3

# --- politeness -------------------------------------------------------------------------------------------------
# "Name/1.0 (+contact)" is the honest form, and some sites of the region answer XML to no other. The contact is
# appended by the crawl, where the setting is known.
USER_AGENT = f"newscrawl/{__version__}"
# One question at a time: these are small servers.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Seconds between two requests to a host; a site's file (`delay_s`) and robots.txt may ask for more.
DOWNLOAD_DELAY = 1.0
# Jitter would take the delay below what robots.txt or the site's file asks for.
DOWNLOAD_DELAY_JITTER = 0.0
# Ours waits for the file before anything is let through, and keeps out on 5xx and silence (RFC 9309).
ROBOTSTXT_OBEY = False
# Every page is asked for as by a first visitor: what it says does not hang on what was fetched before.
COOKIES_ENABLED = False
# No language is asked for: it would change what some sites show; their own addresses choose the language.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "*",
}

# --- bounds -----------------------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = 45  # one slow site of the region is known to need it; 180 would hold a run up for too long
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # the default, 1 GiB, lets a gzip bomb of 2 MB take 1.1 GB and 14 s
DOWNLOAD_WARNSIZE = 0  # no warning below the limit: what is over it has the fate too_large
DOWNLOAD_VERIFY_CERTIFICATES = True  # a page that anybody on the way could have written is no source
DNS_TIMEOUT = 20  # as for DOWNLOAD_TIMEOUT
REDIRECT_MAX_TIMES = 5  # a longer chain leads nowhere
RETRY_TIMES = 2  # inside a run; later runs ask again, at growing intervals
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the fate says it, once
# A status is an answer, and every answer has a fate.
HTTPERROR_ALLOW_ALL = True
# The table of addresses is the queue and knows what was seen; Scrapy's own filter would keep every address in memory.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# One page is one item: Scrapy makes that many tasks for every response, and 100 of them cost 2.4 ms a page.
CONCURRENT_ITEMS = 1
# In one crawler, waiting ones included; a host still gets one at a time. With 16, two hosts that ask for patience held up the
# site's others; the spider hands out at most eight a host.
CONCURRENT_REQUESTS = 64
# Bytes of answers that wait for the pipelines, a crawler: with 5 MB fifty sites reached 418 MB.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 300_000

# --- no doors into the process ----------------------------------------------------------------------------------
TELNETCONSOLE_ENABLED = False  # a local program could run code in the crawl
REMOTE_CONTROL_ENABLED = False  # as the telnet console
# `file:` stays for `scrapy shell ./page.html`; a crawl never gets there (AddressGuard lets only http and https through).
# http and https: without Twisted's own second try, which would not wait for the host's delay.
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.crawl.cut_downloads.CutDownloads",
    "https": "newscrawl.crawl.cut_downloads.CutDownloads",
    "data": None,
    "ftp": None,
    "s3": None,
}

# --- the way of a page ------------------------------------------------------------------------------------------
# Scrapy imports what is in its own lists even where it is switched off. Cookies bring a list of all domains along: 4 MB.
DOWNLOADER_MIDDLEWARES_BASE = {
    path: place for path, place in default_settings.DOWNLOADER_MIDDLEWARES_BASE.items() if ".cookies." not in path
}
# In the same way the remote control brings a second HTTP library: 9 MB and a fifth of a second of every run.
EXTENSIONS_BASE = {
    path: place for path, place in default_settings.EXTENSIONS_BASE.items() if ".remote_control." not in path
}
# Scrapy's guards that a request can ask to look away (or that let the first requests pass) give way to ours.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # a request can ask it to look away; ours cannot be asked
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.crawl.addresses.AddressGuard": 50,
    "newscrawl.crawl.robots.RobotsMiddleware": 100,
    "newscrawl.crawl.declared_charset.DeclaredCharsetMiddleware": 585,  # unpacked (590), and not yet looked into (580)
    "newscrawl.crawl.whole_body.WholeBodyMiddleware": 592,
    "newscrawl.crawl.politeness.Politeness": 595,  # next to the downloader: hears of 429 before Scrapy tries again
}
# UrlLengthMiddleware drops an address of over 2,083 characters without a word: some 345 Cyrillic letters.
SPIDER_MIDDLEWARES = {"scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None}
# Give every address its fate, and remember what every host has asked of us.
EXTENSIONS = {
    "newscrawl.crawl.fates.FateRecorder": 100,
    "newscrawl.crawl.hosts.HostMemory": 110,
    "newscrawl.crawl.clock_check.ClockCheck": 115,  # a clock gone wrong, the site's or ours, is a verdict of its own
    "newscrawl.crawl.ending.VisitEnding": 120,  # a stop within ten seconds, and the bounds of a site in a run
}
# Archived before it is read, read before it is dated, stored last.
ITEM_PIPELINES = {
    "pipelines.archive.ArchivePipeline": 100,
    "pipelines.body.BodyPipeline": 200,
    "pipelines.dates.DatesPipeline": 300,
    "pipelines.language.LanguagePipeline": 400,
    "pipelines.duplicates.DuplicatesPipeline": 500,
    "pipelines.storage.StoragePipeline": 900,
}
# A name that leads to a private address is refused where it is looked up, so that nothing can look elsewhere afterwards.
TWISTED_DNS_RESOLVER = "newscrawl.crawl.resolver.PublicAddressResolver"

# --- words ------------------------------------------------------------------------------------------------------
# From the environment's LOG_LEVEL, or with -s; DEBUG tells every request.
LOG_LEVEL = os.environ.get("LOG_LEVEL") or "INFO"
LOG_FORMATTER = "newscrawl.crawl.log_format.PageLogFormatter"  # an item is a whole page: its address is enough
STATS_DUMP = False  # the visit's line and the table site_runs say what matters
FEED_EXPORT_ENCODING = "utf-8"  # Cyrillic stays readable in `-O out.jsonl`
MEMUSAGE_ENABLED = True  # stated: the figure belongs to the log of a run
