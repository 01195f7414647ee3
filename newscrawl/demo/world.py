"""A base instant, a moment and ports -> everything that the demo sites answer, and what a right crawl makes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.demo.answer import Answer, Pages, Query, html
from newscrawl.demo.edition import EDITED_AFTER, Edition
from newscrawl.demo.expected import ExpectedPage
from newscrawl.demo.markup import fill
from newscrawl.demo.sites import altynbel, chabarman, kokzhiek, meridian, stepnoy, tanjaryq
from newscrawl.site import Site

LATER = timedelta(hours=5)
FIRST_PORT = 8471


@dataclass(frozen=True, kw_only=True)
class DemoSite:
    """One demo site before it has a port. site: origin -> `Site`; pages and expected: what it serves, what is to be stored."""

    folder: str
    default_port: int
    site: Callable[[str], Site]
    pages: Callable[[Edition], Pages]
    expected: Callable[[Edition], list[ExpectedPage]]


DEMO_SITES = tuple(
    DemoSite(
        folder=module.FOLDER,
        default_port=FIRST_PORT + place,
        site=module.site,
        pages=module.pages,
        expected=module.expected,
    )
    for place, module in enumerate((kokzhiek, altynbel, meridian, stepnoy, tanjaryq, chabarman))
)


def demo_site_objects(ports: Sequence[int] | None = None) -> tuple[Site, ...]:
    """The sites as `Site` objects on these ports, one a site in the order of `DEMO_SITES`; None: their usual ports."""
    ports = ports if ports is not None else [site.default_port for site in DEMO_SITES]
    return tuple(demo.site(f"http://127.0.0.1:{port}") for demo, port in zip(DEMO_SITES, ports, strict=True))


class World:
    """All demo sites at one moment. The same arguments give the same bytes: nothing here asks what time it is.

    base: the instant that every article's age is counted from; hand in the same one to see the same world again;
    now: the moment of the visit, `base` (or `base + LATER`) when None; later: one article was edited since.
    """

    def __init__(
        self, base: datetime, ports: Sequence[int] | None = None, *, now: datetime | None = None, later: bool = False
    ) -> None:
        self.base, self.later = base, later
        self.now = now or (base + LATER if later else base)
        earliest = base + EDITED_AFTER if later else base
        if base.tzinfo is None or self.now.tzinfo is None:
            raise ValueError("the demo's base and now are aware instants")
        if self.now < earliest:
            raise ValueError(
                f"the demo's now, {self.now}, lies before {earliest}: its newest article would be in the future"
            )
        self.sites = demo_site_objects(ports)
        editions = [
            Edition(site=site, folder=demo.folder, base=base, now=self.now, later=later)
            for demo, site in zip(DEMO_SITES, self.sites, strict=True)
        ]
        pairs = list(zip(DEMO_SITES, editions, strict=True))
        self.pages: Mapping[str, Pages] = {edition.site.name: demo.pages(edition) for demo, edition in pairs}
        self.expected: Mapping[str, tuple[ExpectedPage, ...]] = {
            edition.site.name: tuple(demo.expected(edition)) for demo, edition in pairs
        }

    def answer(self, site_name: str, path: str, query: Query) -> Answer:
        """What a site says to one address; 404 for what it does not have."""
        reply = self.pages[site_name].get(path)
        if reply is None:
            return html(fill("shared", "not_found.html"), None, status=404)
        return reply if isinstance(reply, Answer) else reply(query)

    @property
    def edited_urls(self) -> frozenset[str]:
        """The addresses of the articles whose text is another one in the later state."""
        other = World(self.base, _ports(self), later=not self.later)
        mine, others = ([page for pages in world.expected.values() for page in pages] for world in (self, other))
        return frozenset(page.url for page, twin in zip(mine, others, strict=True) if page.article != twin.article)


def _ports(world: World) -> list[int]:
    return [int(site.home.rstrip("/").rpartition(":")[2]) for site in world.sites]
