"""A site -> whether it answers, and what its robots.txt lets a crawl ask for: one request."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.probe import Answered, Prober
from newscrawl.crawl.robots_file import HostRules, read_robots
from newscrawl.crawl.sources import pages_of
from newscrawl.page import Fate
from newscrawl.site import Site, host_of

# Fates of a host that was not reached, as against one that answered something.
UNREACHED = frozenset({Fate.TIMEOUT, Fate.DNS_ERROR, Fate.CONNECT_ERROR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What the host of a site's front page answered to robots.txt; forbidden: the first addresses of sources on that host that the
    file keeps for itself; asked: how many such sources there are."""

    site: Site
    answered: Answered
    rules: HostRules = field(default_factory=HostRules)
    forbidden: tuple[str, ...] = ()
    asked: int = 0


async def reach(prober: Prober) -> Reached:
    """Ask the host of the site's front page for its robots.txt: the one file that every crawl begins with."""
    site = prober.site
    answered = await prober.ask(urljoin(site.home, "/robots.txt"), robots_file=True)
    if answered.response is None:
        return Reached(site=site, answered=answered)
    rules = read_robots(answered.response.status, answered.response.body)
    begun = [next(iter(pages_of(source, site, CrawlArguments(), prober.now()))).url for source in site.sources]
    here = [url for url in begun if host_of(url) == host_of(site.home)]
    forbidden = tuple(url for url in here if not rules.allows(url))
    return Reached(site=site, answered=answered, rules=rules, forbidden=forbidden, asked=len(here))
