"""Small local news sites of our own, for the first run and for tests: `DemoServer` serves what `World` holds."""

from newscrawl.demo.expected import ExpectedArticle, ExpectedPage
from newscrawl.demo.server import DemoServer, PortTaken, RequestRecord
from newscrawl.demo.world import DEMO_SITES, LATER, DemoSite, World, demo_site_objects

__all__ = [
    "DEMO_SITES",
    "LATER",
    "DemoServer",
    "DemoSite",
    "ExpectedArticle",
    "ExpectedPage",
    "PortTaken",
    "RequestRecord",
    "World",
    "demo_site_objects",
]
