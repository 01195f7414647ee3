"""A site's name -> the site served on loopback, with what is to be found there: the shapes, the demo's sites, the hostile one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.site_shapes import shapes
from newscrawl.demo.server import DemoServer
from newscrawl.demo.world import DEMO_SITES
from newscrawl.site import DayPages
from tests.crawl.local_site import LocalSite
from tests.crawl.news import NOW, STORIES
from tests.crawl.test_hostile_crawl import CASES, HANGS, TIMEOUT_S, hostile_site

TIMEZONE = "Asia/Almaty"
DEMO_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOSTILE = "hostile"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A site that answers. articles: titles of all that is to be stored; allowed: titles that are no fault where they are
    stored besides; sources: addresses that are to be found and to work; requests: how many it has answered."""

    name: str
    origin: str
    articles: frozenset[str]
    sources: frozenset[str]
    requests: Callable[[], int]
    allowed: frozenset[str] = frozenset()
    timezone: str = TIMEZONE
    now: str = NOW
    settings: tuple[str, ...] = ()


def names() -> list[str]:
    """All subjects."""
    return [*shapes(), *(site.folder for site in DEMO_SITES), HOSTILE]


@contextmanager
def serve(name: str) -> Iterator[Subject]:
    """The site of that name, for as long as the block lasts."""
    if name == HOSTILE:
        with hostile_site() as site:
            yield _hostile(site)
            HANGS.set()
    elif name in shapes():
        with LocalSite() as site:
            shape = shapes()[name](site.origin)
            site.pages |= shape.pages
            yield Subject(
                name=name,
                origin=site.origin,
                articles=frozenset(shape.articles.values()),
                sources=frozenset(site.url(path) for path in shape.sources),
                requests=lambda: len(site.requests),
            )
    else:
        with DemoServer(DEMO_AT, [0] * len(DEMO_SITES)) as server:
            yield _demo(server, name)


def _demo(server: DemoServer, folder: str) -> Subject:
    """A demo site without its file. Pages of days have no address to be found by: their front page stands in for them."""
    site = server.sites[[demo.folder for demo in DEMO_SITES].index(folder)]
    urls = (site.home if isinstance(source, DayPages) else source.url for source in site.sources)
    return Subject(
        name=folder,
        origin=site.home.rstrip("/"),
        articles=frozenset(page.article.title for page in server.expected[site.name] if page.article),
        sources=frozenset(urls),
        requests=lambda: sum(record.site == site.name for record in server.requests),
        timezone=site.timezone or TIMEZONE,
        now=DEMO_AT.isoformat(),
    )


def _hostile(site: LocalSite) -> Subject:
    """What it answers well is a story under its own title; a broken answer may or may not leave one."""
    titles = {story.page: story.title for story in STORIES}
    told = [titles.get(getattr(case.reply, "body", ""), "") for case in CASES if case.fates == "stored"]
    return Subject(
        name=HOSTILE,
        origin=site.origin,
        articles=frozenset(filter(None, told)),
        allowed=frozenset(titles.values()),
        sources=frozenset({site.url("/feed.xml")}),
        requests=lambda: len(site.requests),
        settings=("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT_S}"),
    )
